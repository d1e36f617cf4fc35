"""The log for people: who may read which entries, and the records that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vault.access import Action
from vault.bearers import permits
from vault.errors import AccessDenied, RecordNotFound
from vault.ledger.members import MemberStore
from vault.ledger.records import SHORTEST_PREFIX, RecordStore, StoredRecord
from vault.log.events import Entry, Event, Result
from vault.log.head import Head
from vault.log.log import Log
from vault.log.once import Once
from vault.log.selection import Selection
from vault.log.verify import Verification

_SHOWN_DIGITS = 8
"""Digits of the id of a collection whose name the reader may not know."""


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry of the log as a certain user may see it."""

    entry: Entry
    """Without its content, unless the user manages the collections that it is about."""
    collections: tuple[str, ...]
    """Names of collections; the beginning of the id for those that the user does not belong to."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a user may see of the log."""

    everything: bool
    managed: frozenset[str]
    """Ids of the collections that the user manages."""
    names: dict[str, str]
    """Names of the collections that the user belongs to, by id."""


class Auditing:
    """Reads the log for users, and logs that.

    Auditors and administrators read every entry, without its words. Managers read the entries that are only
    about collections of theirs, with their words. Nobody else reads any.
    """

    def __init__(self, members: MemberStore, records: RecordStore, log: Log) -> None:
        self._members = members
        self._records = records
        self._log = log
        self._once = Once()

    def may_read(self, user: str) -> bool:
        """Return whether the user may read at least a part of the log."""
        reader = self._reader(user)
        return reader.everything or bool(reader.managed)

    def reads_everything(self, user: str) -> bool:
        """Return whether the user may read all of the log."""
        return self._reader(user).everything

    def entries(
        self, selection: Selection, *, user: str, limit: int = -1, skip: int = 0, export: bool = False
    ) -> list[ShownEntry]:
        """Return entries that the user may read, latest first; at most `limit`, after the first `skip`.

        The collection of the selection may be a name. `export` says that they leave the vault. Raises
        AccessDenied.
        """
        reader, selection = self._readable(selection, user)
        wanted = {
            name: getattr(selection, name)
            for name in ("users", "events", "results", "collection", "document", "record", "since", "until")
            if getattr(selection, name)
        }
        if wanted.get("collection") not in {None, *reader.names}:
            wanted["collection"] = "unknown"  # what was typed may be the name of a matter
        # The first part of a list stands for those after it.
        first = selection.before is None and not skip
        event = Event.LOG_EXPORTED if export else Event.LOG_READ
        self._note(event, user, wanted, again=export and first)
        return [
            self._shown(entry, reader, user) for entry in self._log.entries(selection, limit=limit, skip=skip)
        ]

    def count(self, selection: Selection, *, user: str) -> int:
        """Return how many entries of a selection the user may read. Raises AccessDenied."""
        return self._log.count(self._readable(selection, user)[1])

    def users(self, *, user: str) -> list[str]:
        """Return the users in the entries that `user` may read, sorted. Raises AccessDenied."""
        return self._log.users(self._readable(Selection(), user)[1])

    def head(self, *, user: str) -> Head:
        """Return the head of the log. Raises AccessDenied."""
        self._require_reader(user)
        return self._log.head()

    def verify(self, *, user: str, anchors: Sequence[Head] = (), keys: Iterable[Path] = ()) -> Verification:
        """Check the whole log, see `Log.verify`. Raises AccessDenied, LogKeyInvalid."""
        self._require_reader(user)
        found = self._log.verify(anchors, keys)
        result = Result.DONE if found.intact else Result.FAILED
        facts = {"head": str(found.head), "problems": len(found.problems)}
        self._log.append(Event.LOG_VERIFIED, user=user, result=result, facts=facts)
        self._log.note_head()
        return found

    def record(self, prefix: str, *, user: str, replay: bool = False) -> StoredRecord:
        """Return the record of an answer whose id begins with `prefix`.

        It is for the managers of all its collections, and for who asked as long as they may search them.
        Others learn that there is none. `replay` says that its question is asked again. Raises
        RecordNotFound.
        """
        record = self._records.find(prefix)
        if record is not None:
            asked = self._log.entries(Selection(record=record.id, events=("question", "record.adopted")))
            ids = {one for entry in asked for one in entry.collections}
            if ids and ids <= self._readable_records(user, own=record.user == user):
                event = Event.RECORD_REPLAYED if replay else Event.RECORD_READ
                self._note(event, user, {"record": record.id}, collections=sorted(ids), again=replay)
                return record
        self._log.append(
            Event.ACCESS_DENIED, user=user, result=Result.DENIED, facts={"action": "read a record"}
        )
        raise RecordNotFound(
            f"There is not one record for you whose id begins with {prefix!r}. Give the `record` of the "
            f"answer, at least {SHORTEST_PREFIX} digits, as `incamera ask --json` and the log show it."
        )

    def _readable_records(self, user: str, *, own: bool) -> frozenset[str]:
        needed = Action.SEARCH if own else Action.MANAGE
        entries = self._members.collections(user=user)
        return frozenset(entry.id for entry in entries if entry.role.allows(needed) and permits(user, needed))

    def _reader(self, user: str) -> _Reader:
        entries = self._members.collections(user=user)
        return _Reader(
            everything=self._members.is_auditor(user) or self._members.is_administrator(user),
            managed=frozenset(
                entry.id
                for entry in entries
                if entry.role.allows(Action.MANAGE) and permits(user, Action.MANAGE)
            ),
            names={entry.id: entry.name for entry in entries},
        )

    def _require_reader(self, user: str) -> _Reader:
        reader = self._reader(user)
        if not reader.everything and not reader.managed:
            self._log.append(
                Event.ACCESS_DENIED, user=user, result=Result.DENIED, facts={"action": "read the log"}
            )
            raise AccessDenied(
                f"{user!r} may not read the log: it is for auditors and administrators, and for the "
                "managers of a collection."
            )
        return reader

    def _readable(self, selection: Selection, user: str) -> tuple[_Reader, Selection]:
        """Return the reader, and the selection with the id of its collection and what the reader may see."""
        reader = self._require_reader(user)
        ids = {name.casefold(): one for one, name in reader.names.items()}
        collection = ids.get(selection.collection.casefold(), selection.collection)
        within = None if reader.everything else tuple(sorted(reader.managed))
        return reader, replace(selection, collection=collection, within=within)

    def _shown(self, entry: Entry, reader: _Reader, user: str) -> ShownEntry:
        manages = bool(entry.collections) and reader.managed.issuperset(entry.collections)
        own = not entry.collections and entry.user == user
        names = tuple(reader.names.get(one, one[:_SHOWN_DIGITS]) for one in entry.collections)
        return ShownEntry(entry if manages or own else replace(entry, content=None), names)

    def _note(
        self,
        event: Event,
        user: str,
        facts: dict[str, object],
        *,
        collections: Sequence[str] = (),
        again: bool = False,
    ) -> None:
        """Log that the log was read; a page that stays open reads it again and again, and is logged once."""

        def append() -> None:
            self._log.append(event, user=user, collections=collections, facts=facts)

        self._once.log((event, user, repr(facts)), append, again=again)
