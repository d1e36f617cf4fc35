"""Office files in forms that the libraries refuse (macros, templates, shows, strict XML), made ordinary."""

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
_PREFIX = b"application/vnd.openxmlformats-officedocument."


def opened(path: Path) -> BinaryIO:
    """The Office file at `path`, open for reading; rewritten in memory where its form is not ordinary.

    The container was checked before. No macro is ever run: only the main part's declared type changes.
    """
    with zipfile.ZipFile(path) as archive:
        types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
        main = next((name for name in _MAIN_PARTS if name in archive.namelist()), None)
        strict = main is not None and _STRICT in archive.read(main)[:4096]
        plain = _ordinary_types(types)
        if plain == types and not strict:
            return path.open("rb")
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
            for member in archive.infolist():
                content = plain if member.filename == _TYPES else archive.read(member)
                if strict and member.filename.endswith((".xml", ".rels")):
                    content = _STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
                copy.writestr(member.filename, content)
    made.seek(0)
    return made


def _ordinary_types(types: bytes) -> bytes:
    for special, ordinary in _ORDINARY_TYPES:
        whole = special if special.startswith(b"application/") else _PREFIX + special
        types = types.replace(whole, _PREFIX + ordinary + b".main+xml")
    return types
