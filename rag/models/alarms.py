"""Alarms: what is done when some time has passed, unless it is called off before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol


class Alarm(Protocol):
    """One that was set."""

    def cancel(self) -> None:
        """Call it off; nothing when it has rung."""


SetAlarm = Callable[[float, Callable[[], None]], Alarm]
"""Sets one: the seconds until it rings, and what is done then, in a thread of its own."""


def set_alarm(seconds: float, act: Callable[[], None]) -> Alarm:
    """One that rings by the clock of the machine; it does not keep the process alive."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer
