"""The time limit of a file: its own time, and more for each page whose words are recognised."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

import pytest

from ingest.parsed.limits import ParseLimits
from ingest.parsing.child import collect
from vault.errors import ParserTimeout
from vault.process.frames import frame

LIMITS = ParseLimits(seconds=10, ocr_page_seconds=100, ocr_pages=2)


@dataclass
class Fork:
    """The pipes between the parser and the fork that reads a file, from the side of the fork."""

    result: BinaryIO
    time_requests: BinaryIO
    replies_read: BinaryIO
    """What the owner receives."""
    handles: tuple[int, int, int, int]
    readings: list[float] = field(default_factory=list)
    """What the clock shows each time it is read; the last value stays."""

    def clock(self) -> float:
        """Read the clock."""
        return self.readings.pop(0) if len(self.readings) > 1 else self.readings[0]

    def collect_result(self, *readings: float) -> bytes:
        """Collect what the fork wrote, while the clock shows 0 first and then `readings`."""
        self.readings = [0.0, *readings]
        return collect(*self.handles, LIMITS, clock=self.clock)


@contextmanager
def made() -> Iterator[Fork]:
    """Make the pipes of a fork, and close them at the end."""
    with ExitStack() as stack:
        ends = []
        for _ in ("result", "time_requests", "requests", "replies"):
            read, write = os.pipe()
            ends.append(stack.enter_context(closing(os.fdopen(read, "rb", buffering=0))))
            ends.append(stack.enter_context(closing(os.fdopen(write, "wb", buffering=0))))
        result, result_writer, time_requests, time_writer, requests, _, replies_read, replies = ends
        handles = (result.fileno(), time_requests.fileno(), requests.fileno(), replies.fileno())
        yield Fork(result_writer, time_writer, replies_read, handles)


@pytest.fixture
def fork() -> Iterator[Fork]:
    """The pipes of a fork."""
    with made() as one:
        yield one


def test_a_file_within_its_time_is_collected(fork: Fork) -> None:
    fork.result.write(b"its words")
    fork.result.close()
    assert fork.collect_result(9.0) == b"its words"


def test_a_file_over_its_time_is_stopped(fork: Fork) -> None:
    with pytest.raises(ParserTimeout, match="longer than 10 seconds"):
        fork.collect_result(9.99, 11.0)


def test_a_page_to_recognise_gets_more_time_and_the_owner_waits_longer(fork: Fork) -> None:
    fork.time_requests.write(b".")
    fork.result.write(b"its words")
    fork.result.close()
    assert fork.collect_result(9.0, 109.0) == b"its words"
    assert fork.replies_read.read(1000) == frame({"more_seconds": 100})


def test_recognition_is_stopped_after_its_extra_time(fork: Fork) -> None:
    fork.time_requests.write(b".")
    fork.result.write(b"its words")
    with pytest.raises(ParserTimeout):
        fork.collect_result(9.0, 111.0)


def test_a_file_cannot_ask_for_ever(fork: Fork) -> None:
    fork.time_requests.write(b"." * 50)
    fork.result.write(b"its words")
    with pytest.raises(ParserTimeout):
        fork.collect_result(9.0, 211.0)
    assert fork.replies_read.read(1000) == frame({"more_seconds": 200})
