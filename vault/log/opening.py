"""The keys of a log when it is opened: made, found, replaced."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vault.errors import LogKeyMissing
from vault.log.events import Event
from vault.log.key import LogKey, LogOptions

Told = tuple[Event, dict[str, Any], LogKey]
"""An entry about keys: the event, its facts and the key that seals it."""


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """The key of a log, and the entries that tell what happened to it."""

    key: LogKey
    first_words: Told | None = None
    """The first entry that is sealed with the key."""
    last_words: Told | None = None
    """The last entry that is sealed with the key before."""
    replaced: bool = False


def open_key(db: sqlite3.Connection, file: Path, options: LogOptions) -> OpenedKey:
    """Return the key of the log in `file`; make it if the log has no entries and the file is not there.

    Raises LogKeyMissing when the log is sealed with a key that is not in `file`, LogKeyInvalid, StorageError.
    """
    last = db.execute("SELECT key FROM log ORDER BY number DESC LIMIT 1").fetchone()
    key = LogKey.read(file)
    if last is None:
        key = key or LogKey.create(file)
        return OpenedKey(key, (Event.LOG_BEGUN, {"key": key.fingerprint}, key))
    if options.new_key:
        return _replaced(file, key, last["key"])
    if key is None or key.fingerprint != last["key"]:
        there = "is not there" if key is None else f"holds another key ({key.fingerprint})"
        raise LogKeyMissing(
            f"The log of this vault is sealed with the key {last['key']}, and {file} {there}. Restore the "
            "file, or name the right one: INCAMERA_LOG_KEY_FILE. If the key is lost: incamera audit new-key"
        )
    return OpenedKey(key)


def keys_beside(file: Path) -> list[LogKey]:
    """Return the earlier keys that lie beside the key, as `audit new-key` leaves them."""
    found = (LogKey.read(path) for path in sorted(file.parent.glob(f"{file.name}.before-*")))
    return [key for key in found if key is not None]


def _replaced(file: Path, key: LogKey | None, used: str) -> OpenedKey:
    """Make a new key in the place of `key`. The log was sealed with the key of the fingerprint `used`."""
    if key is not None:
        # Kept, so that the entries until now can be checked.
        file.rename(file.with_name(f"{file.name}.before-{key.fingerprint}"))
    new = LogKey.create(file)
    facts = {"from": used, "to": new.fingerprint}
    if key is not None and key.fingerprint == used:
        begun = (Event.LOG_BEGUN, {"key": new.fingerprint}, new)
        return OpenedKey(new, begun, last_words=(Event.KEY_REPLACED, facts, key), replaced=True)
    return OpenedKey(new, (Event.KEY_LOST, facts, new), replaced=True)
