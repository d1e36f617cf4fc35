"""Key files and passphrases, and the key that each of them gives."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from vault.errors import KeyUnfit
from vault.files.private import open_new
from vault.files.storage import translate_disk_errors
from vault.sealing.key import KEY_BYTES, Key

LEAST_PASSPHRASE = 12
"""Characters. Whoever has the disk can try passphrases for years."""
_PREFIX = "incamera-key-1:"
_MOST_BYTES = 4096
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{64}")
_OPERATIONS, _MEMORY = 3, 256 << 20


@dataclass(frozen=True, slots=True)
class Stretching:
    """How argon2id makes a key of a passphrase: slowly, so that trying many takes long."""

    salt: bytes
    operations: int = _OPERATIONS
    memory: int = _MEMORY
    """Bytes."""

    @classmethod
    def new(cls) -> Stretching:
        """Return how a new passphrase is made a key."""
        return cls(secrets.token_bytes(16))

    def key_of(self, passphrase: str) -> Key:
        """Return the key of a passphrase. It takes about a second and `memory` bytes."""
        # Imported here: a vault without a passphrase does not need it.
        from nacl import pwhash

        return Key(
            pwhash.argon2id.kdf(
                KEY_BYTES, passphrase.encode(), self.salt, opslimit=self.operations, memlimit=self.memory
            )
        )


def check_passphrase(passphrase: str) -> str:
    """Return a passphrase that may be chosen. Raises KeyUnfit for one that is too short."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise KeyUnfit(
            f"The passphrase has {len(passphrase)} characters. Choose at least {LEAST_PASSPHRASE}: four or "
            "five words that do not belong together are easy to keep."
        )
    return passphrase


def create_key_file(file: Path) -> None:
    """Write a new key to a new file with mode 0600. Raises KeyUnfit, StorageError."""
    text = _PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n"
    with translate_disk_errors(file):
        try:
            with open_new(file) as target:
                target.write(text.encode())
        except FileExistsError as error:
            raise KeyUnfit(f"There is a file {file} already. Choose another name for the key.") from error
        except (FileNotFoundError, NotADirectoryError) as error:
            raise KeyUnfit(f"There is no folder {file.parent} for the key. Create it first.") from error


def key_in(file: Path) -> Key:
    """Return the key in a key file.

    It is one that `create_key_file` wrote, or holds 64 hexadecimal digits, as `openssl rand -hex 32` prints
    them. Raises KeyUnfit.
    """
    text = text_in(file)
    if _HEXADECIMAL.fullmatch(text):
        return Key(bytes.fromhex(text))
    try:
        if text.startswith(_PREFIX):
            return Key(base64.b64decode(text.removeprefix(_PREFIX), validate=True))
    except (binascii.Error, ValueError):
        pass
    raise KeyUnfit(
        f"The file {file} holds no key. A key file is made by `incamera init --key-file`, or holds 64 "
        "hexadecimal digits (`openssl rand -hex 32`)."
    )


def text_in(file: Path) -> str:
    """Return the line in a file with a key or passphrase, without white space around it. Raises KeyUnfit."""
    try:
        with file.open("rb") as source:
            content = source.read(_MOST_BYTES + 1)
        text = content.decode().strip()
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise KeyUnfit(
            f"The key file {file} cannot be read: {reason}. Without its key, nobody can open the "
            "vault: connect the disk that holds it, or restore it from your backup."
        ) from error
    except UnicodeDecodeError:
        text = ""
    if not text or len(content) > _MOST_BYTES:
        raise KeyUnfit(f"The file {file} holds no key and no passphrase.")
    return text
