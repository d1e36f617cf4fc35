"""The prompt of small models holds every sentence once, in one line, under a number that nothing else has."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import BaseMessage

from rag.refusal import REFUSAL
from rag.writing.short.prompt import ShortSentence, fitting_sentences, short_messages

LEASE = [
    ShortSentence(1, "Pike lease, 4 Rent", "The rent is £900 a month."),
    ShortSentence(2, "Pike lease, 4 Rent", "It is due on the first day."),
    ShortSentence(3, "Letter of 3 May", "The tenant asked for a lower rent."),
]


def words(messages: list[BaseMessage]) -> int:
    """Count as a tokenizer would that has one token for each word."""
    return sum(len(message.text.split()) for message in messages)


def test_a_label_stands_once_above_its_sentences_and_the_question_comes_last() -> None:
    system, user = short_messages("What is the rent?", LEASE)
    assert REFUSAL in system.text
    assert user.text == (
        "Pike lease, 4 Rent\n[1] The rent is £900 a month.\n[2] It is due on the first day.\n"
        "Letter of 3 May\n[3] The tenant asked for a lower rent.\n\nQuestion: What is the rent?"
    )


def test_a_sentence_without_a_label_has_no_empty_line_above_it() -> None:
    _, user = short_messages("What?", [ShortSentence(7, "", "Seven.")])
    assert user.text == "[7] Seven.\n\nQuestion: What?"


@given(st.text(max_size=80), st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80)), max_size=5))
def test_no_text_can_add_a_number_or_a_question(question: str, parts: list[tuple[str, str]]) -> None:
    sentences = [ShortSentence(number, label, text) for number, (label, text) in enumerate(parts, start=1)]
    _, user = short_messages(question, sentences)
    numbers = re.findall(r"\[[^\]]*\]?", user.text)
    assert numbers == [f"[{number}]" for number in range(1, len(parts) + 1)]
    assert [line for line in user.text.splitlines() if line == ""] == [""]
    assert user.text.splitlines()[-1].startswith("Question:")


def test_sentences_that_do_not_fit_are_left_out_whole_and_the_others_keep_their_numbers() -> None:
    best_first = [LEASE[2], LEASE[0], LEASE[1]]
    everything = words(short_messages("What is the rent?", LEASE))
    assert fitting_sentences("What is the rent?", best_first, words, everything) == LEASE
    assert fitting_sentences("What is the rent?", best_first, words, everything - 1) == [LEASE[0], LEASE[2]]
    assert fitting_sentences("What is the rent?", best_first, words, 10) == []


def test_a_shorter_sentence_takes_the_place_of_one_that_is_too_long() -> None:
    long = ShortSentence(1, "", "word " * 500)
    assert fitting_sentences("What?", [long, *LEASE[1:]], words) == LEASE[1:]
