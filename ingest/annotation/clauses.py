"""Find the numbered clause that each piece of a document belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.annotation.pieces.divide import TABLE_KINDS, Piece
from ingest.chunking.chunk import HEADING_JOINT
from vault.records import ElementKind
from vault.text.dates.months import MONTH_NAME

_NUMBER = re.compile(
    r"[>\s•–-]*(?:(?:clause|section|article|paragraph|art|sec|cl)\b\.?\s*|§\s*)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})(?P<letter>\s?\([a-z]{1,4}\)|[a-z](?=[.)\s]))?(?P<mark>[.):]?)\s+(?P<next>\S+)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[>\s•–-]*\(?(?P<letter>[a-z]{1,4})\)\s*(?=\S)", re.IGNORECASE)
_SCHEDULE = re.compile(
    r"(?P<name>schedule|annex(?:ure)?|appendix|exhibit|attachment)\s+(?P<number>[0-9]{1,2}|[A-Z]|[IVX]{1,4})\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"x{0,2}(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_MONTH = re.compile(MONTH_NAME, re.IGNORECASE)
_OPENING = re.compile(r"""["“‘'(\[]*[A-ZÀ-Þ]""")
_FURTHEST = 3
"""A clause may be left out, or stand in another document; a larger step is no clause."""


def number_clauses(pieces: Iterable[Piece]) -> None:
    """Set `Piece.clause` for the pieces of a document, in order.

    A clause goes on until the next one, or until a heading without a number. A number that does not follow
    the one before it (an address, a dose) opens no clause.
    """
    numbering = _Numbering()
    for piece in pieces:
        piece.clause = numbering.clause_of(piece)


class _Numbering:
    def __init__(self) -> None:
        self._top = 0
        self._base = ""
        self._letters: list[str] = []
        self._schedule = ""
        self._heading = ""

    def clause_of(self, piece: Piece) -> str:
        if piece.kind is ElementKind.HEADING or piece.heading != self._heading:
            self._enter(piece.heading)
        if piece.kind is not ElementKind.HEADING and piece.kind not in TABLE_KINDS:
            self._read(piece)
        clause = self._base + "".join(f"({letter})" for letter in self._letters)
        return f"{self._schedule} {clause}".strip() if clause else self._schedule

    def _enter(self, path: str) -> None:
        """Take the number of the innermost heading that has one."""
        if path == self._heading:
            return
        parts = path.split(HEADING_JOINT)
        new = [part for part in parts if part not in self._heading.split(HEADING_JOINT)]
        self._heading = path
        self._letters = []
        schedules = [found for part in parts if (found := _SCHEDULE.match(part))]
        schedule = f"{schedules[-1]['name'].lower()} {schedules[-1]['number'].upper()}" if schedules else ""
        if schedule != self._schedule:
            self._schedule, self._top, self._base = schedule, 0, ""
        for part in reversed(parts):
            found = _NUMBER.match(part)
            if found is not None and not _MONTH.match(found["next"]) and self._is_heading_number(found):
                self._base, self._top = found["number"], int(found["number"].partition(".")[0])
                return
        if new:
            self._base = ""

    def _is_heading_number(self, found: re.Match[str]) -> bool:
        """Return whether the number of a heading is a clause: "2. Rent", but not "41 Saltergate: charges"."""
        return "." in found["number"] or found["mark"] != "" or int(found["number"]) <= self._top + _FURTHEST

    def _read(self, piece: Piece) -> None:
        found = _NUMBER.match(piece.text)
        if found is not None and self._follows(found, piece.opens):
            self._base, self._letters = found["number"], []
            self._top = int(found["number"].partition(".")[0])
            if found["letter"]:
                self._letters = [found["letter"].strip(" ()").lower()]
            return
        letter = _LETTER.match(piece.text)
        if letter is not None and self._base and piece.opens:
            self._add_letter(letter["letter"].lower())

    def _follows(self, found: re.Match[str], opens: bool) -> bool:
        number, following = found["number"], found["next"]
        if _MONTH.match(following):
            return False
        if not _OPENING.match(following):
            return not following[0].islower() and number == _successor(self._base)
        top = int(number.partition(".")[0])
        if "." in number:
            if any(len(part) > 1 and part[0] == "0" for part in number.split(".")):
                return False
            if top == self._top:
                return True
            return self._top < top <= self._top + _FURTHEST or (opens and self._top == 0 and top <= _FURTHEST)
        if not opens or (self._base and "." in self._base and top < self._top):
            return False
        return top == self._top + 1 or (found["mark"] == "." and self._top < top <= self._top + _FURTHEST)

    def _add_letter(self, letter: str) -> None:
        roman = _ROMAN.fullmatch(letter) is not None
        if len(letter) > 1 and not roman:
            return
        if not self._letters:
            self._letters = [letter]
        elif roman and not _is_next(self._letters[0], letter) and not _ROMAN.fullmatch(self._letters[0]):
            self._letters = [self._letters[0], letter]
        elif len(self._letters) == 2 and not roman:
            self._letters = [letter]
        else:
            self._letters = [*self._letters[:-1], letter]


def _is_next(before: str, letter: str) -> bool:
    return len(before) == len(letter) == 1 and ord(letter) == ord(before) + 1


def _successor(number: str) -> str:
    """Return the number after one with parts: "3.2" after "3.1"; empty for others."""
    parent, _, last = number.rpartition(".")
    return f"{parent}.{int(last) + 1}" if parent else ""
