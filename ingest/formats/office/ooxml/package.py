"""Rewrite Office files in forms that the libraries reject: macros, templates, slide shows, strict XML."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import BinaryIO

_TYPES = "[Content_Types].xml"
_MAIN_PARTS = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_ORDINARY_TYPES = (
    (b"application/vnd.ms-word.document.macroEnabled.main+xml", b"wordprocessingml.document"),
    (b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", b"wordprocessingml.document"),
    (b"wordprocessingml.template.main+xml", b"wordprocessingml.document"),
    (b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml", b"presentationml.presentation"),
    (b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml", b"presentationml.presentation"),
    (b"presentationml.slideshow.main+xml", b"presentationml.presentation"),
    (b"presentationml.template.main+xml", b"presentationml.presentation"),
)
_DOCUMENT_INSIDE = re.compile(
    rb'(<(?:Default\s+Extension="|Override\s+PartName="[^"]*\.)docx"\s+ContentType=")'
    rb"application/vnd\.openxmlformats-officedocument\.wordprocessingml\.document\.main\+xml"
)
"""A whole document inside another is declared like the main part of one, and is no XML."""
_PREFIX = b"application/vnd.openxmlformats-officedocument."


def open_ooxml(path: Path) -> BinaryIO:
    """Open the Office file at `path` for reading; if needed, an ordinary copy is made in memory.

    Check the container first (`check_container`). Macros are never run: only the declared type of the main
    part changes.
    """
    with zipfile.ZipFile(path) as archive:
        types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
        main = next((name for name in _MAIN_PARTS if name in archive.namelist()), None)
        strict = main is not None and _STRICT in archive.read(main)[:4096]
        plain = _ordinary_types(types)
        if plain == types and not strict:
            return path.open("rb")
        rewritten = io.BytesIO()
        with zipfile.ZipFile(rewritten, "w", zipfile.ZIP_STORED) as copy:
            for member in archive.infolist():
                content = plain if member.filename == _TYPES else archive.read(member)
                if strict and member.filename.endswith((".xml", ".rels")):
                    content = _STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
                copy.writestr(member.filename, content)
    rewritten.seek(0)
    return rewritten


def _ordinary_types(types: bytes) -> bytes:
    """Replace the special types of main parts by the ordinary ones."""
    for special, ordinary in _ORDINARY_TYPES:
        special_type = special if special.startswith(b"application/") else _PREFIX + special
        types = types.replace(special_type, _PREFIX + ordinary + b".main+xml")
    return _DOCUMENT_INSIDE.sub(rb"\1application/octet-stream", types)
