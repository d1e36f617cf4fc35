"""Find out the type of a file from its content. The name matters only for the kinds of plain text."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from ingest.parsed.medical import kind_of_record
from ingest.parsed.signatures import unsupported_by_signature
from vault.errors import (
    DamagedFile,
    EmptyFile,
    FileUnreadable,
    PasswordProtected,
    UnsupportedType,
)

_HEAD_BYTES = 8192
_OOXML = "application/vnd.openxmlformats-officedocument."


class FileType(StrEnum):
    """The file types that Incamera can parse."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    PPTX = "pptx"
    PPT = "ppt"
    XLSX = "xlsx"
    XLS = "xls"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    RTF = "rtf"
    EPUB = "epub"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    CSV = "csv"
    EML = "eml"
    MSG = "msg"
    MBOX = "mbox"
    XML = "xml"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    ZIP = "zip"
    FHIR = "fhir"
    CDA = "cda"
    HL7 = "hl7"
    DICOM = "dicom"

    @property
    def media_type(self) -> str:
        """The media type as registered with IANA, such as "application/pdf"."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: _OOXML + "wordprocessingml.document",
    FileType.PPTX: _OOXML + "presentationml.presentation",
    FileType.XLSX: _OOXML + "spreadsheetml.sheet",
    FileType.HTML: "text/html",
    FileType.MARKDOWN: "text/markdown",
    FileType.TEXT: "text/plain",
    FileType.CSV: "text/csv",
    FileType.EML: "message/rfc822",
    FileType.MSG: "application/vnd.ms-outlook",
    FileType.DOC: "application/msword",
    FileType.PPT: "application/vnd.ms-powerpoint",
    FileType.XLS: "application/vnd.ms-excel",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
    FileType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileType.ODP: "application/vnd.oasis.opendocument.presentation",
    FileType.RTF: "application/rtf",
    FileType.EPUB: "application/epub+zip",
    FileType.MBOX: "application/mbox",
    FileType.XML: "application/xml",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
    FileType.TIFF: "image/tiff",
    FileType.ZIP: "application/zip",
    FileType.FHIR: "application/fhir+json",
    FileType.CDA: "application/hl7-cda+xml",
    FileType.HL7: "x-application/hl7-v2+er7",
    FileType.DICOM: "application/dicom",
}
_SIGNATURES = (
    (b"{\\rtf", FileType.RTF),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
)
_OPEN_DOCUMENT = (
    (b"opendocument.text", FileType.ODT),
    (b"opendocument.spreadsheet", FileType.ODS),
    (b"opendocument.presentation", FileType.ODP),
    (b"epub", FileType.EPUB),
)
_PDF = re.compile(rb"\A[\x00\s\xef\xbb\xbf]*%PDF-")
_LATE_PDF = re.compile(rb"%PDF-\d\.\d")
_MARKUP = re.compile(
    r"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|div|p|h[1-6]|table|ul|ol|span|article|section|main)\b)",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\A\s*<\?xml\b")
_HEADER = re.compile(r"\A([A-Za-z][A-Za-z0-9-]*):")
_PERSONAL_HEADERS = frozenset({"from", "to", "cc", "bcc", "date", "subject", "re", "sent"})
_TECHNICAL_HEADERS = frozenset(
    {"received", "message-id", "mime-version", "return-path", "delivered-to", "content-type",
     "dkim-signature", "content-transfer-encoding", "thread-topic", "x-mailer", "user-agent"}
)  # fmt: skip
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
    if head[128:132] == b"DICM":
        return FileType.DICOM
    kind = unsupported_by_signature(head)
    if kind:
        raise UnsupportedType(kind)
    text = _as_text(head)
    if text is None:
        if _LATE_PDF.search(head[:1024]):
            return FileType.PDF
        raise UnsupportedType(
            "The content is binary data of a type that Incamera cannot read. It reads PDF, Word, PowerPoint, "
            "Excel, OpenDocument, RTF, EPUB, HTML, XML, Markdown, text, CSV, e-mail (.eml, .msg, .mbox), "
            "pictures (PNG, JPEG, TIFF), FHIR, CDA, HL7, DICOM and zip archives of these: save it as one."
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
        raise UnsupportedType("This is a binary Excel workbook (xlsb). Save it as xlsx and load that.")
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
        raise PasswordProtected(
            "The Office file is encrypted and opens only with a password. "
            "Save a copy without it and load that."
        )
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


def _as_text(head: bytes) -> str | None:
    """Decode the head of a file roughly; None if it is not text."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    if b"\x00" in head:
        zeros = (head[0::2].count(0), head[1::2].count(0))
        if max(zeros) > 0.3 * len(head) / 2 and min(zeros) <= 0.02 * len(head):
            return head.decode("utf-16-le" if zeros[1] > zeros[0] else "utf-16-be", "replace")
        return None
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if controls > 0.02 * len(head):
        return None
    return head.decode("utf-8", "replace")


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
    if re.match(r"From \S+.*\d{4}\r?\n", text) and _is_message(text.split("\n", 1)[1], ".eml"):
        return FileType.EML if suffix == ".eml" else FileType.MBOX
    if _is_message(text, suffix):
        return FileType.EML
    return _BY_SUFFIX.get(suffix, FileType.TEXT)


def _is_message(text: str, suffix: str) -> bool:
    """Return whether the text begins with e-mail headers.

    A memo may also begin with From, To, Date and Subject. So without a header that only programs write, the
    text counts as e-mail only if its name ends in .eml.
    """
    fields: set[str] = set()
    for line in text.split("\n"):
        line = line.rstrip("\r")
        if not line:
            break
        if line[0] in " \t" and fields:
            continue
        header = _HEADER.match(line)
        if not header:
            return False
        fields.add(header[1].lower())
    by_machine = any(field in _TECHNICAL_HEADERS or field.startswith("x-") for field in fields)
    by_people = len(fields & _PERSONAL_HEADERS)
    return (by_machine and by_people >= 1) or (suffix == ".eml" and (by_people >= 1 or by_machine))
