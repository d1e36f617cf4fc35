r"""Read messages of HL7 version 2: "MSH|^~\&|LAB|…", a segment a line."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hl7apy.v2_5.segments import SEGMENTS  # type: ignore[import-untyped]

from ingest.formats.records.record import Record, plain_name, plain_time, set_out
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.decode import decode
from ingest.formats.structure.inside import within_limits
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge
from vault.records import Page, Unread

_SEGMENTS = {
    "MSH": "Message", "PID": "Patient", "PV1": "Visit", "OBR": "Request", "OBX": "Result", "NTE": "Note",
    "AL1": "Allergy", "DG1": "Diagnosis", "ORC": "Order", "RXE": "Medicine", "RXO": "Medicine",
    "RXA": "Medicine", "NK1": "Next of kin", "IN1": "Insurance", "EVN": "Event", "PR1": "Procedure",
    "SCH": "Appointment",
    "TXA": "Document", "SPM": "Specimen", "GT1": "Guarantor", "PD1": "Patient, further",
}  # fmt: skip
_NAMES = {
    "PID_3": "Patient number", "PID_5": "Patient name", "PID_7": "Date of birth", "PID_8": "Sex",
    "PID_11": "Address", "OBR_4": "Test requested", "OBR_7": "Taken on", "OBX_3": "Test", "OBX_5": "Value",
    "OBX_6": "Unit", "OBX_7": "Reference range", "OBX_8": "Flag", "OBX_11": "Status", "OBX_14": "Date",
    "NTE_3": "Note",
}  # fmt: skip
_TECHNICAL = frozenset(("MSH_1", "MSH_2", "OBX_1", "OBX_2", "NTE_1", "PID_1", "OBR_1", "AL1_1", "DG1_1"))
_IN_TABLES = frozenset(("OBX", "AL1", "DG1"))
_SEXES = {"F": "female", "M": "male", "O": "other", "U": "unknown"}
_FLAGS = {
    "N": "normal", "H": "high", "L": "low", "HH": "high, critical", "LL": "low, critical", "A": "abnormal",
    "AA": "abnormal, critical",
}  # fmt: skip
_STATUSES = {
    "F": "final",
    "P": "preliminary",
    "C": "corrected",
    "X": "no result",
    "D": "deleted",
    "W": "wrong",
}
_CODES = {"PID_8": _SEXES, "OBX_8": _FLAGS, "OBX_11": _STATUSES}
_PERSONS = frozenset(("XPN", "XCN"))
_ESCAPE = re.compile(r"\\([A-Za-z.][^\\\r\n]{0,40})\\")
_MESSAGE = re.compile(r"(?m)^(?=MSH.)")
_MARKUP = frozenset("HN")
_FRAMES = (0x0B, 0x1C)
"""What stands around a message where it was sent over a network."""
_USUAL_MARKS = "|^~\\&"


@dataclass(frozen=True, slots=True)
class _Marks:
    """The characters that a message divides its fields, components, repetitions and subcomponents with."""

    field: str
    component: str
    repetition: str
    subcomponent: str

    def plain(self, text: str) -> str:
        """Return a value without escapes, its subcomponents joined by spaces."""
        kept = {"F": self.field, "S": self.component, "T": self.subcomponent, "R": self.repetition, "E": "\\"}

        def unescaped(found: re.Match[str]) -> str:
            code = found[1]
            if code[0] == "X":
                try:
                    return bytes.fromhex(code[1:]).decode("latin-1")
                except ValueError:
                    return found[0]
            return kept.get(code, "" if code in _MARKUP else " ")

        return _ESCAPE.sub(unescaped, text.replace(self.subcomponent, " "))


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the messages at `path`, each on a page of its own; files inside them become attachments.

    Raises NoText, TooLarge.
    """
    text = decode(path.read_bytes()).translate(dict.fromkeys(_FRAMES))
    messages = [part for part in _MESSAGE.split(text) if part.startswith("MSH")]
    if len(messages) > limits.pages:
        raise TooLarge(
            f"The file has {len(messages):,} messages, above the limit of {limits.pages:,}. Split it."
        )
    pages: list[Page] = []
    inside: list[Attachment] = []
    unread: list[Unread] = []
    for message in messages:
        composer = PageComposer(limits)
        set_out(composer, _records(message, inside))
        page = composer.page(len(pages) + 1, f"Message {len(pages) + 1}" if len(messages) > 1 else "")
        if page.text:
            pages.append(page)
    attachments = tuple(within_limits(inside, limits, unread))
    if not pages:
        raise NoText("The HL7 file has no message with a value. Check where it was copied from.")
    return ParsedDocument(
        FileType.HL7.media_type, "", tuple(pages), attachments=attachments, unread=tuple(unread)
    )


def _records(message: str, inside: list[Attachment]) -> Iterator[Record]:
    """Yield a record for each segment; files inside go to `inside`."""
    written = message[3:8].partition("\n")[0]
    field, component, repetition, _escape, subcomponent = list(written[:5] + _USUAL_MARKS[len(written) :])
    marks = _Marks(field, component, repetition, subcomponent)
    for line in message.split("\n"):
        name, *values = line.split(marks.field)
        if len(name) != 3 or not name.isalnum():
            if line.strip():
                rest = Record("Line that is no segment")
                rest.add("Text", marks.plain(line).strip())
                yield rest
            continue
        if name == "MSH":
            values.insert(0, marks.field)
        record = Record(_SEGMENTS.get(name, f"Segment {name}"), in_table=name in _IN_TABLES)
        attached = _attached(name, values, marks)
        if attached is not None:
            inside.append(attached)
            values[4] = attached.name
        for place, value in enumerate(values, 1):
            key = f"{name}_{place}"
            if value and key not in _TECHNICAL:
                record.add(_name(key), _text(key, value, marks))
        yield record


def _name(key: str) -> str:
    """Return the name of a field, such as "PID_5"; the standard's own where we have none."""
    known = _fields_of(key[:3]).get(key)
    return _NAMES.get(key) or plain_name(known[1] if known else key)


@cache
def _fields_of(segment: str) -> dict[str, tuple[str, str]]:
    """Return (type, name) of the fields of a segment, by keys such as "PID_5"."""
    described: Iterable[tuple[str, tuple[object, ...]]] = SEGMENTS.get(segment, ("", ()))[1]
    return {key: (str(what[2]), str(what[3])) for key, what, *_ in described}


def _text(key: str, value: str, marks: _Marks) -> str:
    kind = _fields_of(key[:3]).get(key, ("", ""))[0]
    return "; ".join(
        text for one in value.split(marks.repetition) if (text := _repetition(key, kind, one, marks))
    )


def _repetition(key: str, kind: str, value: str, marks: _Marks) -> str:
    parts = [marks.plain(part).strip() for part in value.split(marks.component)]
    if kind in ("TS", "DTM", "DT") or key in ("OBX_14", "OBR_7"):
        return plain_time(parts[0])
    if key in _CODES:
        return _CODES[key].get(parts[0], parts[0])
    if kind in _PERSONS and len(parts) > 1:
        number, *name = parts if kind == "XCN" else ("", *parts)
        title = name[4] if len(name) > 4 else ""
        whole = " ".join(filter(None, (title, *name[1:3], name[0])))
        return f"{whole} ({number})" if number and whole else whole or number
    if kind in ("CE", "CWE") and len(parts) > 1 and parts[1]:
        return f"{parts[1]} ({parts[0]})" if parts[0] else parts[1]
    if kind == "CX":
        return parts[0]
    return (
        plain_time(parts[0])
        if len(parts) == 1 and kind == "varies" and _is_time(parts[0])
        else ", ".join(filter(None, parts))
    )


def _is_time(value: str) -> bool:
    return len(value) in (12, 14) and value.isdigit() and value[:2] in ("19", "20")


def _attached(name: str, values: list[str], marks: _Marks) -> Attachment | None:
    """Return the file in a result of the type "encapsulated data", if it is one."""
    if name != "OBX" or len(values) < 5 or values[1] != "ED":
        return None
    parts = values[4].split(marks.component)
    if len(parts) < 5 or parts[3].casefold() != "base64":
        return None
    try:
        content = base64.b64decode(parts[4])
    except (binascii.Error, ValueError):
        return None
    return Attachment(f"{parts[1] or 'file'}.{(parts[2] or 'bin').lower()}", content) if content else None
