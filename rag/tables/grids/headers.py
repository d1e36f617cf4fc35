"""Name the columns of tables whose header was read as something else: a heading, a first row, a row between.

A header that is set larger than its table is read as a heading; one that holds dates or short codes as the
first row; and where two tables stand close, the second one's header is a row of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.tables.cells.days import cell_date, name_date
from rag.tables.cells.numbers import number_of
from rag.tables.grids.columns import UNNAMED
from vault.annotations import AnnotatedSentence, Table

_LONGEST_NAME = 30
"""Characters. A longer cell names no column."""
_LEAST_COLUMNS = 2
_LEAST_DATES = 2
"""From how many dates a first row of names and dates is surely a header."""
_MOSTLY = 0.6
"""The part of the cells under a word that are numbers or dates, from which the word names their column."""
_GOES_ON = re.compile(r"[a-zà-ÿ(/&%+-]")
"""How a word begins that goes on the name before it: "Seen by", "Drug / route", "Weight (kg)"."""
_JOINS = ("/", "&", "-", "+")


def with_headers(
    table: Table, rows: Sequence[AnnotatedSentence], *, under_header: bool = True
) -> Iterator[tuple[Table, Sequence[AnnotatedSentence]]]:
    """Yield the table, and the ones that begin within it, each with the names of its columns and its rows."""
    known, kept = table, list(rows)
    if unnamed(table.columns):
        known, kept = _named(table, kept, under_header=under_header)
    start = 0
    for place in range(1, len(kept)):
        if place > start and (names := _new_header(kept, place)):
            if kept[start : place - 1]:
                yield known, kept[start : place - 1]
            known = replace(known, columns=names, heading=kept[place - 1].cells[0].text.strip())
            start = place + 1
    yield known, kept[start:]


def unnamed(columns: Sequence[str]) -> bool:
    """Return whether no column of a table of several has a name."""
    return len(columns) >= _LEAST_COLUMNS and all(not name or UNNAMED.fullmatch(name) for name in columns)


def _named(
    table: Table, rows: list[AnnotatedSentence], *, under_header: bool
) -> tuple[Table, list[AnnotatedSentence]]:
    """Return a table without names of columns with those of its first row or of the heading above it."""
    if len(rows) > 1 and _is_header(rows[0], rows[1:]):
        return replace(table, columns=tuple(cell.text.strip() for cell in rows[0].cells)), rows[1:]
    above, _, header = table.heading.rpartition(" › ")
    names = names_in(header)
    if under_header and len(names) == len(table.columns):
        return replace(table, columns=tuple(names), heading=above), rows
    return table, rows


def names_in(header: str) -> list[str]:
    """Return the names in the line of a header; a word in small letters goes on the name before it.

    Example: "Drug / route Dose Seen by" are "Drug / route", "Dose" and "Seen by".
    """
    names: list[str] = []
    for word in header.split():
        if names and (_GOES_ON.match(word) or names[-1].endswith(_JOINS)):
            names[-1] = f"{names[-1]} {word}"
        else:
            names.append(word)
    return names


def _is_header(row: AnnotatedSentence, below: Sequence[AnnotatedSentence]) -> bool:
    """Return whether a first row names the columns: words and dates above numbers."""
    texts = [cell.text.strip() for cell in row.cells]
    if len(texts) < _LEAST_COLUMNS or len(set(texts)) < len(texts):
        return False
    if any(len(text) > _LONGEST_NAME or number_of(text) is not None for text in texts if text):
        return False
    dates = sum(bool(name_date(text)) for text in texts)
    counted = [index for index in range(len(texts)) if _figures_below(index, below)]
    if dates >= _LEAST_DATES:
        return len(counted) >= dates
    return dates == 0 and bool(counted) and all(texts)


def _figures_below(index: int, below: Sequence[AnnotatedSentence]) -> bool:
    cells = [row.cells[index].text for row in below if index < len(row.cells)]
    figures = sum(number_of(cell) is not None or bool(cell_date(cell)) for cell in cells)
    return bool(cells) and figures >= _MOSTLY * len(cells)


def _new_header(rows: Sequence[AnnotatedSentence], place: int) -> tuple[str, ...]:
    """Return the names of the columns where a row names those of the rows below it, under a heading."""
    above, row = rows[place - 1], rows[place]
    if len([cell for cell in above.cells if cell.text.strip()]) != 1 or place + 1 >= len(rows):
        return ()
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    if any(len(text) > _LONGEST_NAME or any(map(str.isdigit, text)) for text in texts):
        return ()
    names = [name for text in texts for name in names_in(text)]
    below = rows[place + 1 :]
    if len(names) < _LEAST_COLUMNS or any(len(one.cells) > len(names) for one in below):
        return ()
    figures = any(_figures_below(index, below) for index in range(len(names)))
    return tuple(names) if figures and len(below[0].cells) == len(names) else ()
