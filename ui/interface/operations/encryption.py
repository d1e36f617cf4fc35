"""What of a vault is encrypted, and what is not."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ingest.parsing.folder import memory_folder
from ui.interface.schemas.collections import Encryption
from vault.vault import Vault

_SWAPS = Path("/proc/swaps")


def encryption_of(vault: Vault) -> Encryption:
    """Return what opens the vault, and what whoever takes the disk can read without that."""
    keys = vault.keys
    if not keys.encrypted:
        plain = [
            f"everything in {vault.data}: documents, answers, conversations. Whoever takes the disk can read "
            "it, unless the disk itself is encrypted. Encrypt it with: incamera encrypt --key-file FILE"
        ]
        return Encryption(encrypted=False, opened_by="nothing", not_encrypted=plain)
    plain = []
    if not keys.sealed:
        plain.append(
            "the indexes of vectors: INCAMERA_SEALED is off. They hold no words, but from vectors some words "
            "can be guessed."
        )
    if memory_folder() is None:
        plain.append(
            f"parts of Office files with a password or of old formats while they are read, in "
            f"{tempfile.gettempdir()}: this system has no folder in memory (/dev/shm)."
        )
    if swaps := _swaps():
        plain.append(
            f"what the system moves from memory to {', '.join(swaps)} (swap), unless that is encrypted. "
            "Encrypt it or switch it off."
        )
    return Encryption(encrypted=True, opened_by=keys.opened_by, not_encrypted=plain)


def _swaps() -> list[str]:
    """Return the devices and files that memory is swapped to, except those in memory."""
    try:
        lines = _SWAPS.read_text().splitlines()[1:]
    except OSError:
        return []
    names = [line.split()[0] for line in lines if line.strip()]
    return [name for name in names if not name.startswith("/dev/zram")]
