"""Answerers whose progress a test decides, for everything about an answer but the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from rag.events import Answer, Done, Event, Searched, Statement, Waiting
from rag.evidence.abstain import Outcome
from rag.verification.verify import Verdict
from tests.waiting import PATIENCE
from vault.records import Citation

LINE_ENDS = "the rent\u2028is\x85due\r\nin May"
"""Line ends that JSON leaves as they are, and that must not end a line of a stream."""


def statement(text: str) -> Statement:
    """Return a quoted statement with one citation."""
    return Statement(
        text, Verdict.QUOTED, (Citation("lease.txt", "ab" * 32, 1, 0, len(text), text, "matter"),)
    )


def answer(question: str, *statements: Statement) -> Answer:
    """Return an answer of these statements."""
    return Answer(
        question, ("matter",), Outcome.ANSWERED, "quoted", None, "record", statements, (), Searched(1, 2, 0),
        1.0, 2.0, 0.5,
    )  # fmt: skip


class ScriptedAnswerer:
    """Does what `script` says at each question, in place of `rag.answer.Answerer`."""

    def __init__(self, script: Callable[[str, threading.Event], Iterator[Event]]) -> None:
        self._script = script

    def ask(self, question: str, *_: Any, cancel: threading.Event, **__: Any) -> Iterator[Event]:
        """Yield the events of the script, which gets the question and the event that cancels it."""
        yield from self._script(question, cancel)


class Endless:
    """Yields events until it is cancelled or closed, and says which."""

    def __init__(self) -> None:
        self.cancelled, self.closed = threading.Event(), threading.Event()

    def __call__(self, _: str, cancel: threading.Event) -> Iterator[Event]:
        """Yield without end, slowly once it is cancelled."""
        try:
            while True:
                yield Waiting(1)
                if cancel.wait(0.001):
                    self.cancelled.set()
        finally:
            self.closed.set()


class Meeting:
    """Answers no question until `number` of them are asked at once."""

    def __init__(self, number: int) -> None:
        self._all = threading.Barrier(number)

    def __call__(self, question: str, _: threading.Event) -> Iterator[Event]:
        """Wait for the others, and answer with the question itself."""
        yield Searched(1, 2, 0)
        self._all.wait(PATIENCE)
        yield Done(answer(question, statement(question)))


class Long:
    """Answers with more bytes than any buffer between the two sides holds."""

    STATEMENTS, CHARACTERS = 64, 1 << 18

    def __init__(self) -> None:
        self.written = threading.Event()

    def __call__(self, question: str, _: threading.Event) -> Iterator[Event]:
        """Yield long statements, and say when they are all written."""
        text = LINE_ENDS + "x" * self.CHARACTERS
        for _number in range(self.STATEMENTS):
            yield statement(text)
        self.written.set()
        yield Done(answer(question, statement(LINE_ENDS)))
