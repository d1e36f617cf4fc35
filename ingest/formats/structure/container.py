"""Zip containers (docx, pptx, xlsx), looked at before a library unpacks them."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, PasswordProtected, TooLarge

_SMALL = 32 * 1024 * 1024  # unpacked bytes up to which the ratio does not matter
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 2048


def check_container(path: Path, limits: ParseLimits) -> None:
    """Refuse a container that unpacks to too much or declares XML entities.

    Raises: TooLarge, DamagedFile, PasswordProtected.
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
    """Refuse what unpacks to too much. Raises: TooLarge."""
    members = archive.infolist()
    if len(members) > limits.members:
        raise TooLarge(f"The file holds {len(members):,} parts, above the limit of {limits.members:,}.")
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes or (
        unpacked > _SMALL and unpacked > limits.unpack_ratio * max(packed, 1)
    ):
        raise TooLarge(
            f"The file unpacks from {packed / 2**20:,.1f} to {unpacked / 2**20:,.0f} MiB, which no "
            "ordinary document does. If it is one, save it again without its largest pictures or sheets."
        )


def _check_parts(archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if member.flag_bits & 1:
            raise PasswordProtected("The file is encrypted. Save a copy without the password.")
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                if _DECLARATION.search(part.read(_HEAD)):
                    raise DamagedFile(
                        f"The part {member.filename[:60]!r} declares XML entities, as no program does: "
                        "the file may be made to attack its reader."
                    )
