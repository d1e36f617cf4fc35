"""Busy loops beside the tests end with what started them."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest

from bench.busy import LOOP
from tests.places import ROOT
from tests.waiting import PATIENCE, until

BUSY = [sys.executable, "-m", "bench.busy"]


def loops_of(pid: int) -> list[psutil.Process]:
    return [child for child in psutil.Process(pid).children() if LOOP in child.cmdline()]


def commands_of(pid: int) -> list[psutil.Process]:
    return [child for child in psutil.Process(pid).children() if "sleep" in child.cmdline()]


def test_each_run_is_told_and_one_that_fails_fails_all() -> None:
    command = [*BUSY, "--times", "2", sys.executable, "-c", "raise SystemExit(3)"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE)
    assert done.returncode == 1
    assert "Run 2 of 2 failed with exit status 3 after" in done.stdout
    assert subprocess.run([*BUSY, "--times", "1", "true"], capture_output=True, cwd=ROOT).returncode == 0


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_loop_is_left_when_it_is_ended(end: signal.Signals) -> None:
    with subprocess.Popen([*BUSY, "sleep", str(PATIENCE)], cwd=ROOT) as running:
        until(lambda: len(loops_of(running.pid)) == 2 and commands_of(running.pid))
        loops, (command,) = loops_of(running.pid), commands_of(running.pid)
        running.send_signal(end)
    until(lambda: not any(loop.is_running() for loop in loops))
    with suppress(psutil.NoSuchProcess):
        command.kill()
