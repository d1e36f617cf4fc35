"""The owner lock: one process owns a vault, and a second one is told immediately which process it is."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from vault.errors import VaultOwned
from vault.files.private import write_private
from vault.files.storage import VAULT_ADVICE, translate_disk_errors
from vault.process.clock import utc_now

_OWNER_FILE = "vault.owner.json"
"""Beside the lock and not in it, because locking a file truncates it."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that owns a vault."""

    pid: int
    purpose: str
    """What it does ("incamera serve")."""
    since: str
    """UTC, ISO 8601."""

    def __str__(self) -> str:
        return f"process {self.pid} ({self.purpose}, since {self.since})"


class OwnerLock:
    """Holds `<data>/vault.lock` until `release`. The system frees it when the process dies."""

    def __init__(self, data: Path, purpose: str) -> None:
        """Take the lock. Raises VaultOwned, which names the owner, and StorageError.

        `purpose` is what this process does ("incamera serve"). Other processes show it when they are refused.
        """
        self._lock = FileLock(data / "vault.lock", mode=0o600)
        self._owner = data / _OWNER_FILE
        with translate_disk_errors(data, VAULT_ADVICE):
            try:
                self._lock.acquire(timeout=0)
            except Timeout as error:
                raise owned(
                    data, "Use the page or command that runs there, or stop it and try again."
                ) from error
            try:
                write_private(self._owner, json.dumps(asdict(Owner(os.getpid(), purpose, utc_now()))))
            except BaseException:
                self.release()
                raise

    def release(self) -> None:
        """Release the vault. It can be released twice."""
        if self._lock.is_locked:
            self._owner.unlink(missing_ok=True)
            self._lock.release()


def owner_of(data: Path) -> Owner | None:
    """Return the process that owns the vault in `data`; None if none does, or has not yet written that.

    A process that was killed leaves its name behind. That is not an owner.
    """
    try:
        owner = Owner(**json.loads((data / _OWNER_FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    try:
        os.kill(owner.pid, 0)  # signal 0 is not sent: it only asks whether the process is there
    except ProcessLookupError:
        return None
    except PermissionError:  # it is there, and another user's
        pass
    return owner


def owned(data: Path, advice: str) -> VaultOwned:
    """Return the error that names the owner of the vault; `advice` says what to do about it."""
    return VaultOwned(f"The vault in {data} is in use by {owner_of(data) or 'another process'}. {advice}")
