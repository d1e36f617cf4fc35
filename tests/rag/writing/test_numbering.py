"""What a small model reads: the best sentences with their neighbours, each under its number."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import BaseMessage

from rag.evidence.evidence import EvidenceSentence
from rag.evidence.fit.misfit import NO_FIT, Misfit
from rag.retrieval.passage import Passage
from rag.writing.numbering import short_prompt, single_sentences
from tests.passages import passage_of
from vault.errors import ContextTooSmall
from vault.records import ElementKind, Slice

LEASE = passage_of(
    "The lease begins in May.", "The rent is 900 pounds.", "It is due on the first.", heading="4 Rent"
)
LETTER = passage_of("The tenant asked for less.", "We agreed to nothing.", number=2, name="letter.txt")


def found(passages: list[Passage], *places: tuple[int, int]) -> list[EvidenceSentence]:
    ranked = []
    for rank, (passage, number) in enumerate(places):
        sentence = passages[passage].sentences()[number]
        citation = passages[passage].cite(sentence.span, sentence.quote)
        ranked.append(EvidenceSentence(citation, passage, number, {}, 1.0 - rank / 10))
    return ranked


def words(messages: list[BaseMessage]) -> int:
    return sum(len(message.text.split()) for message in messages)


def test_the_best_sentences_and_the_neighbours_of_the_best_are_read_each_by_itself() -> None:
    both = [LEASE, LETTER]
    singles = single_sentences(both, found(both, (0, 1), (1, 0)))
    assert [single.text for single in singles] == [
        "The rent is 900 pounds.",
        "The tenant asked for less.",
        "It is due on the first.",
        "The lease begins in May.",
    ]
    assert [len(single.slices) for single in singles] == [1] * 4


def test_the_likeliest_comes_first_and_the_numbers_are_those_of_the_prompt() -> None:
    both = [LEASE, LETTER]
    singles = single_sentences(both, found(both, (0, 1), (1, 0)))
    prompt, ordered = short_prompt("What is the rent?", singles, words)
    assert prompt.messages[1].text == (
        "lease.txt, 4 Rent\n[1] The rent is 900 pounds.\nletter.txt\n[2] The tenant asked for less.\n"
        "lease.txt, 4 Rent\n[3] It is due on the first.\n[4] The lease begins in May.\n\n"
        "Question: What is the rent?"
    )
    assert [ordered[number - 1].text for number in prompt.used] == [one.text for one in ordered]
    assert (prompt.dropped, prompt.tokens) == ((), words(prompt.messages))


def test_a_row_is_read_under_the_names_of_its_columns() -> None:
    table = replace(
        LEASE,
        slices=(
            replace(LEASE.slices[0], text="Room | Fee", kind=ElementKind.TABLE_HEADER),
            replace(LEASE.slices[1], text="Attic | 90", kind=ElementKind.TABLE_ROW),
        ),
    )
    prompt, _ = short_prompt("Fee?", single_sentences([table], found([table], (0, 1))), words)
    assert "lease.txt, 4 Rent Room | Fee\n[1] Attic | 90" in prompt.messages[1].text


def test_what_does_not_fit_the_question_is_not_read_and_no_words_twice() -> None:
    copy = passage_of("The rent is 900 pounds.", number=3, name="copy.txt")
    several = [LEASE, LETTER, copy]
    ranked = found(several, (1, 1), (0, 1), (2, 0))
    ranked[0] = replace(ranked[0], fit=replace(NO_FIT, misfits=frozenset({Misfit.OTHER_PERSON})))
    texts = [single.text for single in single_sentences(several, ranked)]
    assert texts.count("The rent is 900 pounds.") == 1
    assert "We agreed to nothing." not in texts


@given(st.data())
def test_there_are_at_most_eight_and_all_that_are_used_fit(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 300), min_size=1, max_size=12))
    texts = [f"Point {number} " + "word " * length for number, length in enumerate(lengths)]
    passage = passage_of(*(f"{text.strip()}." for text in texts))
    order = data.draw(st.permutations(range(len(texts))))
    singles = single_sentences([passage], found([passage], *((0, number) for number in order)))
    assert len(singles) <= 8
    try:
        prompt, ordered = short_prompt("Which?", singles, words)
    except ContextTooSmall:
        assert min(len(single.text.split()) for single in singles) > 300
        return
    assert prompt.tokens <= 400
    assert sorted([*prompt.used, *prompt.dropped]) == list(range(1, len(ordered) + 1))
    assert ordered == singles


def test_a_sentence_that_is_too_long_by_itself_is_an_error_that_says_so() -> None:
    text = "word " * 500
    long = replace(LEASE, slices=(Slice(LEASE.slices[0].span, text),))
    with pytest.raises(ContextTooSmall, match="INCAMERA_MODEL_READS"):
        short_prompt("Which?", [long], words)
