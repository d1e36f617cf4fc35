"""Decide whether rows that share columns are a table, and not prose, an address or a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.formats.grid.columns import Columns, cells_of
from ingest.formats.grid.parts import GridRow, Part
from vault.text.dates.months import MONTH_NAME, WEEKDAY_START

LABEL = re.compile(r"(?P<label>[A-ZÀ-Þ][^\W\d_][^:;?!|\r\n]{0,38}?)\s?:(?=\s|$)")
_CAPTIONS = ("table ", "figure ", "fig. ")
_MOST_WORDS = 5  # of a label
_LETTER = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(
    r"\W{0,3}(?:(?-i:[A-Z]{3})\W{0,2}|ca\.? |approx\.? |about |up to "
    rf"|(?:{MONTH_NAME}|{WEEKDAY_START}[a-z]*)[., ]+)?\W?\d",
    re.IGNORECASE,
)
_LONGEST_FIGURE = 24
_LEADERS = re.compile(r"(?:\. ?){6}")
_WIDE = 0.9  # of the height of a line: a gap that no line of prose has
_EDGE = 0.3  # of the height of a line: edges this close are in line
_PROSE = 28  # characters of a typical line of a column of prose
_SHORT = 16  # characters of a typical cell
_KEY = 48  # characters of a typical first cell where there are two columns


def is_label(text: str) -> bool:
    """Return whether a text begins with the name of a field and a colon ("Born: 3 May 1950")."""
    found = LABEL.match(text)
    return (
        found is not None
        and len(found["label"].split()) <= _MOST_WORDS
        and not found["label"].lower().startswith(_CAPTIONS)
    )


def is_form_line(parts: Sequence[Part]) -> bool:
    """Return whether a row is a line of a form: it begins with a field and its value, or has two fields."""
    labels = [part for part in parts if is_label(part.text)]
    return len(labels) > 1 or (bool(labels) and labels[0] is parts[0] and not parts[0].text.endswith(":"))


def is_figure(text: str) -> bool:
    """Return whether a cell holds a number, date, quantity or the like, and not a sentence or an address."""
    digits = sum(map(str.isdigit, text))
    return (
        digits * 4 + 1 >= len(_LETTER.findall(text))
        and len(text) <= _LONGEST_FIGURE
        and len(text.split()) <= 4
        and _FIGURE.match(text) is not None
    )


def has_digit(text: str) -> bool:
    """Return whether a text has a digit."""
    return any(map(str.isdigit, text))


def header_rows(rows: Sequence[GridRow], columns: Columns) -> int:
    """Return how many of the first rows name the columns."""
    bold = 0
    while bold < len(rows) and rows[bold].bold and len(rows[bold].parts) > 1:
        bold += 1
    if 0 < bold < len(rows) and not all(row.bold for row in rows):
        return min(bold, 3)
    figures = figure_columns(rows[1:], columns)
    if len(rows) < 2 or not _names(rows[0]):
        return 0
    if not figures:
        return int(_are_codes(rows, columns))
    count = 1
    while count < min(3, len(rows) - 1):
        row = rows[count]
        cells = cells_of(row.parts, columns)
        named = [index for index in figures if cells[index]]
        above = cells_of(rows[count - 1].parts, columns)
        spanned = len(cells) > sum(map(bool, above)) and all(cells)
        if not _names(row) or len(named) * 2 < len(figures):
            break
        if cells[0] and not _is_units(row) and not spanned:
            break
        count += 1
    first = cells_of(rows[0].parts, columns)
    return count if any(first[index] for index in figures) or count > 1 else 0


def _names(row: GridRow) -> bool:
    """Return whether a row may name columns: two parts or more, none a figure."""
    digits = sum(has_digit(part.text) for part in row.parts)
    return (
        len(row.parts) > 1 and digits * 3 <= len(row.parts) and not any(is_figure(p.text) for p in row.parts)
    )


def _are_codes(rows: Sequence[GridRow], columns: Columns) -> bool:
    """Return whether below the words of the first row stand letters and marks, as in a rota."""
    texts = _texts(rows[1:], columns)[1:]
    names = _texts(rows[:1], columns)[1:]
    shorter = sum(
        bool(name) and bool(cells) and median(map(len, cells)) <= 2 < len(name[0])
        for name, cells in zip(names, texts, strict=True)
    )
    return len(columns) > 2 and shorter * 10 >= 6 * len(names)


def _is_units(row: GridRow) -> bool:
    """Return whether the row below the names looks like a second line of them, such as units in brackets."""
    return sum(part.text.startswith(("(", "[")) or "/" in part.text for part in row.parts) * 2 >= len(
        row.parts
    )


def figure_columns(rows: Sequence[GridRow], columns: Columns) -> list[int]:
    """Return the columns in which most cells hold figures."""
    texts = _texts(rows, columns)
    found = []
    for index, cells in enumerate(texts):
        if len(cells) and sum(map(is_figure, cells)) * 10 >= 6 * len(cells):
            found.append(index)
    return found


def _texts(rows: Sequence[GridRow], columns: Columns) -> list[list[str]]:
    """Return the texts in each column."""
    texts: list[list[str]] = [[] for _ in columns]
    for row in rows:
        for index, parts in enumerate(cells_of(row.parts, columns)):
            if parts:
                texts[index].append(" ".join(part.text for part in parts))
    return texts


def is_table(rows: Sequence[GridRow], columns: Columns) -> bool:
    """Return whether rows with these columns are surely a table."""
    full = [row for row in rows if len(row.parts) > 1]
    if len(columns) < 2 or len(full) < 2 or len(columns) > 40:
        return False
    header = header_rows(rows, columns)
    body = full[header:] if header else full
    if not body or _is_form(full) or not _has_rivers(full, columns):
        return False
    texts = _texts(body, columns)
    lengths = [median(map(len, cells)) if cells else 0 for cells in texts]
    figures = [index for index in figure_columns(body, columns) if index or len(columns) > 2]
    if _is_contents(texts, header and rows[0].text):
        return False
    figures = [index for index in figures if not _is_numbering(texts[index])]
    long = sum(length >= _PROSE for length in lengths)
    if long > 1 and (not figures or long * 2 > len(columns)):
        return False
    bold = header > 0 and rows[0].bold
    filled = sum(map(len, texts)) / (len(body) * len(columns))
    if len(full) == 2:
        named = header == 1 and len(rows[0].parts) == len(columns) and filled > 0.7
        return named and len(columns) > 3 and len(figures) > 1 and not long
    if len(columns) == 2:
        return (
            lengths[0] <= _KEY
            and (bool(figures) or (bold and lengths[0] <= _PROSE and len(body) > 1))
            and filled > 0.7
        )
    if bold or (figures and (header or figures != [0])):
        return filled >= 0.5
    if figures:
        return False  # numbers of sections before their titles
    if _is_numbering(texts[0]):
        return False
    return (
        len(full) > 3
        and filled > 0.55
        and sum(length <= _SHORT for length in lengths[1:]) * 3 >= 2 * (len(lengths) - 1)
        and (len(columns) > 3 or len(full) > 5)
    )


def _is_form(rows: Sequence[GridRow]) -> bool:
    """Return whether most rows begin with the name of a field, or are lines to write on."""
    labels = sum(any(is_label(part.text) for part in row.parts) for row in rows)
    lines = sum(row.text.count("_") > 4 or _LEADERS.search(row.text) is not None for row in rows)
    return labels * 2 >= len(rows) or lines * 3 >= len(rows)


def _is_contents(texts: Sequence[Sequence[str]], header: str | int) -> bool:
    """Return whether the rows are a list of contents: page numbers that rise, and no other figures."""
    numbers = texts[-1]
    if len(numbers) < 3 or not all(text.isdigit() and len(text) < 4 for text in numbers):
        return False
    if any(is_figure(text) for cells in texts[1:-1] for text in cells):
        return False
    rises = all(int(a) <= int(b) for a, b in pairwise(numbers))
    return rises and (not header or str(header).lower().split()[-1].startswith("page"))


def _is_numbering(cells: Sequence[str]) -> bool:
    """Return whether a column only counts its rows: 1, 2, 3 or (1), (2), (3)."""
    numbers = [int(text) for text in (cell.strip("().") for cell in cells) if text.isdecimal()]
    return len(numbers) == len(cells) and all(b - a == 1 for a, b in pairwise(numbers))


def _has_rivers(rows: Sequence[GridRow], columns: Columns) -> bool:
    """Return whether between all columns there are wide gaps, or edges that are in line."""
    placed = [cells_of(row.parts, columns) for row in rows]
    sure = 0
    for index in range(1, len(columns)):
        pairs = [(cells[index - 1], cells[index]) for cells in placed if cells[index]]
        wide = sum(
            not before or min(p.left for p in own) - max(p.right for p in before) >= _WIDE * own[0].size
            for before, own in pairs
        )
        own = [parts for _, parts in pairs]
        if pairs and (wide * 3 >= 2 * len(pairs) or _in_line(own)):
            sure += 1
    aligned = sum(
        _in_line([cells[index] for cells in placed if cells[index]]) for index in range(len(columns))
    )
    return sure == len(columns) - 1 and aligned * 2 >= len(columns)


def _in_line(cells: Sequence[Sequence[Part]]) -> bool:
    """Return whether most cells of a column have the same left or right edge or middle."""
    if len(cells) < 2:
        return bool(cells)
    near = _EDGE * cells[0][0].size
    edges = (
        [min(part.left for part in parts) for parts in cells],
        [max(part.right for part in parts) for parts in cells],
        [(min(part.left for part in parts) + max(part.right for part in parts)) / 2 for parts in cells],
    )
    return any(
        max(sum(abs(value - other) <= near for other in values) for value in values) * 10 >= 7 * len(values)
        for values in edges
    )
