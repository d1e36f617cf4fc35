"""The open conversations: their questions, where each was asked, and which record holds the answer.

The words of an answer are stored once, in its record, and a turn refers to the record. A purge that removes
words from a record therefore removes them from the conversation too.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vault.database.database import Database
from vault.errors import CollectionNotFound
from vault.ledger.redact import PURGED
from vault.ledger.standing import searchable


class TurnState(StrEnum):
    """The state of a question and its answer."""

    OPEN = "open"
    """There is no answer yet: it is being written, or writing was interrupted."""
    ANSWERED = "answered"
    FAILED = "failed"
    PURGED = "purged"
    """Its words were removed together with a document."""
    WITHHELD = "withheld"
    """It was asked in a collection that was deleted, or that the user may no longer search."""


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A question as it is stored. A purged or withheld one has only its id and state."""

    id: int
    state: TurnState
    question: str = ""
    collections: tuple[str, ...] = ()
    """Names of the collections it was asked in."""
    documents: tuple[str, ...] | None = None
    """sha256 of the documents it was limited to; None for all."""
    without: tuple[str, ...] = ()
    """Keys of the labels that were taken away from it."""
    record: str = ""
    """Id of the record of its answer, or empty."""
    body: Mapping[str, Any] | None = None
    """The body of that record, if it is answered."""
    error: str = ""
    """Why it has no answer, if it failed."""


class ConversationStore:
    """Reads and writes conversations, each under a name that a session knows."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def begin(
        self,
        conversation: str,
        question: str,
        collections: Sequence[str],
        documents: Sequence[str] | None,
        *,
        user: str,
        without: Sequence[str] = (),
    ) -> int:
        """Add a question to the end of the conversation and return the id of its turn.

        `collections` are names, `documents` sha256, `without` keys of labels. Raises CollectionNotFound when
        the user may not search one of the collections.
        """
        with self._db.write() as db:
            ids = {name.casefold(): key for key, name in _searchable(db, user).items()}
            for name in collections:
                if name.casefold() not in ids:
                    raise CollectionNotFound(
                        f"There is no collection named {name!r} for user {user!r}. See: incamera collections"
                    )
            cursor = db.execute(
                "INSERT INTO turns (conversation, user, question, collections, documents, without)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    conversation,
                    user,
                    question,
                    json.dumps([ids[name.casefold()] for name in collections]),
                    json.dumps(None if documents is None else list(documents)),
                    json.dumps(list(without)),
                ),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def answer(self, turn: int, record: str) -> None:
        """Store the id of the record of the answer. Does nothing if the turn was removed in the meantime."""
        with self._db.write() as db:
            # From now on the question is in the record, and a purge removes it there.
            db.execute(
                "UPDATE turns SET record = ?, question = '', without = '[]' WHERE id = ?", (record, turn)
            )

    def fail(self, turn: int, error: str) -> None:
        """Store why there is no answer. Does nothing if the turn was removed or purged in the meantime."""
        with self._db.write() as db:
            db.execute("UPDATE turns SET error = ? WHERE id = ? AND question <> ?", (error, turn, PURGED))

    def turns(self, conversation: str, *, user: str) -> list[StoredTurn]:
        """Return the turns of a conversation, oldest first, as far as the user may see them now."""
        with self._db.read() as db:
            searchable = _searchable(db, user)
            rows = db.execute(
                "SELECT t.*, r.body FROM turns t LEFT JOIN records r ON r.id = t.record AND r.user = t.user"
                " WHERE t.conversation = ? AND t.user = ? ORDER BY t.id",
                (conversation, user),
            ).fetchall()
        return [_turn(row, searchable) for row in rows]

    def remove(self, turn: int, conversation: str, *, user: str) -> None:
        """Remove one turn from the conversation. The record of its answer stays."""
        with self._db.write() as db:
            db.execute(
                "DELETE FROM turns WHERE id = ? AND conversation = ? AND user = ?", (turn, conversation, user)
            )

    def clear(self, conversation: str, *, user: str) -> None:
        """Remove all turns from the conversation. The records of their answers stay."""
        with self._db.write() as db:
            db.execute("DELETE FROM turns WHERE conversation = ? AND user = ?", (conversation, user))


def redact_turns(db: sqlite3.Connection, collection: str) -> None:
    """Remove the words of questions without a record that were asked in the collection (its id).

    Part of a purge: nothing shows which documents such a question quotes. Questions with a record have their
    words there.
    """
    db.execute(
        "UPDATE turns SET question = ?, error = '', without = '[]' WHERE record = '' AND collections LIKE ?",
        (PURGED, f'%"{collection}"%'),
    )


def _searchable(db: sqlite3.Connection, user: str) -> dict[str, str]:
    """Return the names of the collections that the user may search, by id."""
    return {towards.id: towards.name for towards in searchable(db, user)}


def _turn(row: sqlite3.Row, searchable: Mapping[str, str]) -> StoredTurn:
    ids = json.loads(row["collections"])
    if not all(collection in searchable for collection in ids):
        return StoredTurn(row["id"], TurnState.WITHHELD)
    body = json.loads(row["body"]) if row["body"] else None
    if row["question"] == PURGED or (row["record"] and (body is None or body.get("purged"))):
        return StoredTurn(row["id"], TurnState.PURGED)
    documents = json.loads(row["documents"])
    state = TurnState.ANSWERED if body else TurnState.FAILED if row["error"] else TurnState.OPEN
    return StoredTurn(
        id=row["id"],
        state=state,
        question=body["answer"]["question"] if body else row["question"],
        collections=tuple(searchable[collection] for collection in ids),
        documents=None if documents is None else tuple(documents),
        without=(
            tuple(label["key"] for label in body["answer"].get("removed", ()))
            if body
            else tuple(json.loads(row["without"]))
        ),
        record=row["record"],
        body=body,
        error=row["error"],
    )
