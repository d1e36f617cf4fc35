"""Open the keys of a vault."""

from __future__ import annotations

import resource
from pathlib import Path

from vault.encryption.rotation import finish_rotation
from vault.errors import EncryptionUnfinished
from vault.keys.header import read_header
from vault.keys.keyring import Keyring
from vault.keys.source import KeySource


def open_keys(data: Path, source: KeySource) -> Keyring:
    """Return the keys of the vault in `data`, which this process owns, and finish a change of keys.

    Raises KeyMissing, KeyUnfit, KeyWrong, EncryptionUnfinished, SealBroken, VaultTooNew, VaultDamaged.
    """
    header = read_header(data)
    if header is None:
        return Keyring(data)
    if header.unfinished:
        raise EncryptionUnfinished(
            f"The encryption of the vault in {data} was interrupted. Finish it with: incamera encrypt"
        )
    vault_key = header.open(source)
    # A dump of this process would hold the keys and text of documents.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    finish_rotation(data, header, vault_key)
    return Keyring(data, vault_key, opened_by=header.kind, sealed=source.sealed)
