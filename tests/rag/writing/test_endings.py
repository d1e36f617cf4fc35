"""An answer that goes wrong is ended there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.verification.verify import Verdict
from rag.writing.endings import Ending
from rag.writing.statements import Draft, split_statements
from tests.verification import PAIRS

WORDS = st.lists(
    st.text(st.characters(categories=["L"]), min_size=1, max_size=8), min_size=1, max_size=12, unique=True
)


def watched(text: str, ending: Ending) -> str:
    return "".join(ending.watch(iter(text)))


@given(WORDS, WORDS)
def test_words_that_come_again_and_again_end_it(before: list[str], again: list[str]) -> None:
    ending = Ending()
    text = " ".join([*before, *again * 200]) + " "
    assert len(watched(text, ending)) < len(text)
    assert ending.reason in ("repeated itself", "ran on")


def test_a_loop_ends_it_after_a_few_rounds() -> None:
    for again, rounds in (("the ", 6), ("of the ", 4), ("The High School Re-Auction of ", 3)):
        ending = Ending()
        assert len(watched("It was " + again * 100, ending)) <= len("It was ") + len(again) * rounds
        assert ending.reason == "repeated itself"


@pytest.mark.parametrize(
    "text",
    [
        "It is far, far, far away. No, no, no.",
        "The values were 0 0 0 0 0 0 0 0 0 0 and 1.",
        "- - - - - - - - - - - -",
        "The tenant pays the rent, the tenant pays the rates, and the tenant pays for the water.",
    ],
)
def test_what_is_merely_said_twice_or_has_no_letters_does_not(text: str) -> None:
    ending = Ending()
    assert watched(text, ending) == text
    assert ending.reason == ""


def test_no_sentence_that_people_wrote_ends_it() -> None:
    for pair in PAIRS:
        for text in (pair["says"], *pair["from"]):
            ending = Ending()
            assert watched(text, ending) == text


def test_a_sentence_without_an_end_runs_on_and_many_sentences_do_not() -> None:
    many = " ".join(f"Clause {number} says something else." for number in range(500))
    assert watched(many, Ending()) == many
    endless = Ending()
    text = " ".join(f"and{number}" for number in range(1000))
    assert len(watched(text, endless)) < len(text)
    assert endless.reason == "ran on"
    signs = Ending()
    assert len(watched("。" + "字" * 10_000, signs)) < 5000
    assert signs.reason == "ran on"


def test_a_small_model_may_write_so_many_pieces_and_is_then_complete() -> None:
    ending = Ending(most_pieces=5)
    assert watched("abcdefgh", ending) == "abcde"
    assert ending.reason == "ran on"
    exact = Ending(most_pieces=5, most_sentences=2)
    assert watched("abcde", exact) == "abcde"
    assert not exact.repeats(Draft("One.", ()))
    assert not exact.complete
    assert not exact.repeats(Draft("Two.", ()))
    assert (exact.complete, exact.reason) == (True, "")


def test_the_same_sentence_again_ends_it_whatever_it_cites() -> None:
    ending = Ending()
    assert not ending.repeats(Draft("The rent is 900 pounds.", (1,)))
    assert not ending.repeats(Draft("The rent is 950 pounds.", (1,)))
    assert ending.repeats(Draft("The rent is 900 pounds", (2,)))


def test_two_sentences_in_a_row_that_fail_their_check_end_it() -> None:
    ending = Ending()
    right, wrong = Verdict.SUPPORTED, Verdict.UNSUPPORTED
    assert [ending.failed(one) for one in (wrong, right, wrong, right, wrong, wrong)] == [False] * 5 + [True]
    assert "two sentences in a row" in ending.reason


def test_the_source_is_not_read_further_than_to_where_it_is_ended() -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield "again "

    list(split_statements(Ending().watch(endless())))
    assert read < 10
