"""Parsers that stand still, so that a job is under way for as long as the test looks, on any machine."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from tests.waiting import until

PARSER = "ingest.parsing.child"


def parsers_of(owner: int) -> list[psutil.Process]:
    """The processes that parse files for the process `owner`."""
    found = []
    with suppress(psutil.NoSuchProcess):  # it has ended
        for child in psutil.Process(owner).children():
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if PARSER in child.cmdline():
                    found.append(child)
    return found


@contextmanager
def held(owner: int) -> Iterator[threading.Event]:
    """Until the end of the block every parser of the process `owner` stands still, those that come too.

    The event is set once one does. A parser imports its libraries before its first file, which takes many
    times longer than seeing it: none is through with a file by then.
    """
    standing, released = threading.Event(), threading.Event()
    stopped: dict[int, psutil.Process] = {}

    def hold() -> None:
        while not released.is_set():
            for parser in parsers_of(owner):
                if parser.pid not in stopped:
                    stopped[parser.pid] = parser
                    _stop(parser)
                    standing.set()
            released.wait(0.005)

    watching = threading.Thread(target=hold)
    watching.start()
    try:
        yield standing
    finally:
        released.set()
        watching.join()
        for parser in stopped.values():
            if parser.is_running():  # also without its owner: it ends when it notices
                with suppress(ProcessLookupError):
                    os.killpg(parser.pid, signal.SIGCONT)


def _stop(parser: psutil.Process) -> None:
    """Let a parser and its forks stand still; returns when it does, or has ended."""
    with suppress(ProcessLookupError, psutil.NoSuchProcess):
        os.killpg(parser.pid, signal.SIGSTOP)
        until(lambda: parser.status() in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE))
