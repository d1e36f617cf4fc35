"""The owner lock: one process owns a vault, a second one learns at once who does."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from vault.errors import VaultInUse
from vault.files.private import write_private
from vault.files.storage import VAULT_ADVICE, on_disk


class OwnerLock:
    """Holds `<data>/vault.lock` for the life of the process; the system frees it on any death."""

    def __init__(self, data: Path, purpose: str) -> None:
        """Take the lock, or raise VaultInUse naming the owner, or StorageError.

        `purpose` is what the owner does ("incamera serve"): shown to whoever is refused.
        """
        self._lock = FileLock(data / "vault.lock", mode=0o600)
        # Beside the lock and not in it: taking a file lock truncates the file.
        self._owner = data / "vault.owner.json"
        with on_disk(data, VAULT_ADVICE):
            try:
                self._lock.acquire(timeout=0)
            except Timeout as error:
                raise VaultInUse(self._refusal(data)) from error
            since = datetime.now(UTC).isoformat(timespec="seconds")
            try:
                write_private(
                    self._owner, json.dumps({"pid": os.getpid(), "purpose": purpose, "since": since})
                )
            except BaseException:
                self.release()
                raise

    def release(self) -> None:
        """Give the vault back; releasing twice is allowed."""
        if self._lock.is_locked:
            self._owner.unlink(missing_ok=True)
            self._lock.release()

    def _refusal(self, data: Path) -> str:
        try:
            owner = json.loads(self._owner.read_text())
            who = f"process {owner['pid']} ({owner['purpose']}, since {owner['since']})"
        except (OSError, ValueError, KeyError):
            # Between taking the lock and writing its name the owner is known only to the system.
            who = "another process"
        return (
            f"The vault in {data} is in use by {who}. "
            "Use the page or command that runs there, or stop it and try again."
        )
