"""Ending a piece of work early: because whoever asked for it wants that, or because its time is up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Cancel

from rag.models.alarms import SetAlarm, set_alarm

_LOOK_EVERY = 0.05
"""Seconds between looks at the caller's event."""


class Limit(Cancel):
    """The event that stops one piece of work. It is set with the caller's event and never sets that one: when
    the time of this work is up, what comes after it goes on."""

    def __init__(self, caller: Cancel | None) -> None:
        super().__init__()
        self._caller = caller

    @property
    def time_is_up(self) -> bool:
        """Whether the work itself was stopped, whatever the caller wants."""
        return super().is_set()

    def is_set(self) -> bool:
        """Whether the work is to stop."""
        return super().is_set() or (self._caller is not None and self._caller.is_set())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the work is to stop, `timeout` seconds at most; whether it is."""
        end = None if timeout is None else time.monotonic() + timeout
        while not self.is_set():
            left = _LOOK_EVERY if end is None else min(_LOOK_EVERY, end - time.monotonic())
            if left <= 0:
                return False
            super().wait(left)
        return True


@contextmanager
def limited(caller: Cancel | None, seconds: float, alarm: SetAlarm = set_alarm) -> Iterator[Limit]:
    """What stops a piece of work after `seconds`, and when the caller's event is set."""
    limit = Limit(caller)
    over = alarm(seconds, limit.set)
    try:
        yield limit
    finally:
        over.cancel()
