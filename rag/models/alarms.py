"""Alarms: they call a function after some time, unless they are cancelled before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol


class Alarm(Protocol):
    """An alarm that was set."""

    def cancel(self) -> None:
        """Cancel it; this does nothing when it has rung."""


SetAlarm = Callable[[float, Callable[[], None]], Alarm]
"""Sets an alarm: takes the seconds until it rings and the function that it calls in a thread of its own."""


def set_alarm(seconds: float, act: Callable[[], None]) -> Alarm:
    """Set an alarm by the clock of the machine; it does not keep the process alive."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer
