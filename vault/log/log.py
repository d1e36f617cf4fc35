"""Append to the log, and read it."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from vault.database.database import Database
from vault.errors import StorageError
from vault.log.events import ContentKind, Entry, Event, Result, entry_of
from vault.log.forgetting import numbers_about
from vault.log.head import EMPTY, Head
from vault.log.key import LogKey, LogOptions, new_salt
from vault.log.opening import keys_beside, open_key
from vault.log.sealing import (
    SEALED_COLUMNS,
    SealedRow,
    record_text,
    reseal_head,
    store_head,
    stored_head,
)
from vault.log.selection import EVERYTHING, Selection, condition_of
from vault.log.verify import Verification, verify
from vault.log.witness import Witness
from vault.process.clock import utc_now

_logger = logging.getLogger(__name__)
_INSERT = (
    f"INSERT INTO log ({', '.join(SEALED_COLUMNS)}, mac) VALUES ({', '.join('?' * len(SEALED_COLUMNS))}, ?)"
)
_DISGUISED_DIGITS = 16
_WITNESS_EVERY = 256
"""Entries after which the head is written beside the key again."""


class Log:
    """The log of one vault.

    Entries are only ever added. Each is sealed together with the seal of the entry before it, so that an
    entry that is changed, removed, moved or put in no longer fits.
    """

    def __init__(self, db: Database, data: Path, options: LogOptions) -> None:
        """Open the log of the vault in the folder `data`, and seal what a migration brought into it.

        Makes the key of a log without entries if there is none. Raises LogKeyMissing, LogKeyInvalid,
        StorageError.
        """
        self._db = db
        self.keeps_content = options.content
        self._key_file = options.key_path(data)
        self._witness = Witness(self._key_file)
        with db.write() as connection:
            opened = open_key(connection, self._key_file, options)
            self._key = opened.key
            if opened.last_words is not None:
                event, facts, key = opened.last_words
                self._append(connection, event, Result.DONE, "", (), facts, "", ContentKind.NONE, key)
            if opened.replaced:
                reseal_head(connection, self._key)
            if opened.first_words is not None:
                event, facts, key = opened.first_words
                self._append(connection, event, Result.DONE, "", (), facts, "", ContentKind.NONE, key)
            self._adopt(connection)
        self._noted = 0
        self._closed = False
        self.note_head()

    # --- appending ----------------------------------------------------------------------------

    def append(
        self,
        event: Event,
        *,
        user: str,
        collections: Iterable[str] = (),
        result: Result = Result.DONE,
        facts: Mapping[str, Any] | None = None,
        content: Mapping[str, str] | None = None,
        within: sqlite3.Connection | None = None,
    ) -> int:
        """Append an entry and return its number.

        `user` is empty for what the vault does by itself, `collections` are ids. `facts` hold no words of
        documents; those go into `content`, which is kept beside the entry, or only its digest (see
        `LogOptions.content`). A purge of a document removes the content of entries of its collection whose
        facts have that document among their `documents`, or have no `documents`.

        `within` is the connection of a transaction that is open, which the entry belongs to; without it the
        entry has a transaction of its own. Raises StorageError.
        """
        text = json.dumps(content, ensure_ascii=False, sort_keys=True) if content else ""
        kind = ContentKind.NONE
        if text:
            kind = ContentKind.KEPT if self.keeps_content else ContentKind.HASHED
        if within is not None:
            return self._append(within, event, result, user, collections, facts or {}, text, kind)
        with self._db.write() as db:
            number = self._append(db, event, result, user, collections, facts or {}, text, kind)
        self.note_now_and_then()
        return number

    def refuse(self, user: str, act: str, *, collections: Iterable[str] = (), reason: str = "") -> None:
        """Append that `user` was refused to do `act`. A disk that takes nothing more makes no difference to
        the refusal."""
        facts = {"action": act, "reason": reason} if reason else {"action": act}
        try:
            self.append(
                Event.ACCESS_DENIED, user=user, collections=collections, result=Result.DENIED, facts=facts
            )
        except StorageError:
            _logger.exception("a refusal could not be logged")

    def disguised(self, text: str) -> str:
        """Return digits that stand for a text that may be a secret, and are the same for the same text.

        Nobody can find the text by trying words without the key.
        """
        return self._key.digest("", text)[:_DISGUISED_DIGITS]

    def append_record(
        self,
        db: sqlite3.Connection,
        event: Event,
        record: str,
        text: str,
        *,
        user: str,
        collections: Iterable[str] = (),
        facts: Mapping[str, Any] | None = None,
    ) -> int:
        """Append an entry about the record of an answer (its id), which is stored as `text` elsewhere.

        From now on a record with another text is found by `verify`.
        """
        whole = {**(facts or {}), "record": record}
        return self._append(db, event, Result.DONE, user, collections, whole, text, ContentKind.RECORD)

    def redact_record(self, db: sqlite3.Connection, record: str, text: str) -> None:
        """Append that a purge left `text` of a record, and forget the digests of what it was before."""
        rows = db.execute(
            "SELECT number, collections FROM log WHERE content_kind = 'record' AND record = ?", (record,)
        ).fetchall()
        numbers = [row["number"] for row in rows]
        db.executemany("DELETE FROM log_content WHERE number = ?", [(number,) for number in numbers])
        collections = json.loads(rows[-1]["collections"]) if rows else ()
        self.append_record(
            db, Event.RECORD_REDACTED, record, text,
            user="", collections=collections, facts={"removed": numbers},
        )  # fmt: skip

    def forget_content(
        self,
        db: sqlite3.Connection,
        collection: str,
        documents: Iterable[str],
        *,
        paths: Iterable[str] = (),
        whole: bool = False,
    ) -> None:
        """Remove the words beside the entries about `documents` (sha256) of a collection (its id).

        Also those that name one of `paths`, and those that are about no documents in particular, such as
        questions: nothing shows which documents they quote. `whole` for all entries about the collection. The
        entries stay, and one is appended that says which words were removed, so that the chain can tell a
        purge from a theft.
        """
        numbers = numbers_about(db, collection, set(documents), paths=set(filter(None, paths)), whole=whole)
        if numbers:
            db.executemany("DELETE FROM log_content WHERE number = ?", [(number,) for number in numbers])
            self.append(
                Event.CONTENT_REMOVED, user="", collections=[collection],
                facts={"removed": numbers, "documents": []}, within=db,
            )  # fmt: skip

    def _append(
        self,
        db: sqlite3.Connection,
        event: Event,
        result: Result,
        user: str,
        collections: Iterable[str],
        facts: Mapping[str, Any],
        text: str,
        kind: ContentKind,
        key: LogKey | None = None,
        at: str = "",
    ) -> int:
        key = key or self._key
        head, broken = stored_head(db, key)
        if broken and event is not Event.LOG_BROKEN:
            self._append(
                db, Event.LOG_BROKEN, Result.FAILED, "", (), {"what": broken}, "", ContentKind.NONE, key
            )
            head, _ = stored_head(db, key)
        salt = new_salt() if kind is not ContentKind.NONE else ""
        row = SealedRow(
            number=head.number + 1, previous=head.mac, at=at or utc_now(), event=event.value,
            result=result.value, user=user, collections=json.dumps(list(collections)),
            facts=json.dumps(facts, ensure_ascii=False, sort_keys=True), record=str(facts.get("record", "")),
            content_kind=kind.value, digest=key.digest(salt, text) if salt else "", key=key.fingerprint,
        )  # fmt: skip
        mac = row.seal(key)
        db.execute(
            _INSERT,
            (*row.values(), mac),
        )
        if salt:
            kept = text if kind is ContentKind.KEPT else None
            db.execute("INSERT INTO log_content VALUES (?, ?, ?)", (row.number, salt, kept))
        store_head(db, key, Head(row.number, mac))
        return row.number

    def _adopt(self, db: sqlite3.Connection) -> None:
        """Seal the events that a migration of the schema left in `log_waiting`, in their order."""
        for row in db.execute("SELECT * FROM log_waiting ORDER BY id").fetchall():
            facts, event = json.loads(row["facts"]), Event(row["event"])
            text, kind = "", ContentKind.NONE
            if record := facts.get("record"):
                stored = db.execute("SELECT question, body FROM records WHERE id = ?", (record,)).fetchone()
                text, kind = record_text(stored["question"], stored["body"]), ContentKind.RECORD
            self._append(
                db, event, Result(row["result"]), row["user"], json.loads(row["collections"]),
                {**facts, "adopted": True}, text, kind, at=row["at"],
            )  # fmt: skip
        db.execute("DELETE FROM log_waiting")

    # --- reading ------------------------------------------------------------------------------

    def head(self) -> Head:
        """Return the head: the place that the next entry is appended to."""
        with self._db.read() as db:
            return stored_head(db, self._key)[0]

    def entries(self, selection: Selection = EVERYTHING, *, limit: int = -1, skip: int = 0) -> list[Entry]:
        """Return the entries of a selection, latest first; at most `limit`, after the first `skip`."""
        condition, values = condition_of(selection)
        with self._db.read() as db:
            rows = db.execute(
                "SELECT l.*, c.content FROM log l LEFT JOIN log_content c ON c.number = l.number"
                f" WHERE {condition} ORDER BY l.number DESC LIMIT ? OFFSET ?",
                (*values, limit, skip),
            ).fetchall()
        return [entry_of(row) for row in rows]

    def count(self, selection: Selection = EVERYTHING) -> int:
        """Return how many entries a selection has."""
        condition, values = condition_of(selection)
        with self._db.read() as db:
            counted = db.execute(f"SELECT count(*) FROM log l WHERE {condition}", values)
            return int(counted.fetchone()[0])

    def users(self, selection: Selection = EVERYTHING) -> list[str]:
        """Return the users in the entries of a selection, sorted, without the vault itself."""
        condition, values = condition_of(selection)
        with self._db.read() as db:
            rows = db.execute(
                f"SELECT DISTINCT l.user FROM log l WHERE {condition} AND l.user <> '' ORDER BY l.user",
                values,
            ).fetchall()
        return [row["user"] for row in rows]

    def verify(self, anchors: Sequence[Head] = (), keys: Iterable[Path] = ()) -> Verification:
        """Check the whole log, and every record of an answer against it.

        `anchors` are heads that were kept elsewhere; the one beside the key is checked too. `keys` are files
        of earlier keys; those beside the key are found. Raises LogKeyInvalid.
        """
        known = [self._key, *keys_beside(self._key_file), *filter(None, map(LogKey.read, keys))]
        witnessed = self._witness.last()
        return verify(self._db, known, [*anchors, *([witnessed] if witnessed else [])])

    def note_head(self) -> None:
        """Write the head beside the key, where who changes only the data folder does not change it."""
        head = self.head()
        self._noted = head.number
        if head != EMPTY:
            self._witness.note(head)

    def close(self) -> None:
        """Write the head beside the key for the last time. It can be called twice."""
        if not self._closed:
            self._closed = True
            with suppress(StorageError):
                self.note_head()

    def note_now_and_then(self) -> None:
        """Write the head beside the key if it was not written for many entries. Not inside a transaction: an
        entry that is undone must not be witnessed."""
        if self.head().number - self._noted >= _WITNESS_EVERY:
            self.note_head()
