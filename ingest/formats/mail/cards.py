"""Read calendar entries (.ics) and contact cards (.vcf) as lines of label and value, with vobject."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.decode import decode
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import detect
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText
from vault.records import ElementKind, Unread

_LABELS = {
    "summary": "Event",
    "dtstart": "Begins", "dtend": "Ends", "due": "Due", "duration": "Lasts", "location": "Place",
    "description": "Description", "organizer": "Organiser", "attendee": "Invited", "status": "Status",
    "rrule": "Repeats", "comment": "Comment", "fn": "Name", "org": "Organisation", "title": "Position",
    "role": "Role", "tel": "Phone", "email": "E-mail", "adr": "Address", "bday": "Born", "note": "Note",
    "url": "Link", "nickname": "Nickname", "categories": "Categories", "contact": "Contact",
    "trigger": "Reminder", "x-alt-desc": "Description", "x-abrelatednames": "Related", "x-abdate": "Date",
}  # fmt: skip
_TECHNICAL = frozenset(
    "uid dtstamp prodid version sequence created last-modified rev class transp priority calscale method n"
    " photo logo sound key tzid tzurl recurrence-id action".split()
)
_HELD = ("photo", "logo", "sound", "attach")
_OF_PROGRAMS = (
    "x-ms-", "x-microsoft-", "x-wr-", "x-apple-", "x-moz-", "x-lic-", "x-google-", "x-ablabel", "x-abuid",
    "x-abadr",
)  # fmt: skip
"""How the labels begin that only programs read."""
_WEB_FORM = "x-alt-desc"
_NAMES = {
    "vevent": "Event", "vtodo": "Task", "vjournal": "Journal entry", "vcard": "Contact",
    "vfreebusy": "Busy times",
}  # fmt: skip


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the file at `path`: each entry or card is a heading with its lines.

    Raises NoText, DamagedFile, TooLarge.
    """
    kind = detect(path)
    composer = PageComposer(limits)
    unread: list[Unread] = []
    try:
        for component in vobject.readComponents(decode(path.read_bytes()), ignoreUnreadable=True):
            _add(composer, component, unread)
    except vobject.base.ParseError as error:
        raise DamagedFile("The calendar or contact file is cut off or broken. Export it again.") from error
    page = composer.page(1)
    if not page.text:
        raise NoText("The file has no calendar entry or contact. Check where it was exported from.")
    title = next((page.text[e.start : e.end] for e in page.elements if e.kind is ElementKind.HEADING), "")
    return ParsedDocument(kind.media_type, title, (page,), unread=tuple(unread))


def _add(composer: PageComposer, component: Any, unread: list[Unread]) -> None:
    """Put an entry, a card, or the entries of a calendar on the page."""
    name = component.name.lower()
    if name in ("vtimezone", "standard", "daylight"):
        return
    lines = [child for child in component.getChildren() if not isinstance(child, vobject.base.Component)]
    if name in _NAMES:
        heading = next((_value(one) for one in lines if one.name.lower() in ("summary", "fn")), "")
        composer.add(ElementKind.HEADING, f"{_NAMES[name]}: {heading}" if heading else _NAMES[name], 1)
    for line in lines:
        label = line.name.lower()
        if label in _HELD and _is_held(line):
            unread.append(Unread(f"Embedded {label}", name, "Files inside such an entry are not read."))
        if label == "attach" and not _is_held(line):
            composer.add(ElementKind.PARAGRAPH, f"Attachment: {_value(line)}", tight=True)
        if label in _TECHNICAL or label == "summary" or label.startswith(_OF_PROGRAMS) or label in _HELD:
            continue
        if label == _WEB_FORM and any(one.name.lower() == "description" for one in lines):
            continue  # it says the same
        value = _value(line)
        if label == _WEB_FORM:
            value = " ".join(lxml.html.fromstring(f"<p>{value}</p>").text_content().split())
        if value:
            composer.add(ElementKind.PARAGRAPH, f"{_label(line)}: {value}", tight=True)
    for child in component.getChildren():
        if isinstance(child, vobject.base.Component):
            _add(composer, child, unread)


def _is_held(line: Any) -> bool:
    """Return whether a line holds a file itself, and not only where it lies."""
    return "URI" not in str(line.params.get("VALUE", "")).upper() and len(str(line.value)) > 200


def _label(line: Any) -> str:
    """Return the label of a line, with its kind where it has one: "Phone (work)"."""
    label = _LABELS.get(line.name.lower(), line.name.removeprefix("X-").replace("-", " ").capitalize())
    kinds = [str(kind).lower() for kind in line.params.get("TYPE", ())]
    kinds = [kind for kind in kinds if kind not in ("internet", "pref", "voice")]
    return f"{label} ({', '.join(kinds)})" if kinds else label


def _value(line: Any) -> str:
    """Return the value of a line as people write it."""
    value = line.value
    if isinstance(value, datetime.date):
        value = _moment(
            value, (line.params.get("X-VOBJ-ORIGINAL-TZID") or line.params.get("TZID") or [""])[0]
        )
    elif line.name.lower() in ("organizer", "attendee"):
        name = (line.params.get("CN") or [""])[0]
        address = str(value).removeprefix("mailto:").removeprefix("MAILTO:")
        value = f"{name} <{address}>" if name else address
    elif not isinstance(value, str):
        value = ", ".join(filter(None, _flat(value)))
    return " ".join(value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").split())


def _flat(value: Any) -> Iterator[str]:
    """Yield the parts of a name, an address or a list."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _flat(part)
    else:
        yield str(value).strip()


def _moment(value: datetime.date, zone: str) -> str:
    """Return a day or a moment in words: "9 April 2024, 14:15 (Europe/London)"."""
    day = f"{value.day} {value:%B %Y}"
    if not isinstance(value, datetime.datetime):
        return day
    zone = zone or str(value.tzname() or "")
    return f"{day}, {value:%H:%M}{f' ({zone})' if zone else ''}"
