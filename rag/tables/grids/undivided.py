"""Divide rows that are stored without a mark between their cells, where the words leave no doubt.

In a PDF a row is a line of text. Under "Date Sodium Potassium", the row "1 April 2024 135 3.0" has three
parts: a date and two numbers. Rows with cells of several words cannot be divided so, and stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.tables.cells.numbers import UNIT
from vault.annotations import AnnotatedSentence, Cell, Table
from vault.text.dates.find import find_dates

_PIECE = re.compile(
    rf"[<>≤≥]?\s?[-−–+]?[£€$]?\d[\d.,/:]*(?:\s?(?:{UNIT.pattern})(?![\w/]))?|\([^()]*\)|\S+", re.IGNORECASE
)
_LEAST_COLUMNS = 2


def divided(
    table: Table, rows: Sequence[AnnotatedSentence]
) -> tuple[Table, Sequence[AnnotatedSentence]] | None:
    """Return the table and its rows with their cells; None where the rows cannot surely be divided.

    Each row must have as many parts as the header has words, and hold a date or a number.
    """
    if len(table.columns) != 1 or not rows or any(len(row.cells) != 1 for row in rows):
        return None
    first = rows[0].cells[0].text
    within = not any(character.isdigit() for character in first)
    header = first if within else table.heading.rpartition(" › ")[2]
    names = _names(header)
    body = rows[1:] if within else rows
    if len(names) < _LEAST_COLUMNS or not body:
        return None
    made = [_divide(row, names) for row in body if row.cells[0].text.split() != header.split()]
    kept = [row for row in made if row is not None]
    if not made or len(kept) < len(made):
        return None
    columns = tuple(names)
    return replace(table, columns=columns, rows=len(kept)), kept


def _names(header: str) -> list[str]:
    """Return the words of a header, each with the unit in brackets after it."""
    names: list[str] = []
    for word in re.findall(r"\([^()]*\)|\S+", header):
        if word.startswith("(") and names:
            names[-1] = f"{names[-1]} {word}"
        else:
            names.append(word)
    return names


def _divide(row: AnnotatedSentence, names: Sequence[str]) -> AnnotatedSentence | None:
    whole = row.cells[0]
    places: list[tuple[int, int]] = []
    place = 0
    for found in [*find_dates(whole.text), None]:
        end = len(whole.text) if found is None else found.start
        places += [piece.span() for piece in _PIECE.finditer(whole.text, place, end)]
        if found is not None:
            places.append((found.start, found.end))
            place = found.end
    if len(places) != len(names) or not any(whole.text[a:b][:1].isdigit() for a, b in places):
        return None
    cells = tuple(
        Cell(name, whole.text[start:end], whole.start + start, whole.start + end)
        for name, (start, end) in zip(names, places, strict=True)
    )
    return replace(row, cells=cells)
