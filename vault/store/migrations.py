"""Numbered schema steps, applied in order, each in a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from vault.errors import VaultTooNew


def migrate(connection: sqlite3.Connection, steps: Sequence[str], path: Path) -> None:
    """Bring the database to the last of `steps`; the number applied is kept in `user_version`.

    Raises VaultTooNew when the database knows more steps than this version of Incamera.
    """
    (done,) = connection.execute("PRAGMA user_version").fetchone()
    if done > len(steps):
        raise VaultTooNew(
            f"{path} was written by a later version of Incamera (schema {done}, known {len(steps)}). "
            "Install that version to open it; nothing was changed."
        )
    for number in range(done, len(steps)):
        # executescript would commit by itself: the step and its number must land together.
        connection.executescript(
            f"BEGIN IMMEDIATE; {steps[number]}; PRAGMA user_version = {number + 1}; COMMIT;"
        )
