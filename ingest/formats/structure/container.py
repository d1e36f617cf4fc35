"""Check zip containers (docx, pptx, xlsx) before a library unpacks them."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, PasswordProtected, TooLarge

_SMALL = 32 * 1024 * 1024  # unpacked bytes; the ratio is not checked below this
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 2048


def check_container(path: Path, limits: ParseLimits) -> None:
    """Check that a container is not too large when unpacked and declares no XML entities.

    Raises TooLarge, DamagedFile, PasswordProtected.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_size(archive, limits)
            _check_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise DamagedFile(
            "The file is cut off or broken: a part of it cannot be unpacked. Copy it again from its source."
        ) from error


def check_size(archive: zipfile.ZipFile, limits: ParseLimits) -> None:
    """Check the number of members and their size when unpacked. Raises TooLarge."""
    members = archive.infolist()
    if len(members) > limits.members:
        raise TooLarge(
            f"The file has {len(members):,} parts, above the limit of {limits.members:,}. Split it."
        )
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes or (
        unpacked > _SMALL and unpacked > limits.unpack_ratio * max(packed, 1)
    ):
        raise TooLarge(
            f"The file unpacks from {packed / 2**20:,.1f} to {unpacked / 2**20:,.0f} MiB, unlike any "
            "ordinary document. If it is one, save it again without its largest pictures or sheets."
        )


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Check each part. Raises PasswordProtected, DamagedFile."""
    for member in archive.infolist():
        if member.flag_bits & 1:
            raise PasswordProtected("The file is encrypted. Save a copy without the password.")
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                if _DECLARATION.search(part.read(_HEAD)):
                    raise DamagedFile(
                        f"The part {member.filename[:60]!r} declares XML entities, which no Office "
                        "program does: the file may be made to attack the program that opens it. Do not open "
                        "it elsewhere before an expert has checked it."
                    )
