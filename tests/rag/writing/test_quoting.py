"""The quoted answer: what is said, in which order, and from where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evidence.evidence import EvidenceSentence
from rag.writing.quoting import quote_evidence
from vault.records import Citation


def evidence(quote: str, start: int, score: float, document: str = "lease") -> EvidenceSentence:
    citation = Citation(document, document, 1, start, start + len(quote), quote, "matter")
    return EvidenceSentence(citation, 0, 0, {}, score)


def texts(*found: EvidenceSentence, most: int = 3) -> list[str]:
    return [statement.text for statement in quote_evidence(found, most)]


def test_sentences_that_follow_each_other_are_said_in_the_order_of_the_document() -> None:
    second = evidence("It is due on the first of the month.", 23, 1.0)
    first = evidence("The rent is 900 pounds.", 0, 0.95)
    elsewhere = evidence("The rent was 800 pounds.", 400, 0.99)
    assert texts(second, elsewhere, first) == [
        "The rent is 900 pounds.", "It is due on the first of the month.", "The rent was 800 pounds.",
    ]  # fmt: skip


def test_a_sentence_between_two_others_joins_them() -> None:
    found = [evidence("one.", 0, 1.0), evidence("three.", 10, 0.99), evidence("two.", 5, 0.98)]
    assert texts(*found) == ["one.", "two.", "three."]


def test_what_stands_in_two_documents_is_said_once_and_cited_from_both() -> None:
    found = [
        evidence("The rent is 900 pounds.", 0, 1.0),
        evidence("The rent is  900 pounds.", 7, 0.99, "copy"),
    ]
    (statement,) = quote_evidence(found, 3)
    assert [citation.document for citation in statement.citations] == ["lease", "copy"]


@pytest.mark.parametrize("best", [2.4, 0.1, 0.0, -0.1, -1.7])
def test_what_is_far_from_the_best_is_not_said_and_what_is_near_is_whatever_the_scores_sign(
    best: float,
) -> None:
    found = [
        evidence("The rent.", 0, best), evidence("The roof.", 50, best - 0.2),
        evidence("The flat.", 90, best - 0.6),
    ]  # fmt: skip
    assert texts(*found) == ["The rent.", "The roof."]


@given(st.lists(st.integers(-60, 60), min_size=1, max_size=6), st.integers(-9, 9))
def test_where_the_scores_have_their_zero_makes_no_difference(tenths: list[int], zero: int) -> None:
    ranked = sorted((score / 10 for score in tenths), reverse=True)

    def said(shift: float) -> list[str]:
        return texts(*(evidence(f"{n}.", 90 * n, score + shift) for n, score in enumerate(ranked)), most=9)

    assert said(0) == said(zero) != []


PIECES = st.lists(st.tuples(st.integers(0, 20), st.floats(-2.0, 2.0), st.sampled_from("ab")), min_size=1)


@given(PIECES, st.integers(1, 5))
def test_no_quote_is_lost_or_doubled_by_the_order(pieces: list[tuple[int, float, str]], most: int) -> None:
    ranked = sorted(pieces, key=lambda piece: -piece[1])
    found = [evidence(f"sentence {place:02}", place * 12, score, name) for place, score, name in ranked]
    said = texts(*found, most=most)
    assert len(said) == len(set(said)) <= most
    assert found[0].citation.quote in said
