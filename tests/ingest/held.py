"""Parsers that stand still, so that a job is under way for as long as the test looks, on any machine."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from tests.waiting import until

PARSER = "ingest.reader_child"


def parsers_of(owner: int) -> list[psutil.Process]:
    """The processes that parse files for the process `owner`."""
    found = []
    for child in psutil.Process(owner).children():
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            if PARSER in child.cmdline():
                found.append(child)
    return found


@contextmanager
def held(owner: int) -> Iterator[threading.Event]:
    """Until the end of the block every parser of the process `owner` stands still from its start.

    The event is set once one does: the import of its libraries, which comes before the first file, takes
    many times longer than seeing it.
    """
    standing, released = threading.Event(), threading.Event()

    def hold() -> None:
        while not released.wait(0.005):
            with suppress(psutil.NoSuchProcess):  # the owner has ended
                for parser in parsers_of(owner):
                    stop(parser)
                    standing.set()

    watching = threading.Thread(target=hold)
    watching.start()
    try:
        yield standing
    finally:
        released.set()
        watching.join()
        with suppress(psutil.NoSuchProcess):
            for parser in parsers_of(owner):
                with suppress(ProcessLookupError):
                    os.killpg(parser.pid, signal.SIGCONT)


def stop(parser: psutil.Process) -> None:
    """Let a parser and its forks stand still; returns when it does."""
    with suppress(ProcessLookupError):  # between its start and a session of its own, and after its end
        os.killpg(parser.pid, signal.SIGSTOP)
        until(
            lambda: (
                not parser.is_running() or parser.status() in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE)
            )
        )
