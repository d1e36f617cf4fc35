"""Apply numbered schema steps to a database, each in a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from vault.errors import VaultTooNew


def migrate(connection: sqlite3.Connection, steps: Sequence[str], path: Path) -> None:
    """Apply those of `steps` that the database does not have yet. `user_version` counts the applied ones.

    Raises VaultTooNew when the database has more steps than this version of Incamera knows.
    """
    (done,) = connection.execute("PRAGMA user_version").fetchone()
    if done > len(steps):
        raise VaultTooNew(
            f"{path} was written by a later version of Incamera (schema {done}, known {len(steps)}). "
            "Install that version to open it; nothing was changed."
        )
    for number in range(done, len(steps)):
        # executescript would commit each statement by itself, but the step and its number belong together.
        connection.executescript(
            f"BEGIN IMMEDIATE; {steps[number]}; PRAGMA user_version = {number + 1}; COMMIT;"
        )
