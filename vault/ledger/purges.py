"""The vault's own part of a purge: what records, conversations and jobs hold of the documents goes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vault.ledger.conversations import redact_turns
from vault.ledger.redact import PURGED, redact_record, strings_in, texts_of, without_texts
from vault.records import Document
from vault.store.database import Database


@dataclass(frozen=True, slots=True)
class PendingPurge:
    """What was to be purged from one collection."""

    collection: str
    """Its id."""
    sha256s: tuple[str, ...]
    labels: tuple[str, ...]
    """Paths of the documents."""
    whole: str
    """The name of the collection when all of it goes; else empty."""


@dataclass(slots=True)
class _Begun:
    """A purge of this process."""

    collection: str
    sha256s: frozenset[str]
    whole: str
    finished: bool = False


class Purges:
    """Purges that were begun. What is begun is noted first, and struck out when no byte is left."""

    def __init__(self, db: Database) -> None:
        self._db = db
        # In the order in which they were begun, for answers that are being written meanwhile. Those that an
        # earlier process left are finished before anything is asked of this one.
        self._begun: list[_Begun] = []

    def mark(self) -> int:
        """For `without_purged`, of an answer that begins now: how many purges it need not heed."""
        with self._db.read():
            unfinished = (number for number, begun in enumerate(self._begun) if not begun.finished)
            return next(unfinished, len(self._begun))

    def without_purged(self, mark: int, question: str, body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The question and body of a record that is new, without the words of documents that went since the
        mark was taken: the redaction that is part of a purge may have been before this record."""
        body = dict(body)
        with self._db.read():
            for begun in self._begun[mark:]:
                if _rests_on(body, begun.sha256s):
                    question, body = redact_record(question, body, begun.sha256s)
                    _without_collection(body, begun.whole)
                else:
                    # The prompt may repeat an earlier answer that rested on them.
                    body["writing"] = without_texts(body.get("writing", {}))
        return question, body

    def begin(self, collection: str, documents: Sequence[Document], *, whole: str = "") -> None:
        """Note that `documents` of the collection (an id) go, or all of it under the name `whole`."""
        rows = [(collection, document.sha256, document.path) for document in documents]
        with self._db.write() as db:
            if whole:
                rows.append((collection, "", whole))
            db.executemany("INSERT OR REPLACE INTO purges VALUES (?, ?, ?)", rows)
            sha256s = frozenset(document.sha256 for document in documents)
            self._begun.append(_Begun(collection, sha256s, whole))

    def pending(self) -> list[PendingPurge]:
        """What was begun and is not finished."""
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
        """(upload, number of the file) of the documents whose jobs have not ended: their copies are there."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT j.task, f.item, f.sha256 FROM job_files f JOIN jobs j ON j.id = f.job"
                " WHERE j.collection = ?",
                (purge.collection,),
            ).fetchall()
        gone = set(purge.sha256s)
        found = [(str(json.loads(row["task"]).get("upload", "")), str(row["item"]), row) for row in rows]
        return [
            (upload, item) for upload, item, row in found if upload and (purge.whole or row["sha256"] in gone)
        ]

    def finish(self, purge: PendingPurge) -> None:
        """Remove what records and jobs hold of the documents, and the note; then write the database anew."""
        with self._db.write() as db:
            _redact_records(db, set(purge.sha256s), purge.whole)
            redact_turns(db, purge.collection)
            _redact_jobs(db, purge)
            # Others of the collection may have been noted meanwhile.
            noted = [*purge.sha256s, ""] if purge.whole else purge.sha256s
            struck_out = [(purge.collection, sha256) for sha256 in noted]
            db.executemany("DELETE FROM purges WHERE collection = ? AND sha256 = ?", struck_out)
            for begun in self._begun:
                if begun.collection == purge.collection and begun.sha256s <= set(purge.sha256s):
                    begun.finished = True
        self._db.scrub()


def _redact_records(db: sqlite3.Connection, gone: set[str], whole: str) -> None:
    """Records that rest on a purged document, and those whose prompt repeats such an answer."""
    repeated: set[str] = set()
    waiting = [
        (row["id"], row["question"], json.loads(row["body"]))
        for row in db.execute("SELECT id, question, body FROM records")
    ]
    while touched := [
        record for record in waiting if _rests_on(record[2], gone) or _repeats(record[2], repeated)
    ]:
        for record_id, question, body in touched:
            repeated |= texts_of(body)
            redacted, remaining = redact_record(question, body, gone)
            _without_collection(remaining, whole)
            db.execute(
                "UPDATE records SET question = ?, body = ? WHERE id = ?",
                (redacted, json.dumps(remaining, ensure_ascii=False), record_id),
            )
        done = {record[0] for record in touched}
        waiting = [record for record in waiting if record[0] not in done]


def _rests_on(body: dict[str, Any], gone: Collection[str]) -> bool:
    answer = body.get("answer", {})
    places = [*body.get("passages", []), *answer.get("evidence", [])]
    for statement in answer.get("statements", []):
        places += statement["citations"]
    return any(place["sha256"] in gone for place in places)


def _repeats(body: dict[str, Any], texts: Collection[str]) -> bool:
    return bool(texts) and any(
        text in prompt for prompt in strings_in(body.get("writing", {})) for text in texts
    )


def _without_collection(body: dict[str, Any], name: str) -> None:
    """The name of a collection that is no more goes from the record too."""
    if not name:
        return
    answer = body["answer"]
    answer["collections"] = [PURGED if each == name else each for each in answer.get("collections", [])]
    places = [*body.get("passages", []), *answer["evidence"]]
    for statement in answer["statements"]:
        places += statement["citations"]
    for place in places:
        if place.get("collection") == name:
            place["collection"] = PURGED


def _redact_jobs(db: sqlite3.Connection, purge: PendingPurge) -> None:
    """A job names files: those of the documents go, and the paths it was given that are theirs."""
    if purge.whole:
        db.execute("DELETE FROM jobs WHERE collection = ?", (purge.collection,))
    marks = [(sha256,) for sha256 in purge.sha256s]
    db.executemany("DELETE FROM job_files WHERE sha256 = ?", marks)
    paths = {label for label in purge.labels if label}
    # A path is one file, wherever it went; the name of an upload may be another file's in another collection.
    db.executemany(
        "DELETE FROM job_files WHERE path = ?1"
        " AND (?1 LIKE '/%' OR job IN (SELECT id FROM jobs WHERE collection = ?2))",
        [(path, purge.collection) for path in paths],
    )
    for row in db.execute("SELECT id, task FROM jobs").fetchall():
        task = json.loads(row["task"])
        kept = [PURGED if path in paths else path for path in task.get("paths", [])]
        if kept != task.get("paths", []):
            db.execute(
                "UPDATE jobs SET task = ? WHERE id = ?", (json.dumps({**task, "paths": kept}), row["id"])
            )
