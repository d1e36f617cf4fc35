"""Files that open only with a password."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msoffcrypto
import pyzipper

from tests.ingest import files


def word(path: Path, password: str, text: str) -> Path:
    """Write a Word file that is encrypted as Word does it."""
    plain = files.word(path.with_suffix(".plain"), [text])
    with plain.open("rb") as source, path.open("wb") as target:
        msoffcrypto.OfficeFile(source).encrypt(password, target)
    plain.unlink()
    return path


def archive(path: Path, password: str, members: Mapping[str, str], plain: Mapping[str, str]) -> Path:
    """Write a zip archive with members that are encrypted with AES, and others that are not."""
    with pyzipper.AESZipFile(path, "w", compression=pyzipper.ZIP_DEFLATED) as target:
        for name, text in plain.items():
            target.writestr(name, text)
        target.setpassword(password.encode())
        target.setencryption(pyzipper.WZ_AES, nbits=256)
        for name, text in members.items():
            target.writestr(name, text)
    return path
