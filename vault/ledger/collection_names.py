"""Renaming and archiving collections. Records of answers keep the name that a collection had then."""

from __future__ import annotations

import re
import sqlite3

from vault.access import Action
from vault.database.database import Database
from vault.errors import CollectionExists, CollectionNameInvalid, JobRuns
from vault.ledger.members import CollectionEntry, MemberStore
from vault.log.events import Event
from vault.log.log import Log
from vault.process.clock import utc_now

_NAME = re.compile(r"[^\W_][\w .()&,'/-]{0,79}")


class CollectionNames:
    """Renames and archives collections. Only their managers may."""

    def __init__(self, db: Database, members: MemberStore, log: Log) -> None:
        self._db = db
        self._log = log
        self._members = members

    def rename(self, name: str, new: str, *, user: str) -> CollectionEntry:
        """Give the collection `name` the name `new`, and return its entry.

        Raises CollectionNameInvalid, CollectionExists, JobRuns while files are added to it, and as
        `MemberStore.authorise` does.
        """
        entry = self._members.authorise(name, user=user, action=Action.MANAGE)
        check_name(new)
        with self._db.write() as db:
            if db.execute(
                "SELECT 1 FROM jobs WHERE collection = ? AND state = 'running'", (entry.id,)
            ).fetchone():
                raise JobRuns(f"Files are being added to {entry.name!r}. Rename it when that has finished.")
            require_free(db, new, of=entry.id)
            db.execute("DELETE FROM former_names WHERE name = ?", (new,))
            db.execute("INSERT OR IGNORE INTO former_names VALUES (?, ?)", (entry.name, entry.id))
            db.execute("UPDATE collections SET name = ? WHERE id = ?", (new, entry.id))
            self._log.append(
                Event.COLLECTION_RENAMED, user=user, collections=[entry.id], facts={"documents": []},
                content={"from": entry.name, "to": new}, within=db,
            )  # fmt: skip
        return self._members.authorise(new, user=user, action=Action.MANAGE)

    def archive(self, name: str, *, user: str, archived: bool = True) -> CollectionEntry:
        """Keep a collection to be searched only, or let it take documents again with `archived=False`.

        Returns its entry. Raises as `MemberStore.authorise` does.
        """
        entry = self._members.authorise(name, user=user, action=Action.MANAGE)
        with self._db.write() as db:
            db.execute("DELETE FROM archived WHERE collection = ?", (entry.id,))
            if archived:
                db.execute("INSERT INTO archived VALUES (?, ?)", (entry.id, utc_now()))
            event = Event.COLLECTION_ARCHIVED if archived else Event.COLLECTION_RESTORED
            self._log.append(event, user=user, collections=[entry.id], facts={"documents": []}, within=db)
        return self._members.authorise(name, user=user, action=Action.MANAGE)


def check_name(name: str) -> None:
    """Raise CollectionNameInvalid unless a collection can have this name."""
    if not _NAME.fullmatch(name):
        raise CollectionNameInvalid(
            f"{name!r} cannot be the name of a collection: use 1 to 80 letters, digits, spaces "
            "and . _ - ( ) & , ' / , beginning with a letter or digit."
        )


def require_free(db: sqlite3.Connection, name: str, *, of: str = "") -> None:
    """Raise CollectionExists if another collection than `of` (its id) has this name, or had it.

    A name that a collection had stays its own: answers of that time cite it.
    """
    taken = db.execute(
        "SELECT id FROM collections WHERE name = :name AND id <> :of"
        " UNION SELECT f.collection FROM former_names f WHERE f.name = :name AND f.collection <> :of",
        {"name": name, "of": of},
    ).fetchone()
    if taken:
        raise CollectionExists(f"There is a collection named {name!r} already. Choose another name.")
