"""Limit a query to chosen documents."""

from __future__ import annotations

import json
from collections.abc import Sequence


def within_documents(column: str, documents: Sequence[str] | None) -> tuple[str, list[str]]:
    """Return an SQL condition that limits `column` to `documents` (sha256), with its values.

    It begins with AND, and is empty for None.
    """
    if documents is None:
        return "", []
    # One value for any number of documents, because SQLite limits the number of "?".
    return f"AND {column} IN (SELECT value FROM json_each(?))", [json.dumps(list(documents))]
