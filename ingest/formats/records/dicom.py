"""Read DICOM: the patient and the study as fields, the words of a report, and a document inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.formats.records.record import Record, plain_time, set_out
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.inside import within_limits
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText
from vault.records import ElementKind, Unread

_SUFFIXES = {"application/pdf": ".pdf", "text/xml": ".xml", "model/stl": ".stl"}
_PIXELS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
_TECHNICAL = frozenset(("EncapsulatedDocument", "ContentSequence", *_PIXELS))
_LONGEST = 400
"""Characters of a value; longer ones are tables of numbers."""


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the DICOM file at `path` as one page; a document inside becomes an attachment.

    What a picture shows is in `unread`. Raises NoText, TooLarge, DamagedFile.
    """
    from pydicom import dcmread
    from pydicom.errors import InvalidDicomError

    try:
        file = dcmread(path)
        record = Record("Study", list(_fields(file)))
        findings = list(_findings(file, 0))
    except (InvalidDicomError, OSError, ValueError, KeyError, AttributeError, NotImplementedError) as error:
        raise DamagedFile("The DICOM file is cut off or malformed. Copy it again from its source.") from error
    composer = PageComposer(limits)
    set_out(composer, [record])
    for depth, name, text in findings:
        composer.add(
            ElementKind.HEADING if not text else ElementKind.PARAGRAPH,
            f"{name}: {text}" if text else name,
            depth + 2,
        )
    page = composer.page(1)
    if not page.text:
        raise NoText("The DICOM file names no patient, study or finding. Check where it was copied from.")
    title = str(file.get("DocumentTitle", "") or file.get("StudyDescription", ""))
    unread: list[Unread] = []
    if any(name in file for name in _PIXELS):
        unread.append(Unread("Medical pictures", "", "What they show is not read. Load the report on them."))
    attachments = tuple(within_limits(_inside(file, title), limits, unread))
    return ParsedDocument(
        FileType.DICOM.media_type, title, (page,), attachments=attachments, unread=tuple(unread)
    )


def _fields(file: Any) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of what says something to people: no identifiers of programs, no pixels."""
    for element in file:
        if (
            element.keyword in _TECHNICAL
            or element.VR in ("UI", "SQ", "OB", "OW", "UN")
            or element.tag.is_private
        ):
            continue
        value = "; ".join(map(str, element.value)) if element.VM > 1 else str(element.value)
        if element.VR == "PN":
            family, _, given = value.partition("^")
            value = " ".join(f"{given.replace('^', ' ')} {family}".split())
        elif element.VR in ("DA", "DT"):
            value = plain_time(value)
        if value.strip() and len(value) <= _LONGEST:
            yield element.name, value


def _findings(item: Any, depth: int) -> Iterator[tuple[int, str, str]]:
    """Yield (depth, name, text) of the content of a structured report, in order; headings have no text."""
    for content in item.get("ContentSequence", ()):
        names = content.get("ConceptNameCodeSequence") or ()
        name = str(names[0].get("CodeMeaning", "")) if names else "Finding"
        measured = content.get("MeasuredValueSequence") or ()
        coded = content.get("ConceptCodeSequence") or ()
        text = str(
            content.get("TextValue")
            or (measured and _quantity(measured[0]))
            or (coded and coded[0].get("CodeMeaning"))
            or content.get("PersonName")
            or plain_time(str(content.get("Date", "") or content.get("DateTime", "")))
        )
        if text or content.get("ContentSequence"):
            yield depth, name, text
        if depth < 20:
            yield from _findings(content, depth + 1)


def _quantity(measured: Any) -> str:
    units = measured.get("MeasurementUnitsCodeSequence") or ()
    return f"{measured.get('NumericValue', '')} {units[0].get('CodeValue', '') if units else ''}".strip()


def _inside(file: Any, title: str) -> Iterator[Attachment]:
    content = bytes(file.get("EncapsulatedDocument", b"") or b"")
    length = file.get("EncapsulatedDocumentLength")
    content = content[: int(length)] if length else content.rstrip(b"\x00")
    if content:
        suffix = _SUFFIXES.get(str(file.get("MIMETypeOfEncapsulatedDocument", "")), "")
        yield Attachment((title or "report") + suffix, content)
