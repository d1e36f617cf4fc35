"""Find out the type of a file from its content. The name matters only for the kinds of plain text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from ingest.parsed.how_to_read import password_needed
from ingest.parsed.kinds import FileType
from ingest.parsed.medical import kind_of_record
from ingest.parsed.signatures import unsupported_by_signature
from ingest.parsed.text_head import as_text, is_message
from vault.errors import (
    DamagedFile,
    EmptyFile,
    FileUnreadable,
    UnsupportedType,
)

__all__ = ["FileType", "detect"]

_HEAD_BYTES = 8192


_SIGNATURES = (
    (b"{\\rtf", FileType.RTF),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
    (b"\x1f\x8b", FileType.GZIP),
    (b"BZh", FileType.BZIP2),
    (b"\xfd7zXZ\x00", FileType.XZ),
    (b"-----BEGIN PKCS7", FileType.P7M),
    (b"!BDN", FileType.PST),
)
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
"""Brands of pictures in the container that films have too."""
_OPEN_DOCUMENT = (
    (b"opendocument.text", FileType.ODT),
    (b"opendocument.spreadsheet", FileType.ODS),
    (b"opendocument.presentation", FileType.ODP),
    (b"epub", FileType.EPUB),
)
_PKCS7 = re.compile(rb"\A\x30.{1,8}?\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x02-\x06]", re.DOTALL)
_CARDS = re.compile(r"\A\s*BEGIN:(VCALENDAR|VCARD)\s*$", re.IGNORECASE | re.MULTILINE)
_APPLE_MAIL = re.compile(r"\A\d{1,10}[ \t]*\r?\n")
_PDF = re.compile(rb"\A[\x00\s\xef\xbb\xbf]*%PDF-")
_LATE_PDF = re.compile(rb"%PDF-\d\.\d")
_MARKUP = re.compile(
    r"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|div|p|h[1-6]|table|ul|ol|span|article|section|main)\b)",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\A\s*<\?xml\b")
_BY_SUFFIX = {
    ".md": FileType.MARKDOWN,
    ".markdown": FileType.MARKDOWN,
    ".csv": FileType.CSV,
    ".tsv": FileType.CSV,
}


def detect(path: Path, name: str | None = None) -> FileType:
    """Detect the type of the file at `path`; `name` is its original name, if it has another one now.

    Raises EmptyFile, UnsupportedType (with a message that says what the file is and what to do),
    PasswordProtected (an encrypted Office file), DamagedFile, FileUnreadable.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise FileUnreadable(
            f"The file cannot be opened ({error.strerror}). Check its permissions."
        ) from error
    if not head:
        raise EmptyFile("The file is empty (0 bytes). Check where it was copied from.")
    if _PDF.match(head):
        return FileType.PDF
    if head.startswith(b"PK\x03\x04"):
        return _detect_in_zip(path)
    if head.startswith(olefile.MAGIC):
        return _detect_in_ole(path)
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileType.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        return FileType.HEIC
    if head[128:132] == b"DICM":
        return FileType.DICOM
    if head[257:262] == b"ustar":
        return FileType.TAR
    if _PKCS7.match(head):
        return FileType.P7M
    kind = unsupported_by_signature(head)
    if kind:
        raise UnsupportedType(kind)
    text = as_text(head)
    if text is None:
        if _LATE_PDF.search(head[:1024]):
            return FileType.PDF
        raise UnsupportedType(
            "The content is binary data of a type that Incamera cannot read. It reads PDF, Word, PowerPoint, "
            "Excel, OpenDocument, RTF, EPUB, HTML, XML, Markdown, text, CSV, e-mail (.eml, .msg, .mbox, "
            ".pst), pictures (PNG, JPEG, TIFF, WebP, HEIC), FHIR, CDA, HL7, DICOM and zip archives of these: "
            "save it as one."
        )
    return _detect_in_text(text, Path(name or path.name).suffix.lower())


def _detect_in_zip(path: Path) -> FileType:
    """Detect the type of a zip container: Office, OpenDocument, EPUB, or an archive of files."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise DamagedFile(
            "The file begins like a Word, PowerPoint, Excel or zip file, but is cut off or broken. "
            "Copy it again from its source."
        ) from error
    for member, kind in (
        ("word/document.xml", FileType.DOCX),
        ("ppt/presentation.xml", FileType.PPTX),
        ("xl/workbook.xml", FileType.XLSX),
    ):
        if member in names:
            return kind
    for mark, kind in _OPEN_DOCUMENT:
        if mark in mimetype:
            return kind
    if b"opendocument" in mimetype:
        raise UnsupportedType(
            "This is an OpenDocument drawing, chart or formula. Print it to PDF and load that."
        )
    if "META-INF/container.xml" in names:
        return FileType.EPUB
    if "xl/workbook.bin" in names:
        return FileType.XLSB
    if "[Content_Types].xml" in names and any(name.startswith("word/document") for name in names):
        return FileType.DOCX
    return FileType.ZIP


def _detect_in_ole(path: Path) -> FileType:
    """Detect the type of an OLE container: an Office file before 2007 or an Outlook message."""
    try:
        with olefile.OleFileIO(path) as container:
            streams = {"/".join(entry).lower() for entry in container.listdir()}
            encrypted = _is_encrypted(container, streams)
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise DamagedFile(
            "The file begins like an older Office or Outlook file, but is cut off or broken. "
            "Copy it again from its source."
        ) from error
    if "encryptedpackage" in streams or encrypted:
        raise password_needed("The Office file")
    if "__properties_version1.0" in streams:
        return FileType.MSG
    for stream, kind in (
        ("worddocument", FileType.DOC),
        ("workbook", FileType.XLS),
        ("book", FileType.XLS),
        ("powerpoint document", FileType.PPT),
    ):
        if stream in streams:
            return kind
    raise UnsupportedType(
        "This is an older Microsoft container of an unknown kind. Save it as PDF and load that."
    )


def _is_encrypted(container: olefile.OleFileIO, streams: set[str]) -> bool:
    """Return whether an old Word or PowerPoint file says that it is encrypted."""
    if "worddocument" in streams:
        head = container.openstream("WordDocument").read(12)
        return len(head) == 12 and bool(head[11] & 1)
    return "powerpoint document" in streams and "encryptedsummary" in streams


def _detect_in_text(text: str, suffix: str) -> FileType:
    """Detect the type of a text file from its beginning and the suffix of its name."""
    if _MARKUP.match(text):
        return FileType.HTML
    if record := kind_of_record(text):
        return FileType(record)
    if _XML.match(text):
        if re.search(r"<html\b|<!doctype html", text, re.IGNORECASE):
            return FileType.HTML
        return FileType.XML
    if re.match(r"From \S+.*\d{4}\r?\n", text) and is_message(text.split("\n", 1)[1], ".eml"):
        return FileType.EML if suffix == ".eml" else FileType.MBOX
    if is_message(text, suffix):
        return FileType.EML
    if suffix == ".emlx" and is_message(_APPLE_MAIL.sub("", text), ".eml"):
        return FileType.EML
    card = _CARDS.match(text)
    if card:
        return FileType.ICS if card[1].upper() == "VCALENDAR" else FileType.VCF
    return _BY_SUFFIX.get(suffix, FileType.TEXT)
