"""The open conversations: which questions stand in them, of what they were asked, and where the answers are.

The words of an answer are kept once, in its record: a turn names the record. So a purge that takes words from
a record takes them from the conversation too.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vault.access import Action, Role
from vault.errors import CollectionNotFound
from vault.ledger.redact import PURGED
from vault.store.database import Database


class TurnState(StrEnum):
    """What there is of a question and its answer."""

    OPEN = "open"
    """No answer yet: it is being written, or its writing was interrupted."""
    ANSWERED = "answered"
    FAILED = "failed"
    PURGED = "purged"
    """Its words went with a document."""
    WITHHELD = "withheld"
    """It is about a collection that the user may not search, or that is no more."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question as it is kept. Of one that is purged or withheld only the id and the state are told."""

    id: int
    state: TurnState
    question: str = ""
    collections: tuple[str, ...] = ()
    """Names."""
    documents: tuple[str, ...] | None = None
    """sha256 of those that the question was narrowed to; None for all."""
    record: str = ""
    body: Mapping[str, Any] | None = None
    """The record's, of one that is answered."""
    error: str = ""


class ConversationStore:
    """The part of the vault that keeps conversations, each under a name that a session knows."""

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
    ) -> int:
        """Add a question at the end of the conversation; returns the turn's id.

        Raises CollectionNotFound when the user may not search one of the collections (names).
        """
        with self._db.write() as db:
            ids = {name.casefold(): key for key, name in _searchable(db, user).items()}
            for name in collections:
                if name.casefold() not in ids:
                    raise CollectionNotFound(
                        f"There is no collection named {name!r} for user {user!r}. See: incamera collections"
                    )
            cursor = db.execute(
                "INSERT INTO turns (conversation, user, question, collections, documents)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    conversation,
                    user,
                    question,
                    json.dumps([ids[name.casefold()] for name in collections]),
                    json.dumps(None if documents is None else list(documents)),
                ),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def answer(self, turn: int, record: str) -> None:
        """Note where the answer is; nothing happens when the turn was removed meanwhile."""
        with self._db.write() as db:
            # The question stands in the record from now on, and goes from there when it has to.
            db.execute("UPDATE turns SET record = ?, question = '' WHERE id = ?", (record, turn))

    def fail(self, turn: int, error: str) -> None:
        """Note why there is no answer; nothing happens when the turn was removed or purged meanwhile."""
        with self._db.write() as db:
            db.execute("UPDATE turns SET error = ? WHERE id = ? AND question <> ?", (error, turn, PURGED))

    def turns(self, conversation: str, *, user: str) -> list[KeptTurn]:
        """The questions of a conversation, oldest first, as far as the user may see them now."""
        with self._db.read() as db:
            searchable = _searchable(db, user)
            rows = db.execute(
                "SELECT t.*, r.body FROM turns t LEFT JOIN records r ON r.id = t.record AND r.user = t.user"
                " WHERE t.conversation = ? AND t.user = ? ORDER BY t.id",
                (conversation, user),
            ).fetchall()
        return [_turn(row, searchable) for row in rows]

    def remove(self, turn: int, conversation: str, *, user: str) -> None:
        """Take one question out of the conversation; the record of its answer stays."""
        with self._db.write() as db:
            db.execute(
                "DELETE FROM turns WHERE id = ? AND conversation = ? AND user = ?", (turn, conversation, user)
            )

    def clear(self, conversation: str, *, user: str) -> None:
        """Take all questions out of the conversation; the records of their answers stay."""
        with self._db.write() as db:
            db.execute("DELETE FROM turns WHERE conversation = ? AND user = ?", (conversation, user))


def redact_turns(db: sqlite3.Connection, collection: str) -> None:
    """Part of a purge from the collection (an id): questions without a record lose their words, since nobody
    can tell what they rest on. Those with one have them there."""
    db.execute(
        "UPDATE turns SET question = ?, error = '' WHERE record = '' AND collections LIKE ?",
        (PURGED, f'%"{collection}"%'),
    )


def _searchable(db: sqlite3.Connection, user: str) -> dict[str, str]:
    """Names of the collections that the user may search, by id."""
    rows = db.execute(
        "SELECT c.id, c.name, m.role FROM collections c JOIN members m ON m.collection = c.id"
        " WHERE m.user = ?",
        (user,),
    )
    return {row["id"]: row["name"] for row in rows if Role(row["role"]).allows(Action.SEARCH)}


def _turn(row: sqlite3.Row, searchable: Mapping[str, str]) -> KeptTurn:
    ids = json.loads(row["collections"])
    if not all(each in searchable for each in ids):
        return KeptTurn(row["id"], TurnState.WITHHELD)
    body = json.loads(row["body"]) if row["body"] else None
    if row["question"] == PURGED or (row["record"] and (body is None or body.get("purged"))):
        return KeptTurn(row["id"], TurnState.PURGED)
    documents = json.loads(row["documents"])
    state = TurnState.ANSWERED if body else TurnState.FAILED if row["error"] else TurnState.OPEN
    return KeptTurn(
        id=row["id"],
        state=state,
        question=body["answer"]["question"] if body else row["question"],
        collections=tuple(searchable[each] for each in ids),
        documents=None if documents is None else tuple(documents),
        record=row["record"],
        body=body,
        error=row["error"],
    )
