"""The seal of an entry, and of the head of the log."""

from __future__ import annotations

import hmac
import json
import sqlite3
from dataclasses import astuple, dataclass, fields

from vault.log.head import EMPTY, Head
from vault.log.key import LogKey

_FORM = "incamera log 1"
"""Sealed with every entry. Another form of entries would have another number."""


@dataclass(frozen=True, slots=True)
class SealedRow:
    """The columns of an entry that its seal holds together, as they are stored."""

    number: int
    previous: str
    """The seal of the entry before."""
    at: str
    event: str
    result: str
    user: str
    collections: str
    """JSON."""
    facts: str
    """JSON."""
    record: str
    content_kind: str
    digest: str
    key: str
    """Fingerprint of the key."""

    def values(self) -> tuple[object, ...]:
        """Return the values in the order of `SEALED_COLUMNS`."""
        return astuple(self)

    def seal(self, key: LogKey) -> str:
        """Return the seal, in hexadecimal digits."""
        return key.seal(_FORM, *map(str, self.values()))


SEALED_COLUMNS = tuple(field.name for field in fields(SealedRow))


def sealed_row(row: sqlite3.Row) -> SealedRow:
    """Return the sealed columns of a row of `log`."""
    return SealedRow(*(row[name] for name in SEALED_COLUMNS))


def same(one: object, other: str) -> bool:
    """Return whether a stored seal is the right one, in a time that does not say how much of it is right."""
    return hmac.compare_digest(str(one).encode("utf-8", "replace"), other.encode())


def head_seal(key: LogKey, head: Head) -> str:
    """Return the seal of the head: nobody without the key can store the head of a shorter log."""
    return key.seal("incamera head 1", str(head))


def stored_head(db: sqlite3.Connection, key: LogKey) -> tuple[Head, str]:
    """Return where the next entry is appended, and what is wrong with the stored head, or an empty text.

    It is not looked for in the last entry: an entry that is appended after the end was cut off would else
    close the gap. Only when the stored head is gone or is not sealed with our key, the last entry decides.
    """
    last = db.execute("SELECT number, mac FROM log ORDER BY number DESC LIMIT 1").fetchone()
    end = EMPTY if last is None else Head(last["number"], last["mac"])
    rows = db.execute("SELECT * FROM log_head").fetchall()
    if not rows:
        return end, "" if last is None else "The head of the log was removed."
    head = Head(rows[0]["number"], rows[0]["mac"])
    if len(rows) > 1 or not same(rows[0]["seal"], head_seal(key, head)):
        return end, "The head of the log was changed."
    if end.number > head.number:
        return end, "Entries were put in after the head of the log."
    return head, ""


def store_head(db: sqlite3.Connection, key: LogKey, head: Head) -> None:
    """Store the head, in the place of the one before."""
    db.execute("DELETE FROM log_head")
    db.execute("INSERT INTO log_head VALUES (?, ?, ?)", (head.number, head.mac, head_seal(key, head)))


def reseal_head(db: sqlite3.Connection, key: LogKey) -> None:
    """Seal the stored head, whatever it is, with a new key."""
    row = db.execute("SELECT number, mac FROM log_head ORDER BY number DESC").fetchone()
    row = row or db.execute("SELECT number, mac FROM log ORDER BY number DESC LIMIT 1").fetchone()
    if row is not None:
        store_head(db, key, Head(row["number"], row["mac"]))


def record_text(question: str, body: str) -> str:
    """Return what is sealed of a record: its question and its body as they are stored."""
    return json.dumps([question, body], ensure_ascii=False)
