"""Runs the real command, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def environment(data: Path, **settings: object) -> dict[str, str]:
    """The environment of a user with this data folder and these INCAMERA_ settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INCAMERA_")}
    given = {f"INCAMERA_{name.upper()}": str(value) for name, value in settings.items()}
    return {**kept, "INCAMERA_DATA": str(data), **given}


def incamera(
    data: Path, *arguments: object, answer: str = "", **settings: object
) -> subprocess.CompletedProcess[str]:
    """`incamera ARGUMENTS`, finished; `answer` is what the user types."""
    return subprocess.run(
        command(*arguments),
        env=environment(data, **settings), cwd=ROOT, input=answer,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def incamera_json(data: Path, *arguments: object, code: int = 0, **settings: object) -> Any:
    """What `incamera ARGUMENTS --json` prints."""
    done = incamera(data, *arguments, "--json", **settings)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def command(*arguments: object) -> list[str]:
    """The command as a list."""
    return [sys.executable, "-m", "ui.cli", *map(str, arguments)]
