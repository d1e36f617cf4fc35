"""The owner lock: one process owns a vault, and a second one is told immediately which process it is."""

from __future__ import annotations

import json
import os
from pathlib import Path

from filelock import FileLock, Timeout

from vault.errors import VaultInUse
from vault.files.private import write_private
from vault.files.storage import VAULT_ADVICE, translate_disk_errors
from vault.process.clock import utc_now


class OwnerLock:
    """Holds `<data>/vault.lock` until `release`. The system frees it when the process dies."""

    def __init__(self, data: Path, purpose: str) -> None:
        """Take the lock. Raises VaultInUse, which names the owner, and StorageError.

        `purpose` is what this process does ("incamera serve"). Other processes show it when they are refused.
        """
        self._lock = FileLock(data / "vault.lock", mode=0o600)
        # Beside the lock and not in it, because locking a file truncates it.
        self._owner = data / "vault.owner.json"
        with translate_disk_errors(data, VAULT_ADVICE):
            try:
                self._lock.acquire(timeout=0)
            except Timeout as error:
                raise VaultInUse(self._refusal(data)) from error
            owner = {"pid": os.getpid(), "purpose": purpose, "since": utc_now()}
            try:
                write_private(self._owner, json.dumps(owner))
            except BaseException:
                self.release()
                raise

    def release(self) -> None:
        """Release the vault. It can be released twice."""
        if self._lock.is_locked:
            self._owner.unlink(missing_ok=True)
            self._lock.release()

    def _refusal(self, data: Path) -> str:
        try:
            owner = json.loads(self._owner.read_text())
            who = f"process {owner['pid']} ({owner['purpose']}, since {owner['since']})"
        except (OSError, ValueError, KeyError):
            # The owner has taken the lock and not yet written who it is.
            who = "another process"
        return (
            f"The vault in {data} is in use by {who}. "
            "Use the page or command that runs there, or stop it and try again."
        )
