"""The key that seals the log.

It may lie outside the data folder. Who can write the data folder but cannot read the key cannot change the
log unnoticed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from vault.errors import LogKeyInvalid
from vault.files.private import open_new
from vault.files.storage import translate_disk_errors

KEY_NAME = "log.key"
"""The file of the key in a data folder, where the settings name no other."""
_BYTES = 32


@dataclass(frozen=True, slots=True)
class LogOptions:
    """How the log of a vault is kept."""

    key_file: Path | None = None
    """None: `log.key` in the data folder."""
    content: bool = True
    """Whether words, such as those of a question, are kept beside the entries; else only a digest of them."""
    new_key: bool = False
    """Replace the key when the vault is opened."""

    def key_path(self, data: Path) -> Path:
        """Return the file of the key of the vault in the folder `data`."""
        return data / KEY_NAME if self.key_file is None else self.key_file


USUAL_LOG = LogOptions()
"""How a log is kept where no setting says otherwise."""


class LogKey:
    """A secret of 32 bytes."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.fingerprint = hashlib.sha256(b"incamera log key" + secret).hexdigest()[:16]
        """Names the key and does not give it away."""

    def seal(self, *fields: str) -> str:
        """Return the HMAC-SHA256 of texts, in hexadecimal digits."""
        encoded = [field.encode("utf-8", "surrogatepass") for field in fields]
        # With their lengths: characters cannot be moved from one field to the next.
        whole = b"".join(part for field in encoded for part in (len(field).to_bytes(8, "big"), field))
        return hmac.digest(self._secret, whole, "sha256").hex()

    def digest(self, salt: str, text: str) -> str:
        """Return a digest of content.

        Without the salt, which is random and is removed with the content, nobody can find the content by
        trying words, and without the key neither.
        """
        return self.seal("content", salt, text)

    @classmethod
    def read(cls, file: Path) -> LogKey | None:
        """Return the key in a file, or None if there is no file. Raises LogKeyInvalid, StorageError."""
        try:
            with translate_disk_errors(file):
                text = file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (UnicodeDecodeError, IsADirectoryError):
            text = ""
        try:
            secret = bytes.fromhex(text)
        except ValueError:
            secret = b""
        if len(secret) != _BYTES:
            raise LogKeyInvalid(
                f"{file} holds no key of a log: it must be {2 * _BYTES} hexadecimal digits. Restore the "
                "file, or name another one: INCAMERA_LOG_KEY_FILE"
            )
        return cls(secret)

    @classmethod
    def create(cls, file: Path) -> LogKey:
        """Write a new key to a file that is not there yet. Raises LogKeyInvalid, StorageError."""
        secret = secrets.token_bytes(_BYTES)
        try:
            with translate_disk_errors(file), open_new(file) as target:
                target.write(secret.hex().encode() + b"\n")
                target.flush()
                os.fsync(target.fileno())
        except (FileNotFoundError, NotADirectoryError) as error:
            raise LogKeyInvalid(
                f"The key of the log cannot be written to {file}: there is no folder {file.parent}. Make the "
                "folder, or name another file: INCAMERA_LOG_KEY_FILE"
            ) from error
        return cls(secret)


def new_salt() -> str:
    """Return a random salt for `LogKey.digest`."""
    return secrets.token_hex(16)
