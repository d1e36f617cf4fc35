"""Who wrote a document to whom, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from email.utils import parsedate_to_datetime

from ingest.annotation.pieces.divide import TABLE_KINDS, Piece
from ingest.annotation.pieces.field_names import (
    AUTHOR_FIELD,
    COPY_FIELD,
    DATE_FIELD,
    RECIPIENT_FIELD,
    SENDER_FIELD,
)
from ingest.annotation.pieces.names import TITLED, is_plain_name, leading_name
from ingest.annotation.profile.fields import NamedValue
from vault.records import ElementKind
from vault.text.dates.find import find_dates
from vault.text.dates.found import FoundDate
from vault.text.readable import readable

_HEAD = 18
_FOOT = 8
_SHORT = 90
_REST = 45
_PROSE = re.compile(r"[a-zà-ÿ][.!?]|\b(?:is|was|were|has|had|the|she|he)\b|\d")
_JUST_DATE = re.compile(r"date|dated|datum", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*<[^<>]*>|\s*\([^()]*@[^()]*\)|[\"']")
_CLOSING = re.compile(
    r"(?:(?:yours|regards|kind|best|warm|many thanks|with (?:kind|best)|sincerely|faithfully|respectfully"
    r"|mit freundlichen|viele grüße|cordialement|veuillez)\b.{0,40}|signed:?)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:^|\bthis\b.{0,60}?\s)(?:is\s+)?(?:dated|made(?:\s+(?:and entered into|effective))?|entered into)"
    r"(?:\s+(?:on|this|as of|effective))*\s*:?\s*(?:the\s+)?",
    re.IGNORECASE,
)
_NOT_THE_DATE = re.compile(
    r"\b(?:born|d\.?o\.?b|birth|due|expir|until|valid to|deadline|payable|by)\b", re.IGNORECASE
)


def document_date(
    pieces: Sequence[Piece], values: Sequence[NamedValue], title: str, name: str
) -> date | None:
    """Return when a document was written, signed or sent; None if nothing says so."""
    mail = next((one for one in values[:8] if one.name.lower() == "date" and _is_mail_header(pieces)), None)
    if mail is not None:
        sent = _mail_date(mail.value)
        if sent is not None:
            return sent
    named = [one for one in values if one.index < 3 * _HEAD and DATE_FIELD.fullmatch(one.name)]
    head = [piece for piece in pieces[:_HEAD] if piece.kind not in TABLE_KINDS]
    short = [text for piece in head if len(text := readable(piece.text)) < _SHORT]
    foot = [piece for piece in reversed(pieces[-_FOOT:]) if piece.kind not in TABLE_KINDS]
    return (
        _first(_only_day(one.value) for one in named if _JUST_DATE.fullmatch(one.name))
        or _first(_dated_day(readable(piece.text)) for piece in head)
        or _first(_only_day(one.value) for one in named)
        or _first(_line_of_day(text) for text in short)
        or _first(_line_of_day(text) for piece in foot if len(text := readable(piece.text)) < _SHORT // 2)
        or _first(_only_day(text) for text in (title, name.replace("_", " ")))
        or _first(_month(text) for text in (*short, title, name.replace("_", " ")))
    )


def _first(days: Iterable[date | None]) -> date | None:
    return next((day for day in days if day is not None), None)


def _dated_day(text: str) -> date | None:
    """Return the day in "This lease is dated 24 September 2024" or "Dated 2 June 2025"."""
    dated = _DATED.search(text[:400])
    return None if dated is None else _first_day(text[dated.end() : dated.end() + 60], 12)


def _month(text: str) -> date | None:
    """Return the first day of the only month that a short text names."""
    found = find_dates(text)
    if len(found) != 1 or found[0].yearless or _NOT_THE_DATE.search(text):
        return None
    length = (found[0].last - found[0].first).days
    return found[0].first if 26 < length < 32 and len(text) < _SHORT else None


def _is_mail_header(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and re.match(r"(?:From|Von|De):", pieces[0].text) is not None


def _mail_date(value: str) -> date | None:
    try:
        return parsedate_to_datetime(value).date()
    except (TypeError, ValueError):
        return None


def _day(found: FoundDate) -> date | None:
    return found.first if found.first == found.last and not found.yearless else None


def _first_day(text: str, furthest: int) -> date | None:
    return next((_day(one) for one in find_dates(text)[:1] if one.start <= furthest), None)


def _only_day(text: str) -> date | None:
    """Return the first day that a text names."""
    return _first(_day(one) for one in find_dates(text))


def _line_of_day(text: str) -> date | None:
    """Return the day of a line that holds little else: "9 May 2025", "Clinic letter, 9 January 2024"."""
    if _NOT_THE_DATE.search(text):
        return None
    found = [one for one in find_dates(text) if _day(one)]
    if len(found) != 1:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    return None if len(rest) > _REST or _PROSE.search(rest) else _day(found[0])


def author_of(pieces: Sequence[Piece], values: Sequence[NamedValue]) -> str:
    """Return who wrote or signed a document, or empty."""
    for one in values:
        if AUTHOR_FIELD.fullmatch(one.name) and (name := _person(one.value)):
            return name
    lines = [readable(piece.text) for piece in pieces]
    for index in range(len(lines) - 1, -1, -1):
        if _CLOSING.match(lines[index]) and len(lines[index]) < 60:
            signed = re.sub(r"^signed:?\s*", "", lines[index], flags=re.IGNORECASE)
            for line in (signed, *lines[index + 1 : index + 4]):
                if name := _person(line):
                    return name
    for index in range(len(lines) - 1, _FOOT, -1):
        piece = pieces[index]
        if piece.kind in TABLE_KINDS or piece.kind is ElementKind.HEADING or piece.cells:
            continue
        if len(lines[index]) < _SHORT // 2 and TITLED.fullmatch(lines[index].split(",")[0]):
            return _person(lines[index])
        if index >= len(lines) - 3 and is_plain_name(lines[index]):
            return _person(lines[index])
    return ""


def _person(text: str) -> str:
    """Return the person whom a short text begins with, or empty."""
    name = leading_name(text)
    if TITLED.match(name) or (is_plain_name(name) and len(text) < 100):
        return name
    return ""


def correspondents(
    pieces: Sequence[Piece], values: Sequence[NamedValue]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return sender, recipients and recipients of copies, as a mail header or the head of a letter says."""
    sender = ""
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    mail = _is_mail_header(pieces)
    for one in values:
        if one.index > 2 * _HEAD and not COPY_FIELD.fullmatch(one.name):
            break
        if SENDER_FIELD.fullmatch(one.name) and not sender and (mail or not find_dates(one.value)):
            sender = _names(one.value, mail)[0] if _names(one.value, mail) else ""
        elif RECIPIENT_FIELD.fullmatch(one.name) and not recipients and not find_dates(one.value):
            recipients = _names(one.value, mail)
        elif COPY_FIELD.fullmatch(one.name):
            copies += _names(one.value, mail)
    if not recipients:
        for piece in pieces[: 2 * _HEAD]:
            dear = re.match(r"Dear\s+([^,:\n]{2,50})(?:,|:|\n|$)", piece.text)
            if dear is not None:
                recipients = (readable(dear[1]),)
                break
    return sender, recipients, copies


def _names(value: str, mail: bool) -> tuple[str, ...]:
    """Return the names in the value of an address field."""
    if mail:
        parts = re.split(r"[,;]\s*(?=[^,;<>]*(?:<|@))", value)
        return tuple(name for part in parts if (name := _ADDRESS.sub("", part).strip() or part.strip(" <>")))
    parts = re.split(r";\s*", value)
    return tuple(name for part in parts if (name := _addressee(part)))


def _addressee(text: str) -> str:
    """Return the person or office that a line of an address begins with; empty for "own home"."""
    first = text.split(",")[0].strip()
    name = leading_name(text)
    if TITLED.match(name) or len(name.split()) > 1:
        return name
    return first if first[:1].isupper() and len(first) < _SHORT else ""
