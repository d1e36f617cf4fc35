"""`incamera doctor --offline`: every way out is named, and an open one is found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.ui.cli.command import environment, incamera, incamera_json
from tests.waiting import PATIENCE
from ui.cli.ways_out import WayState, ways_out
from vault.settings import Settings


def test_every_way_out_is_closed(data: Path) -> None:
    found = incamera_json(data, "doctor", "--offline")
    assert {way["state"] for way in found["ways"]} == {"closed"}
    names = " ".join(way["name"] for way in found["ways"])
    for part in ("connections", "lookups", "DO_NOT_TRACK", "parser", "page", "INCAMERA_MODEL_SERVER"):
        assert part in names


def test_what_a_setting_opens_is_said(data: Path) -> None:
    done = incamera(data, "doctor", "--offline", allowed_hosts='["10.0.0.5"]')
    assert done.returncode == 0
    assert "opened by a setting" in done.stdout
    assert "but for 1 by your settings" in done.stdout


def test_a_switch_that_is_not_set_is_open(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    (way,) = [way for way in ways_out(settings) if way.state is WayState.OPEN]
    assert "DO_NOT_TRACK" in way.name


def test_a_process_without_the_guard_is_open(data: Path) -> None:
    code = (
        "from ui.cli.ways_out import ways_out; from vault.settings import Settings; "
        "print([way.name for way in ways_out(Settings.load()) if way.state == 'open'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(data), cwd=ROOT, capture_output=True, text=True,
        timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert "192.0.2.1" in done.stdout
    assert "DO_NOT_TRACK" not in done.stdout


def test_it_wants_to_know_what_to_check(data: Path) -> None:
    done = incamera(data, "doctor")
    assert done.returncode == 2
    assert "incamera doctor --offline" in done.stderr
