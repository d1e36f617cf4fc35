"""Office files with a password: decrypted beside the sandbox's other files while they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.parsed.how_to_read import how_to_read, password_needed
from vault.errors import DamagedFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ALWAYS_TRIED = ("VelvetSweatshop",)
"""With this password Excel encrypts workbooks that anybody may open."""


@contextmanager
def unlocked(path: Path) -> Iterator[Path]:
    """Yield the path of the file without its password: a copy of an encrypted Office file, else `path`.

    Nothing is done without passwords: reading the file says then that it needs one. The copy is deleted at
    the end. Raises PasswordProtected if no password opens it, DamagedFile.
    """
    passwords = how_to_read().passwords
    if not passwords or not _is_ole(path):
        yield path
        return
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        copy = Path(folder) / "unlocked"
        yield copy if _decrypt(path, copy, (*passwords, *_ALWAYS_TRIED)) else path


def _is_ole(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_OLE)) == _OLE


def _decrypt(path: Path, copy: Path, passwords: tuple[str, ...]) -> bool:
    """Write the decrypted file to `copy`; return False if the file is not encrypted."""
    # Loaded here: few files have a password.
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    with path.open("rb") as source:
        try:
            office = msoffcrypto.OfficeFile(source)
            if not office.is_encrypted():
                return False
        except (FileFormatError, DecryptionError, OSError, ValueError):
            return False  # a message, or a file that its own reader finds broken
        for password in passwords:
            try:
                # The older formats always verify it.
                office.load_key(
                    password=password, **({"verify_password": True} if office.format == "ooxml" else {})
                )
                with copy.open("wb") as target:
                    office.decrypt(target)
                return True
            except InvalidKeyError:
                continue
            except (DecryptionError, FileFormatError) as error:
                if "password" in str(error).lower() or "key" in str(error).lower():
                    continue
                raise DamagedFile(
                    "The Office file is encrypted in a way that cannot be read. Save a copy without the "
                    "password and load that."
                ) from error
    raise password_needed("The Office file")
