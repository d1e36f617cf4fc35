"""One file per format, each with `read(path, limits) -> ParsedDocument`; run in the parser only.

`read` here picks by content. The libraries behind the formats are imported when they are first needed.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ingest.formats.structure.instructions import instruction_warnings
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits

FORMATS = {
    FileType.PDF: "pdf.pdf",
    FileType.DOCX: "office.docx",
    FileType.DOC: "office.office_binary",
    FileType.PPTX: "office.pptx",
    FileType.PPT: "office.office_binary",
    FileType.XLSX: "office.xlsx",
    FileType.XLS: "office.xls",
    FileType.ODT: "office.opendocument",
    FileType.ODS: "office.opendocument",
    FileType.ODP: "office.opendocument",
    FileType.RTF: "office.rtf",
    FileType.EPUB: "text.epub",
    FileType.HTML: "text.html",
    FileType.MARKDOWN: "text.markdown",
    FileType.TEXT: "text.text",
    FileType.CSV: "text.csv",
    FileType.EML: "mail.eml",
    FileType.MSG: "mail.msg",
    FileType.MBOX: "mail.mbox",
    FileType.XML: "text.xml",
    FileType.PNG: "picture",
    FileType.JPEG: "picture",
    FileType.TIFF: "picture",
    FileType.ZIP: "archive",
}
"""The module below this package that reads each type."""
_AT_HAND = frozenset(
    [FileType.PDF, FileType.TEXT, FileType.CSV, FileType.RTF, FileType.ODT, FileType.ODS, FileType.ODP,
     FileType.PNG, FileType.JPEG, FileType.TIFF, FileType.ZIP]
)  # fmt: skip
"""Formats that need no library which takes long to import."""
_PARTITION = "ingest.formats.structure.partition"


class Format(Protocol):
    """A module that reads one type of file, or a few that are alike."""

    def read(self, path: Path, limits: ParseLimits) -> ParsedDocument:
        """Everything that the file says. Raises ParseError."""
        ...


def read(path: Path, limits: ParseLimits, name: str | None = None) -> ParsedDocument:
    """Read any supported file in this very process; `name` as in `detect`. Raises: ParseError."""
    kind = detect(path, name)
    reading = format_of(kind).read(path, limits)
    return replace(reading, warnings=reading.warnings + instruction_warnings(reading.pages))


def format_of(kind: FileType) -> Format:
    """What reads files of a type; its libraries are imported now if they were not before."""
    return cast(Format, import_module(f"{__name__}.{FORMATS[kind]}"))


def is_prepared(path: Path, name: str | None = None) -> bool:
    """Whether the libraries for this file are loaded; `name` as in `detect`. Raises: ParseError."""
    return detect(path, name) in _AT_HAND or _PARTITION in sys.modules


def prepare(*, office: bool) -> None:
    """Import libraries ahead, so that forks find them loaded: those that take no time, or (seconds) all."""
    for kind in _AT_HAND:
        format_of(kind)
    if office:
        for kind in FileType:
            format_of(kind)
        import_module(_PARTITION).prepare()


__all__ = ["FORMATS", "FileType", "Format", "format_of", "is_prepared", "prepare", "read"]
