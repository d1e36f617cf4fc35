"""Pause parsers, so that a job stays in progress for as long as a test needs, on any machine."""

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
    """Return the processes that parse files for the process `owner`."""
    found = []
    with suppress(psutil.NoSuchProcess):  # it has ended
        for child in psutil.Process(owner).children():
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if PARSER in child.cmdline():
                    found.append(child)
    return found


@contextmanager
def paused_parsers(owner: int) -> Iterator[threading.Event]:
    """Pause every parser of the process `owner` until the end of the block, including new ones.

    The event is set when the first parser is paused. A parser imports its libraries before its first file,
    which takes much longer than finding the parser: so no parser has finished a file by then.
    """
    any_paused, released = threading.Event(), threading.Event()
    paused: dict[int, psutil.Process] = {}

    def pause_all() -> None:
        while not released.is_set():
            for parser in parsers_of(owner):
                if parser.pid not in paused:
                    paused[parser.pid] = parser
                    _pause(parser)
                    any_paused.set()
            released.wait(0.005)

    watcher = threading.Thread(target=pause_all)
    watcher.start()
    try:
        yield any_paused
    finally:
        released.set()
        watcher.join()
        for parser in paused.values():
            if parser.is_running():  # also without its owner: the parser ends when it notices that
                with suppress(ProcessLookupError):
                    os.killpg(parser.pid, signal.SIGCONT)


def _pause(parser: psutil.Process) -> None:
    """Pause a parser and its forks; return when it is paused or has ended."""
    with suppress(ProcessLookupError, psutil.NoSuchProcess):
        os.killpg(parser.pid, signal.SIGSTOP)
        until(lambda: parser.status() in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE))
