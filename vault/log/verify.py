"""Check a log: every seal, every link between entries, the end, and the records of answers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vault.database.database import Database
from vault.log.events import ContentKind, Event
from vault.log.head import EMPTY, Head
from vault.log.key import LogKey
from vault.log.sealing import head_seal, record_text, same, sealed_row

_AT_ONCE = 500
"""Rows that are read before others can use the database."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was changed from outside."""

    number: int
    """The entry; 0 if it is none in particular."""
    what: str
    """A sentence for the user."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found."""

    entries: int
    records: int
    """Records of answers whose words are as they were sealed."""
    head: Head
    problems: tuple[Problem, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing was changed."""
        return not self.problems


@dataclass(slots=True)
class _Seen:
    """What the entries say of what lies beside them."""

    sealed: dict[int, tuple[str, LogKey, ContentKind]] = field(default_factory=dict)
    """Digest, key and kind of content, by number."""
    records: dict[str, int] = field(default_factory=dict)
    """The last entry about each record that seals its words."""
    removed: set[int] = field(default_factory=set)
    """Entries whose content a purge removed."""


def verify(db: Database, keys: Sequence[LogKey], anchors: Sequence[Head]) -> Verification:
    """Check the log in a database. `keys` are those known, the present one first.

    Others use the database meanwhile. If something seems wrong, it may have been written while it was read:
    then the check is made once more, and others wait.
    """
    try:
        found = _verified(db, keys, anchors)
        if not found.intact:
            with db.read():
                found = _verified(db, keys, anchors)
        return found
    except Exception as error:  # of sqlite3, or of the library that reads an encrypted vault
        if type(error).__name__ != "OperationalError" or "decode" not in str(error).lower():
            raise
        # Bytes that are no text: Incamera writes none.
        return Verification(0, 0, EMPTY, (Problem(0, f"The log holds what is no text ({error})."),))


def _rows(db: Database, query: str, key: str) -> Iterator[sqlite3.Row]:
    """Yield the rows of a query in the order of their `key`; others can use the database now and then."""
    later, values = "", list[object]()
    while True:
        with db.read() as connection:
            part = connection.execute(f"{query} {later} ORDER BY {key} LIMIT {_AT_ONCE}", values).fetchall()
        yield from part
        if len(part) < _AT_ONCE:
            return
        later, values = f"WHERE {key} > ?", [part[-1][key]]


def _verified(db: Database, keys: Sequence[LogKey], anchors: Sequence[Head]) -> Verification:
    seen = _Seen()
    known = {key.fingerprint: key for key in keys}
    count, end, found = _check_chain(db, known, anchors, seen)
    head, problems = _check_head(db, keys[0], end)
    found += problems
    found += [
        Problem(anchor.number, f"The log had {anchor.number:,} entries once and now ends at {head.number:,}: "
                "its end was cut off, or the vault is an older copy.")
        for anchor in dict.fromkeys(anchors) if anchor.number > end.number
    ]  # fmt: skip
    found += _check_content(db, seen)
    records, problems = _check_records(db, seen)
    return Verification(count, records, head, tuple(sorted([*found, *problems], key=lambda one: one.number)))


def _check_chain(
    db: Database, keys: Mapping[str, LogKey], anchors: Sequence[Head], seen: _Seen
) -> tuple[int, Head, list[Problem]]:
    """Check seals and links. Return how many entries there are, the last one, and what is wrong."""
    count, before, announced = 0, EMPTY, ""
    problems: list[Problem] = []
    expected = {anchor.number: anchor.mac for anchor in anchors}
    using: str | None = None
    for row in _rows(db, "SELECT * FROM log", "number"):
        count += 1
        number, key, sound = row["number"], keys.get(row["key"]), False
        if number != before.number + 1:
            problems.append(Problem(before.number + 1, _missing(before.number + 1, number - 1)))
        elif row["previous"] != before.mac:
            problems.append(Problem(number, f"Entry {number:,} does not follow the entry before it."))
        if key is None:
            if using != row["key"]:
                what = f"sealed with the key {row['key']}, which is not here: this cannot be checked."
                problems.append(Problem(number, f"From entry {number:,} on the log is {what}"))
        elif not same(row["mac"], sealed_row(row).seal(key)):
            problems.append(Problem(number, f"Entry {number:,} was changed."))
        else:
            _note(row, key, seen, problems)
            sound = True
        if using not in (None, row["key"]) and announced != row["key"]:
            what = f"sealed with the key {row['key']}, and no entry announces it."
            problems.append(Problem(number, f"From entry {number:,} on the log is {what}"))
        using, announced = row["key"], _announced(row) if sound else ""
        if number in expected and expected[number] != row["mac"]:
            problems.append(Problem(number, f"Entry {number:,} is not the one that was anchored."))
        before = Head(number, row["mac"])
    return count, before, problems


def _note(row: sqlite3.Row, key: LogKey, seen: _Seen, problems: list[Problem]) -> None:
    """Note what a sound entry says of what lies beside the log."""
    number, kind = row["number"], ContentKind(row["content_kind"])
    if row["event"] in (Event.RECORD_REDACTED, Event.CONTENT_REMOVED):
        seen.removed.update(json.loads(row["facts"])["removed"])
    elif row["event"] == Event.LOG_BROKEN:
        what = json.loads(row["facts"])["what"]
        problems.append(Problem(number, f"{what} Noticed with entry {number:,}."))
    if kind is not ContentKind.NONE:
        seen.sealed[number] = (row["digest"], key, kind)
    if kind is ContentKind.RECORD:
        seen.records[row["record"]] = number


def _announced(row: sqlite3.Row) -> str:
    return str(json.loads(row["facts"]).get("to", "")) if row["event"] == Event.KEY_REPLACED else ""


def _check_head(db: Database, key: LogKey, end: Head) -> tuple[Head, list[Problem]]:
    """Check that the log ends where it ended when the last entry was appended."""
    with db.read() as connection:
        rows = connection.execute("SELECT * FROM log_head").fetchall()
    if not rows:
        return end, [Problem(0, "The head of the log was removed.")] if end != EMPTY else []
    head = Head(rows[0]["number"], rows[0]["mac"])
    if len(rows) > 1 or not same(rows[0]["seal"], head_seal(key, head)):
        return end, [Problem(0, "The head of the log was changed.")]
    if head.number > end.number:
        return head, [Problem(end.number + 1, _missing(end.number + 1, head.number))]
    if head != end:
        return head, [Problem(head.number, "The log does not end with the entry that was appended last.")]
    return head, []


def _check_content(db: Database, seen: _Seen) -> Iterator[Problem]:
    """Check the words beside entries."""
    present = set()
    for row in _rows(db, "SELECT * FROM log_content", "number"):
        number = row["number"]
        present.add(number)
        if number not in seen.sealed:
            yield Problem(number, f"There are words beside entry {number:,} that do not belong to it.")
            continue
        digest, key, kind = seen.sealed[number]
        kept = kind is ContentKind.KEPT
        if kept != (row["content"] is not None) or (
            kept and key.digest(str(row["salt"]), str(row["content"])) != digest
        ):
            yield Problem(number, f"The words beside entry {number:,} were changed.")
    for number in sorted(seen.sealed.keys() - present - seen.removed):
        yield Problem(number, f"The words of entry {number:,} were removed, and no purge did that.")


def _check_records(db: Database, seen: _Seen) -> tuple[int, list[Problem]]:
    """Check the records of answers. Return how many are as they were sealed, and what is wrong."""
    sound, problems, present = 0, list[Problem](), set()
    for row in _rows(
        db,
        "SELECT r.id, r.question, r.body, (SELECT c.salt FROM log_content c WHERE c.number ="
        " (SELECT max(l.number) FROM log l WHERE l.record = r.id AND l.content_kind = 'record')) AS salt"
        " FROM records r",
        "id",
    ):
        present.add(row["id"])
        number = seen.records.get(row["id"])
        if number is None:
            problems.append(Problem(0, f"The record {row['id'][:12]} is in no entry of the log."))
            continue
        digest, key, _ = seen.sealed[number]
        if key.digest(str(row["salt"] or ""), record_text(row["question"], row["body"])) == digest:
            sound += 1
        else:
            problems.append(Problem(number, f"The record {row['id'][:12]} of entry {number:,} was changed."))
    problems += [
        Problem(number, f"The record {record[:12]} of entry {number:,} was removed.")
        for record, number in seen.records.items()
        if record not in present
    ]
    return sound, problems


def _missing(first: int, last: int) -> str:
    if first >= last:
        return f"Entry {first:,} is missing."
    return f"Entries {first:,} to {last:,} are missing."
