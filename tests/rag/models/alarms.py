"""Alarms that ring when the test says so."""

from __future__ import annotations

from collections.abc import Callable


class HandAlarm:
    """One that was set."""

    def __init__(self, seconds: float, act: Callable[[], None]) -> None:
        self.seconds = seconds
        self.act = act
        self.is_set = True

    def cancel(self) -> None:
        self.is_set = False


class HandAlarms:
    """A `SetAlarm` whose time goes by only in `ring`."""

    def __init__(self) -> None:
        self._alarms: list[HandAlarm] = []

    def __call__(self, seconds: float, act: Callable[[], None]) -> HandAlarm:
        self._alarms.append(HandAlarm(seconds, act))
        return self._alarms[-1]

    def ring(self, seconds: float) -> None:
        """Let the alarms ring that are set for so many seconds."""
        due = [alarm for alarm in self._alarms if alarm.is_set and alarm.seconds == seconds]
        assert due, f"no alarm is set for {seconds} seconds"
        for alarm in due:
            alarm.is_set = False
            alarm.act()
