"""Give a vault another key.

The vault's key is new afterwards, and so is what seals the keys of its collections: who has the earlier key
file, or knows the earlier passphrase, cannot open the vault as it is from then on. The keys of the
collections stay, so that no document is written again.
"""

from __future__ import annotations

from pathlib import Path

from vault.database.connect import connect
from vault.encryption.exchange import encrypt_database, finish_exchange
from vault.errors import EncryptionRefused, EncryptionUnfinished, SealBroken
from vault.files.storage import is_database_error
from vault.keys.header import Header, NewSecret, read_header, write_header
from vault.keys.keyring import database_key, key_files, read_key, write_key
from vault.keys.source import KeySource
from vault.process.lock import OwnerLock
from vault.sealing.key import Key


def rotate_keys(data: Path, source: KeySource, secret: NewSecret, purpose: str) -> None:
    """Open the vault in `data` with its present key, and lock it with `secret` from now on.

    If this process is killed, the vault opens with the present one until `keys.json` is written, and then
    with the new one: whoever opens it next finishes the rest. Raises EncryptionRefused for a vault that is
    not encrypted, VaultInUse, and as `open_keys` does.
    """
    lock = OwnerLock(data, purpose)
    try:
        header = read_header(data)
        if header is None:
            raise EncryptionRefused("This vault is not encrypted. Encrypt it with: incamera encrypt")
        if header.unfinished:
            raise EncryptionUnfinished(
                "The encryption of this vault was interrupted. Finish it first with: incamera encrypt"
            )
        earlier = header.open(source)
        finish_rotation(data, header, earlier)
        vault_key = Key.random()
        changing = Header.new(secret, vault_key).with_earlier(vault_key, earlier)
        write_header(data, changing)
        finish_rotation(data, changing, vault_key)
    finally:
        lock.release()


def finish_rotation(data: Path, header: Header, vault_key: Key) -> None:
    """Seal with the vault's key what is still sealed with the earlier one; do nothing if there is none."""
    earlier = header.open_earlier(vault_key)
    if earlier is None:
        return
    for file in key_files(data):
        try:
            read_key(file, vault_key)
        except SealBroken:
            write_key(file, read_key(file, earlier), vault_key)
    database = data / "vault.db"
    finish_exchange(database)
    if not _opens(database, database_key(vault_key)):
        encrypt_database(database, database_key(earlier), database_key(vault_key))
    write_header(data, header.settled())


def _opens(database: Path, key: Key) -> bool:
    connection = connect(database, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except Exception as error:
        if is_database_error(error):
            return False
        raise
    finally:
        connection.close()
    return True
