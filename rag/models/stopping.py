"""Stop a piece of work early: because its caller cancels it, or because its time is up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Cancel

from rag.models.alarms import SetAlarm, set_alarm

_POLL_SECONDS = 0.05
"""How often the caller's event is checked."""


class StopEvent(Cancel):
    """The event that stops one piece of work.

    It is set when the caller's event is set, and never sets that one: when the time of this work is up, the
    caller goes on to other work.
    """

    def __init__(self, caller: Cancel | None) -> None:
        """`caller` is the caller's cancel event, None if the caller cannot cancel."""
        super().__init__()
        self._caller = caller

    @property
    def time_is_up(self) -> bool:
        """Whether this work was stopped by itself, whatever the caller's event says."""
        return super().is_set()

    def is_set(self) -> bool:
        """Return whether the work must stop."""
        return super().is_set() or (self._caller is not None and self._caller.is_set())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the work must stop, at most `timeout` seconds; return whether it must."""
        end = None if timeout is None else time.monotonic() + timeout
        while not self.is_set():
            left = _POLL_SECONDS if end is None else min(_POLL_SECONDS, end - time.monotonic())
            if left <= 0:
                return False
            super().wait(left)
        return True


@contextmanager
def time_limit(caller: Cancel | None, seconds: float, alarm: SetAlarm = set_alarm) -> Iterator[StopEvent]:
    """Give an event that is set after `seconds`, and when the caller's event is set."""
    stop = StopEvent(caller)
    timer = alarm(seconds, stop.set)
    try:
        yield stop
    finally:
        timer.cancel()
