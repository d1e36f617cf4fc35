"""The cells of a row of text, and what kind of thing stands in a cell."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.annotation.pieces.divide import Piece
from vault.text.dates.months import MONTH_NAME, WEEKDAY_START

_SEPARATOR = re.compile(r"(?:^| )\|(?: |$)")
_NUMBER = re.compile(
    r"[\s$€£¥+\-–(<>≤≥~≈]*\d[\d.,'’\s/:x×–-]*"  # digits, ranges, ratios, times
    r"(?:\s?(?:%|‰|[a-zµμ°Ω²³/^*.]+[\d²³]*|[A-Z]{1,3}/?[a-zA-Z]*|per [a-z]+))?[)*!↑↓HL\s]*"
)
_DATE = re.compile(
    rf"(?:{WEEKDAY_START}[a-z]*\.?,?\s+)?"
    r"(?:\d{1,4}[./-]\d{1,2}(?:[./-](?:\d{2,4})?)?|\d{1,2}(?:st|nd|rd|th)?\.?[\s-]+[A-Za-z]{3,9}\.?(?:[\s,-]+\d{2,4})?"
    r"|[A-Za-z]{3,9}\.?\s+\d{1,2}(?:,?\s+\d{4})?|[A-Za-z]{3,9}\.?\s+\d{4}|(?:19|20)\d\d)"
    r"(?:[T,\s]+(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]m|hrs)?)?",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b{MONTH_NAME}", re.IGNORECASE)
_IDENTIFIER = re.compile(r"(?=[\w./-]*\d)[A-Za-z]{0,6}[-./]?\d[\w./-]*")


class CellKind(StrEnum):
    """What stands in a cell."""

    EMPTY = "empty"
    NUMBER = "number"
    DATE = "date"
    IDENTIFIER = "identifier"
    TEXT = "text"


def cell_places(piece: Piece) -> list[tuple[int, int]]:
    """Return (start, end) on the page of each cell of a row, empty ones too."""
    if piece.places:
        return list(piece.places)
    text, offset = piece.text, piece.span.start
    places = []
    start = 0
    for match in [*_SEPARATOR.finditer(text), None]:
        end = len(text) if match is None else match.start()
        cell = text[start:end]
        left = len(cell) - len(cell.lstrip())
        places.append(
            (offset + start + left, max(offset + start + left, offset + start + len(cell.rstrip())))
        )
        if match is not None:
            start = match.end()
    return places


def kind_of_cell(text: str) -> CellKind:
    """Return what kind of thing stands in a cell."""
    if not text or text in "-–—./":
        return CellKind.EMPTY
    if not any(map(str.isdigit, text)):
        return CellKind.TEXT
    if _DATE.fullmatch(text) and (text[0].isdigit() or _MONTH.search(text)):
        return CellKind.DATE if not _is_plain_decimal(text) else CellKind.NUMBER
    if _NUMBER.fullmatch(text):
        return CellKind.NUMBER
    return CellKind.IDENTIFIER if _IDENTIFIER.fullmatch(text) else CellKind.TEXT


def _is_plain_decimal(text: str) -> bool:
    """Return whether it may as well be a number: "3.4", "12.50"; "12.5." and "03.10.2024" are dates."""
    return re.fullmatch(r"\d{1,3}[.]\d{1,3}|\d{1,3}/\d{1,3}", text) is not None
