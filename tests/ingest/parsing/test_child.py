"""The time that a file gets: its own, and more for each page whose words are recognised."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

import pytest

from ingest.parsed.limits import ParseLimits
from ingest.parsing.child import collect
from ingest.parsing.frames import frame
from vault.errors import ParserTimeout

LIMITS = ParseLimits(seconds=10, ocr_page_seconds=100, ocr_pages=2)


@dataclass
class Fork:
    """The pipes between the parser and the fork that reads a file, seen from the fork."""

    result: BinaryIO
    asked: BinaryIO
    told: BinaryIO
    """What the owner is told."""
    handles: tuple[int, int, int, int]
    looks: list[float] = field(default_factory=list)
    """What the clock shows at each look; the last one stays."""

    def clock(self) -> float:
        return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]

    def collected(self, *looks: float) -> bytes:
        """All that the fork wrote, when the clock shows 0 as it begins and then `looks`."""
        self.looks = [0.0, *looks]
        return collect(*self.handles, LIMITS, clock=self.clock)


@contextmanager
def made() -> Iterator[Fork]:
    with ExitStack() as stack:
        ends = []
        for _ in ("result", "asked", "requests", "replies"):
            read, write = os.pipe()
            ends.append(stack.enter_context(closing(os.fdopen(read, "rb", buffering=0))))
            ends.append(stack.enter_context(closing(os.fdopen(write, "wb", buffering=0))))
        result, into, asked, asking, requests, _, told, replies = ends
        handles = (result.fileno(), asked.fileno(), requests.fileno(), replies.fileno())
        yield Fork(into, asking, told, handles)


@pytest.fixture
def fork() -> Iterator[Fork]:
    with made() as one:
        yield one


def test_a_file_has_its_time_and_no_more(fork: Fork) -> None:
    fork.result.write(b"its words")
    fork.result.close()
    assert fork.collected(9.0) == b"its words"


def test_a_file_that_is_over_its_time_is_stopped(fork: Fork) -> None:
    with pytest.raises(ParserTimeout, match="longer than 10 seconds"):
        fork.collected(9.99, 11.0)


def test_a_page_to_be_recognised_has_time_of_its_own_and_the_owner_waits_as_long(fork: Fork) -> None:
    fork.asked.write(b".")
    fork.result.write(b"its words")
    fork.result.close()
    assert fork.collected(9.0, 109.0) == b"its words"
    assert fork.told.read(1000) == frame({"more_seconds": 100})


def test_recognition_has_no_more_than_its_own_time(fork: Fork) -> None:
    fork.asked.write(b".")
    fork.result.write(b"its words")
    with pytest.raises(ParserTimeout):
        fork.collected(9.0, 111.0)


def test_a_file_cannot_ask_for_ever(fork: Fork) -> None:
    fork.asked.write(b"." * 50)
    fork.result.write(b"its words")
    with pytest.raises(ParserTimeout):
        fork.collected(9.0, 211.0)
    assert fork.told.read(1000) == frame({"more_seconds": 200})
