"""Alarms by the clock of the machine."""

import threading

from rag.models.alarms import set_alarm
from tests.waiting import PATIENCE


def test_an_alarm_rings_and_one_that_was_called_off_does_not() -> None:
    called_off, rung = threading.Event(), threading.Event()
    alarm = set_alarm(0.05, called_off.set)
    alarm.cancel()
    set_alarm(0.1, rung.set)
    assert rung.wait(PATIENCE)
    assert not called_off.is_set()
    alarm.cancel()
