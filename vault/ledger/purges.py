"""Purges in `vault.db`: remove what records, conversations and jobs hold of purged documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vault.database.database import Database
from vault.ledger.conversations import redact_turns
from vault.ledger.holds import HoldStore, remove_dates
from vault.ledger.redact import PURGED, places_of, redact_record, strings_in, texts_of, without_texts
from vault.log.events import Event
from vault.log.log import Log
from vault.log.sealing import record_text
from vault.records import Document


@dataclass(frozen=True, slots=True)
class PendingPurge:
    """A purge of one collection that was begun and is not finished."""

    collection: str
    """Id of the collection."""
    sha256s: tuple[str, ...]
    paths: tuple[str, ...]
    """Paths of the documents."""
    collection_name: str
    """The name of the collection if all of it is purged, else empty."""


@dataclass(slots=True)
class _Begun:
    """A purge that this process began."""

    collection: str
    sha256s: frozenset[str]
    collection_name: str
    finished: bool = False


class PurgeStore:
    """Reads and writes purges.

    A purge is stored before anything is removed, and deleted when no byte is left. One that was interrupted
    is therefore finished later.
    """

    def __init__(self, db: Database, log: Log, holds: HoldStore) -> None:
        self._db = db
        self._log = log
        self._holds = holds
        # In the order in which they were begun, for answers that are written at the same time. Purges of an
        # earlier process are finished before this process answers anything.
        self._begun: list[_Begun] = []

    def mark(self) -> int:
        """Return a mark for `without_purged`: the number of purges that are irrelevant to a new answer."""
        with self._db.read():
            unfinished = (number for number, begun in enumerate(self._begun) if not begun.finished)
            return next(unfinished, len(self._begun))

    def without_purged(self, mark: int, question: str, body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the question and body of a new record without the words of documents purged since `mark`.

        Such a purge may have redacted the stored records before the new one is added.
        """
        body = dict(body)
        with self._db.read():
            for begun in self._begun[mark:]:
                if _rests_on(body, begun.sha256s):
                    question, body = redact_record(question, body, begun.sha256s)
                    _remove_collection_names(body, {begun.collection_name} - {""})
                else:
                    # The prompt may repeat an earlier answer that rested on them.
                    body["writing"] = without_texts(body.get("writing", {}))
        return question, body

    def begin(
        self, collection: str, documents: Sequence[Document], *, user: str, collection_name: str = ""
    ) -> None:
        """Store that `documents` of the collection (its id) are to be purged, as `user` wants.

        `collection_name` is given when the whole collection is purged. Raises Held.
        """
        self._holds.check(collection, [document.sha256 for document in documents], user=user)
        rows = [(collection, document.sha256, document.path) for document in documents]
        with self._db.write() as db:
            if collection_name:
                rows.append((collection, "", collection_name))
            db.executemany("INSERT OR REPLACE INTO purges VALUES (?, ?, ?)", rows)
            sha256s = frozenset(document.sha256 for document in documents)
            self._begun.append(_Begun(collection, sha256s, collection_name))
            self._log.append(
                Event.COLLECTION_DELETED if collection_name else Event.PURGE_BEGUN,
                user=user, collections=[collection],
                facts={"documents": [] if collection_name else sorted(sha256s), "count": len(sha256s)},
                within=db,
            )  # fmt: skip

    def pending(self) -> list[PendingPurge]:
        """Return the purges that are not finished, one for each collection."""
        with self._db.read() as db:
            rows = db.execute("SELECT * FROM purges ORDER BY collection, sha256").fetchall()
        return [
            PendingPurge(
                collection,
                tuple(row["sha256"] for row in rows if row["collection"] == collection and row["sha256"]),
                tuple(row["label"] for row in rows if row["collection"] == collection and row["sha256"]),
                "".join(r["label"] for r in rows if r["collection"] == collection and not r["sha256"]),
            )
            for collection in dict.fromkeys(row["collection"] for row in rows)
        ]

    def uploaded(self, purge: PendingPurge) -> list[tuple[str, str]]:
        """Return (upload id, file number) of the documents whose uploaded copies still exist.

        A copy exists until the job that ingests it ends.
        """
        with self._db.read() as db:
            rows = db.execute(
                "SELECT j.task, f.item, f.sha256 FROM job_files f JOIN jobs j ON j.id = f.job"
                " WHERE j.collection = ?",
                (purge.collection,),
            ).fetchall()
        purged = set(purge.sha256s)
        found = [(str(json.loads(row["task"]).get("upload", "")), str(row["item"]), row) for row in rows]
        return [
            (upload, item)
            for upload, item, row in found
            if upload and (purge.collection_name or row["sha256"] in purged)
        ]

    def finish(self, purge: PendingPurge) -> None:
        """Redact records, conversations and the log, remove the files from jobs, and delete the purge.

        Afterwards the database is rewritten, so that no deleted byte stays in its files.
        """
        with self._db.write() as db:
            names = {purge.collection_name, *_former_names(db, purge)} - {""}
            self._redact_records(db, set(purge.sha256s), names)
            self._log.forget_content(
                db, purge.collection, purge.sha256s, paths=purge.paths, whole=bool(purge.collection_name)
            )
            remove_dates(db, purge.collection, None if purge.collection_name else purge.sha256s)
            redact_turns(db, purge.collection)
            _redact_jobs(db, purge)
            # Another purge of the collection may have been stored in the meantime.
            finished = [*purge.sha256s, ""] if purge.collection_name else purge.sha256s
            keys = [(purge.collection, sha256) for sha256 in finished]
            db.executemany("DELETE FROM purges WHERE collection = ? AND sha256 = ?", keys)
            for begun in self._begun:
                if begun.collection == purge.collection and begun.sha256s <= set(purge.sha256s):
                    begun.finished = True
            self._log.append(
                Event.PURGE_FINISHED, user="", collections=[purge.collection],
                facts={"documents": [] if purge.collection_name else list(purge.sha256s),
                       "count": len(purge.sha256s)},
                within=db,
            )  # fmt: skip
        self._db.scrub()

    def _redact_records(self, db: sqlite3.Connection, purged: set[str], names: Collection[str]) -> None:
        """Redact records that rest on a purged document, and records whose prompt repeats such an answer."""
        redacted_texts: set[str] = set()
        remaining = [
            (row["id"], row["question"], json.loads(row["body"]))
            for row in db.execute("SELECT id, question, body FROM records")
        ]
        while affected := [
            record
            for record in remaining
            if _rests_on(record[2], purged) or _prompt_repeats(record[2], redacted_texts)
        ]:
            for record_id, question, body in affected:
                redacted_texts |= texts_of(body)
                redacted_question, redacted_body = redact_record(question, body, purged)
                _remove_collection_names(redacted_body, names)
                stored = json.dumps(redacted_body, ensure_ascii=False)
                db.execute(
                    "UPDATE records SET question = ?, body = ? WHERE id = ?",
                    (redacted_question, stored, record_id),
                )
                self._log.redact_record(db, record_id, record_text(redacted_question, stored))
            done = {record[0] for record in affected}
            remaining = [record for record in remaining if record[0] not in done]


def _former_names(db: sqlite3.Connection, purge: PendingPurge) -> list[str]:
    """Remove the names that a collection had before, if all of it is purged, and return them."""
    if not purge.collection_name:
        return []
    rows = db.execute("SELECT name FROM former_names WHERE collection = ?", (purge.collection,)).fetchall()
    db.execute("DELETE FROM former_names WHERE collection = ?", (purge.collection,))
    return [row["name"] for row in rows]


def _rests_on(body: dict[str, Any], purged: Collection[str]) -> bool:
    """Return whether the answer used one of the documents: as passage or citation, or for a name in it."""
    places = [*body.get("passages", []), *places_of(body.get("answer", {}))]
    used = {place["sha256"] for place in places} | set(body.get("named", []))
    return not used.isdisjoint(purged)


def _prompt_repeats(body: dict[str, Any], texts: Collection[str]) -> bool:
    return bool(texts) and any(
        text in prompt for prompt in strings_in(body.get("writing", {})) for text in texts
    )


def _remove_collection_names(body: dict[str, Any], names: Collection[str]) -> None:
    """Redact the names of a deleted collection in the body of a record."""
    answer = body["answer"]
    answer["collections"] = [PURGED if each in names else each for each in answer.get("collections", [])]
    for place in (*body.get("passages", []), *places_of(answer)):
        if place.get("collection") in names:
            place["collection"] = PURGED


def _redact_jobs(db: sqlite3.Connection, purge: PendingPurge) -> None:
    """Remove the files of the documents from jobs, and redact their paths in the tasks."""
    if purge.collection_name:
        db.execute("DELETE FROM jobs WHERE collection = ?", (purge.collection,))
    db.executemany("DELETE FROM job_files WHERE sha256 = ?", [(sha256,) for sha256 in purge.sha256s])
    paths = {path for path in purge.paths if path}
    # An absolute path names one file in every collection. The name of an uploaded file does not: another
    # collection may have another file of that name.
    db.executemany(
        "DELETE FROM job_files WHERE path = ?1"
        " AND (?1 LIKE '/%' OR job IN (SELECT id FROM jobs WHERE collection = ?2))",
        [(path, purge.collection) for path in paths],
    )
    for row in db.execute("SELECT id, task FROM jobs").fetchall():
        task = json.loads(row["task"])
        redacted = [PURGED if path in paths else path for path in task.get("paths", [])]
        if redacted != task.get("paths", []):
            db.execute(
                "UPDATE jobs SET task = ? WHERE id = ?",
                (json.dumps({**task, "paths": redacted}), row["id"]),
            )
