import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.measures import (
    auroc,
    character_recall_precision,
    evidence_hit,
    ndcg,
    percentile,
    recall,
    token_f1,
)


def test_characters_are_counted_within_the_budget_in_rank_order() -> None:
    retrieved = [("a", 0, 400), ("a", 1000, 1400)]
    assert character_recall_precision(retrieved, [("a", 1000, 1100)], 1) == (1.0, 100 / 500)
    assert character_recall_precision(retrieved, [("a", 1050, 1200)], 1) == (50 / 150, 50 / 500)
    assert character_recall_precision(retrieved, [("b", 0, 10)], 64) == (0.0, 0.0)


def test_a_character_that_is_retrieved_twice_counts_once() -> None:
    assert character_recall_precision([("a", 0, 10), ("a", 0, 10)], [("a", 0, 20)], 1) == (0.5, 1.0)


def test_ndcg_is_one_for_the_ideal_order_and_falls_with_rank() -> None:
    assert ndcg(["a", "b", "c"], {"a", "b"}, 10) == 1
    assert ndcg(["c", "a"], {"a"}, 10) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["c"], {"a"}, 10) == 0


def test_recall_is_the_share_of_the_relevant_that_is_found() -> None:
    assert recall(["a", "x", "b"], {"a", "b"}, 2) == 0.5


def test_evidence_hits_when_half_of_a_gold_span_is_covered() -> None:
    gold = [("a", 100, 200)]
    assert evidence_hit([("a", 0, 150)], gold, 1)
    assert not evidence_hit([("a", 0, 149)], gold, 1)
    assert not evidence_hit([("b", 0, 300), ("a", 100, 200)], gold, 1)
    assert evidence_hit([("b", 0, 300), ("a", 100, 200)], gold, 2)


def test_token_f1_passes_over_articles_case_and_punctuation() -> None:
    assert token_f1("The thirty days.", ["thirty days"]) == 1
    assert token_f1("sixty days", ["thirty days"]) == 0.5


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_auroc_is_the_share_of_pairs_in_the_right_order(pairs: list[tuple[int, bool]]) -> None:
    positive = [score for score, label in pairs if label]
    negative = [score for score, label in pairs if not label]
    found = auroc([score for score, _ in pairs], [label for _, label in pairs])
    if not positive or not negative:
        assert found is None
    else:
        wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
        assert found == pytest.approx(wins / len(positive) / len(negative))


def test_percentile_is_the_nearest_rank() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([1, 2, 3, 4], 0.95) == 4
    assert percentile([], 0.5) == 0
