"""The file formats: a module for each, with `read(path, limits) -> ParsedDocument`. They run in the parser.

`read` detects the type of a file and calls the module for it. A format's libraries are imported when it is
first needed.
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
    FileType.PST: "mail.pst",
    FileType.XML: "text.xml",
    FileType.PNG: "picture",
    FileType.JPEG: "picture",
    FileType.TIFF: "picture",
    FileType.WEBP: "picture",
    FileType.HEIC: "picture",
    FileType.ZIP: "archive",
    FileType.FHIR: "records.fhir",
    FileType.CDA: "records.cda",
    FileType.HL7: "records.hl7",
    FileType.DICOM: "records.dicom",
    FileType.TAR: "packed",
    FileType.GZIP: "packed",
    FileType.BZIP2: "packed",
    FileType.XZ: "packed",
    FileType.XLSB: "office.xlsb",
    FileType.P7M: "mail.p7m",
    FileType.ICS: "mail.cards",
    FileType.VCF: "mail.cards",
}
"""The module that reads each type, relative to this package."""
_AT_ONCE = frozenset([FileType.PDF, FileType.TEXT, FileType.CSV, FileType.PNG, FileType.JPEG])
"""Types whose libraries are imported when a process starts: most folders have some of them."""
_PARTITION = "ingest.formats.structure.partition"


class Format(Protocol):
    """A module that reads one type of file, or a few similar ones."""

    def read(self, path: Path, limits: ParseLimits) -> ParsedDocument:
        """Read the file at `path`. Raises ParseError."""
        ...


def read(path: Path, limits: ParseLimits, name: str | None = None) -> ParsedDocument:
    """Read a file of any supported type in this process; `name` as for `detect`. Raises ParseError."""
    kind = detect(path, name)
    document = format_of(kind).read(path, limits)
    return replace(document, warnings=document.warnings + instruction_warnings(document.pages))


def format_of(kind: FileType) -> Format:
    """Return the module that reads a type; this imports its libraries if needed."""
    return cast(Format, import_module(f"{__name__}.{FORMATS[kind]}"))


def unprepared(path: Path, name: str | None = None) -> FileType | None:
    """Return the type of a file whose libraries are not imported yet, or None; `name` as for `detect`.

    Raises ParseError.
    """
    kind = detect(path, name)
    return None if kind in _AT_ONCE or f"{__name__}.{FORMATS[kind]}" in sys.modules else kind


def prepare(kind: FileType | None = None) -> None:
    """Import libraries before the process forks: of the most frequent types, or of one (up to a second).

    Only what a file needs is imported: the first file of each type waits for it, while others are embedded.
    """
    if kind is None:
        for one in _AT_ONCE:
            format_of(one)
        return
    own = getattr(format_of(kind), "prepare", None)
    if own is not None:
        own()
    if _PARTITION in sys.modules:
        import_module(_PARTITION).prepare()


__all__ = ["FORMATS", "FileType", "Format", "format_of", "prepare", "read", "unprepared"]
