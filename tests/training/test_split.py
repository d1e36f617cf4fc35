"""No document is on two sides, however questions link them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from training.split import Side, linked, side


@given(st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=4), max_size=8))
def test_documents_that_a_question_links_have_one_side(groups: list[list[str]]) -> None:
    links = linked(groups)
    for group in groups:
        assert len({side("some", links[name]) for name in group}) == 1


def test_most_documents_train_and_all_sides_have_some() -> None:
    sides = [side("contracts", f"document {number}") for number in range(1000)]
    assert 700 < sides.count(Side.TRAIN) < 900
    assert min(sides.count(Side.FIT), sides.count(Side.REPORT)) > 50


def test_a_set_that_may_only_measure_trains_nothing() -> None:
    assert all(side("scifact", f"document {number}") is not Side.TRAIN for number in range(200))
