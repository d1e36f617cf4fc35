"""How a question and a passage become tokens: whole sentences, nothing left out, places that are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reader.windows import MAX_TOKENS, ReaderPassage, ReaderTokens, padded, windows
from vault.embedding.embedder import minilm_folder

ROOM = 40


@pytest.fixture(scope="module")
def tokens() -> ReaderTokens:
    return ReaderTokens(minilm_folder())


@given(st.lists(st.integers(0, ROOM), max_size=60))
def test_windows_hold_every_sentence_once_in_order_and_none_is_too_long(lengths: list[int]) -> None:
    found = windows(lengths, ROOM)
    assert [index for window in found for index in window] == list(range(len(lengths)))
    assert all(window and sum(lengths[index] for index in window) <= ROOM for window in found)


def test_a_passage_that_fits_is_one_window(tokens: ReaderTokens) -> None:
    (pair,) = tokens.pairs("When does it end?", [ReaderPassage("Lease", "Term", ("It ends in May.", "So."))])
    assert pair.passage == 0
    assert {sentence for sentence, _, _ in pair.places} == {0, 1}


def test_places_are_those_of_the_words_in_their_sentences(tokens: ReaderTokens) -> None:
    sentences = ("The rent is 900 pounds.", "  José pays it.")
    (pair,) = tokens.pairs("Who pays?", [ReaderPassage("", "", sentences)])
    words = [sentences[sentence][start:end] for sentence, start, end in pair.places]
    assert words == ["The", "rent", "is", "900", "pounds", ".", "José", "pays", "it", "."]


def test_a_long_passage_is_read_in_windows_that_hold_all_of_it(tokens: ReaderTokens) -> None:
    sentences = tuple(f"Clause {number} says that the tenant shall pay the landlord." for number in range(80))
    pairs = tokens.pairs("Who shall pay?", [ReaderPassage("Lease", "Rent", sentences)])
    assert len(pairs) > 1
    assert max(len(pair.ids) for pair in pairs) <= MAX_TOKENS
    assert {place[0] for pair in pairs for place in pair.places} == set(range(80))


def test_one_sentence_that_is_longer_than_a_window_loses_its_end_only(tokens: ReaderTokens) -> None:
    passage = ReaderPassage("", "", ("word " * 1000, "The end."))
    pairs = tokens.pairs("?", [passage])
    assert {place[0] for pair in pairs for place in pair.places} == {0, 1}


def test_a_long_question_leaves_room_and_keeps_its_end(tokens: ReaderTokens) -> None:
    end = "when does the lease end"
    (pair,) = tokens.pairs("consider this " * 200 + end, [ReaderPassage("", "", ("It ends in May.",))])
    (short,) = tokens.pairs(end, [ReaderPassage("", "", ("It ends in May.",))])
    assert len(pair.ids) <= MAX_TOKENS
    assert (
        pair.ids[pair.passage_start - 6 : pair.passage_start]
        == short.ids[short.passage_start - 6 : short.passage_start]
    )


def test_a_passage_without_a_sentence_has_no_pair(tokens: ReaderTokens) -> None:
    assert tokens.pairs("What?", [ReaderPassage("Title", "Heading", ())]) == []
    assert tokens.pairs("What?", []) == []


def test_padding_is_masked_and_kinds_tell_question_from_passage(tokens: ReaderTokens) -> None:
    pairs = tokens.pairs(
        "Who?", [ReaderPassage("", "", ("A longer passage stands here.",)), ReaderPassage("", "", ("Ann.",))]
    )
    ids, mask, types = padded(pairs)
    assert ids.shape == mask.shape == types.shape
    assert [int(row.sum()) for row in mask] == [len(pair.ids) for pair in pairs]
    assert [int(row.sum()) for row in types] == [len(pair.ids) - pair.passage_start for pair in pairs]


@given(question=st.text(max_size=300), sentences=st.lists(st.text(max_size=200), max_size=6))
def test_any_text_can_be_read(tokens: ReaderTokens, question: str, sentences: list[str]) -> None:
    for pair in tokens.pairs(question, [ReaderPassage(question, "", tuple(sentences))]):
        assert len(pair.ids) <= MAX_TOKENS
        for sentence, start, end in pair.places:
            assert 0 <= start <= end <= len(sentences[sentence])
