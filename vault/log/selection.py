"""A part of the log: by person, event, collection, document, record, result and day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries are wanted. What is empty or None excludes nothing."""

    users: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    """Names of events, such as "page.viewed", or what they begin with, such as "page"."""
    results: tuple[str, ...] = ()
    collection: str = ""
    """Id, or its beginning."""
    document: str = ""
    """sha256, or its beginning."""
    record: str = ""
    """Id, or its beginning."""
    since: str = ""
    """Day or time, ISO 8601, UTC; inclusive."""
    until: str = ""
    """Day or time, ISO 8601, UTC; a day is inclusive."""
    before: int | None = None
    """The number of an entry: only earlier ones."""
    within: tuple[str, ...] | None = None
    """Ids of the collections that every entry must be about; entries about no collection are left out."""


EVERYTHING = Selection()


def condition_of(selection: Selection) -> tuple[str, list[str | int]]:
    """Return the condition in SQL for rows `l` of `log`, and its values."""
    conditions, values = ["1"], list[str | int]()

    def add(condition: str, *given: str | int) -> None:
        conditions.append(condition)
        values.extend(given)

    for column, wanted in (("user", selection.users), ("result", selection.results)):
        if wanted:
            add(f"l.{column} IN ({_marks(wanted)})", *wanted)
    if selection.events:
        # With a full stop at the end, "page" means "page.viewed" and not "pages.counted".
        begins = "substr(l.event || '.', 1, length(?)) = ?"
        names = [f"{event.rstrip('.')}." for event in selection.events]
        add(f"({' OR '.join([begins] * len(names))})", *(name for each in names for name in (each, each)))
    if selection.collection:
        add("instr(l.collections, ?) > 0", f'"{selection.collection}')
    if selection.document:
        add("instr(l.facts, ?) > 0", f'"{selection.document}')
    if selection.record:
        add("substr(l.record, 1, length(?)) = ?", selection.record, selection.record)
    if selection.since:
        add("l.at >= ?", selection.since)
    if selection.until:
        # "2026-05-01" comes before every time of that day, and "2026-05-01~" after.
        add("l.at <= ?", f"{selection.until}~")
    if selection.before is not None:
        add("l.number < ?", selection.before)
    if selection.within is not None:
        add(
            "l.collections <> '[]' AND NOT EXISTS (SELECT 1 FROM json_each(l.collections) one"
            " WHERE one.value NOT IN (SELECT value FROM json_each(?)))",
            json.dumps(list(selection.within)),
        )
    return " AND ".join(conditions), values


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
