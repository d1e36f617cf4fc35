"""How transcripts of hearings mark who speaks: "Q." and "A.", "THE WITNESS:", "BY MR HALE:"."""

from __future__ import annotations

import re

_QUESTION = re.compile(r"(?:Q[.:]?|Question:)\s+(?=\S)")
_ANSWER = re.compile(r"(?:A[.:]?|Answer:)\s+(?=\S)")
_SPEAKER = re.compile(r"(?:[A-Z][A-Z.'’-]*\s+){0,5}[A-Z][A-Z.'’-]+:(?=\s|$)|\(?(?:WHEREUPON|Whereupon)\b")


def opens_question(text: str) -> bool:
    """Return whether the text begins a question to a witness."""
    return _QUESTION.match(text) is not None


def opens_answer(text: str) -> bool:
    """Return whether the text begins the answer of a witness, if it stands after a question."""
    return _ANSWER.match(text) is not None


def opens_speech(text: str) -> bool:
    """Return whether the text begins what somebody says in a transcript."""
    return opens_question(text) or opens_answer(text) or _SPEAKER.match(text) is not None


def without_mark(text: str) -> str:
    """Return what is said, without the mark of question or answer before it."""
    found = _QUESTION.match(text) or _ANSWER.match(text)
    return text[found.end() :] if found else text


class Asking:
    """Knows the question that was asked last, while one reads on in a transcript."""

    def __init__(self) -> None:
        self._question = ""
        self._answered = False

    def question_of(self, text: str) -> str:
        """Return the question that an element answers; empty if it is no answer.

        Give it the elements (paragraphs, not sentences) in order. An answer that goes on in another
        paragraph, as over a page, has the same question.
        """
        if opens_question(text):
            self._question, self._answered = without_mark(text), False
            return ""
        if self._question and opens_answer(text):
            self._answered = True
        elif opens_speech(text):
            self._answered = False
        elif self._question and not self._answered:
            self._question = f"{self._question} {text}"
        return self._question if self._answered else ""

    def forget(self) -> None:
        """Forget the last question, as under another heading."""
        self._question, self._answered = "", False
