"""Find the words beside entries of the log that a purge has to remove."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Set


def numbers_about(
    db: sqlite3.Connection, collection: str, documents: Set[str], *, paths: Set[str], whole: bool
) -> list[int]:
    """Return the numbers of the entries whose words have to go, as `Log.forget_content` says."""
    rows = db.execute(
        "SELECT l.number, l.facts, l.collections, c.content FROM log l"
        " JOIN log_content c ON c.number = l.number WHERE l.content_kind IN ('kept', 'hashed')"
    )
    numbers = []
    for row in rows:
        about, text = json.loads(row["facts"]).get("documents"), row["content"]
        # About no collection may be a question to one whose name was mistyped.
        inside = row["collections"] == "[]" or f'"{collection}"' in row["collections"]
        if (
            (inside and (whole or about is None))
            or not documents.isdisjoint(about or ())
            or (text and any(path in value for value in json.loads(text).values() for path in paths))
        ):
            numbers.append(row["number"])
    return numbers
