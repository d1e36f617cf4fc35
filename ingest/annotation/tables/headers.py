"""Decide which rows name the columns of a table, and which are fields of a form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.annotation.tables.cells import CellKind, kind_of_cell
from vault.text.lists.names import FOREIGN_TITLES, TITLES, TITLES_OF_NURSES

_LONGEST_NAME = 70
_WITH_TITLE = re.compile(
    rf"(?:{'|'.join(sorted(TITLES | FOREIGN_TITLES | TITLES_OF_NURSES))})\b\.?\s", re.IGNORECASE
)
_FIELD_NAMES = re.compile(
    r"(?:patient|client|resident|tenant|landlord|claimant|defendant|employee|employer|supplier|customer|buyer"
    r"|seller|lender|borrower|insured|insurer|policy ?holder|member|applicant|respondent|owner|author|title"
    r"|name|surname|first name|forenames?|born|dob|d\.o\.b\.?|date of birth|birth ?date|sex|gender|age"
    r"|address|telephone|phone|mobile|e-?mail|next of kin|gp|consultant|ward|bed|room|allerg(?:y|ies)"
    r"|(?:\w+ )?(?:number|no\.?|ref(?:erence)?\.?|id)|reason|diagnosis|version|replaces|status|date|dated"
    r"|in force from|review due|subject|matter|from|to|cc|property|premises|rent|term|deposit|sheet|period"
    r"|prepared by|checked by|signed|signature|company|account|iban|bank|total|balance|due date"
    r"|nurse in charge|on-call doctor|invoice|terms|currency)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\][]*\]")
_IN_A_VALUE = re.compile(r"(?<![(/\w])\d|,|\bto\b")
_FIELD_COLUMN = re.compile(
    r"(?:items?|fields?|particulars?|details?|headings?|questions?|topics?|labels?|features?|key|points?"
    r"|propert(?:y|ies) of the \w+|what|information|entry|criterion|criteria|attributes?)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"[.!?]\s+\w|;|\d{3,}|^[☐☒]")


def kinds_of(cells: Sequence[str]) -> list[CellKind]:
    """Return what stands in each cell."""
    return [kind_of_cell(cell) for cell in cells]


def names_columns(cells: Sequence[str]) -> bool:
    """Return whether a row may name columns: two or more short names, or a first name and then dates."""
    kinds = kinds_of(cells)
    filled = [(cell, kind) for cell, kind in zip(cells, kinds, strict=True) if kind is not CellKind.EMPTY]
    if len(filled) < 2:
        return False
    if all(kind is CellKind.TEXT and is_name(cell) for cell, kind in filled):
        return True
    return is_matrix_header(cells)


def is_matrix_header(cells: Sequence[str]) -> bool:
    """Return whether the columns are dates: text or nothing first, then two or more dates and only names."""
    kinds = kinds_of(cells)
    if kinds[0] not in (CellKind.TEXT, CellKind.EMPTY) or len(cells) < 3:
        return False
    dates = sum(kind is CellKind.DATE for kind in kinds[1:])
    others = [
        cell
        for cell, kind in zip(cells[1:], kinds[1:], strict=True)
        if kind not in (CellKind.DATE, CellKind.EMPTY)
    ]
    return dates >= 2 and dates >= len(others) and all(is_name(cell) for cell in others)


def dated_below(kinds: Sequence[CellKind], following: Sequence[Sequence[str]]) -> bool:
    """Return whether a row below has dates in most columns where a row has some: from and to, not names.

    One is not enough: among measurements 1948 looks like a year.
    """
    dates = [column for column, kind in enumerate(kinds) if kind is CellKind.DATE]
    return any(
        2 * sum(column < len(cells) and kind_of_cell(cells[column]) is CellKind.DATE for column in dates)
        > len(dates)
        for cells in following
    )


def column_names(headers: Sequence[Sequence[str]]) -> list[str]:
    """Return the names of the columns; a name above several columns goes before each of theirs."""
    if len(headers) == 1:
        return [cell or f"column {index}" for index, cell in enumerate(headers[0], start=1)]
    upper, lower = headers[0], headers[1]
    if sum(map(bool, upper)) == 1 and all(lower):
        # How far a single name reaches is not known: it would be put before columns that it is not above.
        return list(lower)
    names, above = [], ""
    for index in range(max(len(upper), len(lower))):
        above = (upper[index] if index < len(upper) else "") or above
        below = lower[index] if index < len(lower) else ""
        names.append(
            " ".join(filter(None, (above, below if below != above else ""))) or f"column {index + 1}"
        )
    return names


def is_name(cell: str) -> bool:
    """Return whether a text may name a column or a field."""
    return (
        0 < len(cell) <= _LONGEST_NAME
        and len(cell.split()) <= 9
        and not _NOT_A_NAME.search(cell)
        and not _WITH_TITLE.match(cell)
    )


def has_figures(cell: str) -> bool:
    """Return whether a text has a number outside brackets, as values have and names seldom do."""
    return any(map(str.isdigit, _IN_BRACKETS.sub("", cell)))


def heads_fields(cells: Sequence[str]) -> bool:
    """Return whether two names stand above fields and their values: "Item | Agreed", "Question | Answer"."""
    return len(cells) == 2 and _FIELD_COLUMN.fullmatch(cells[0].rstrip(": ")) is not None


def is_form(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows of at most two cells are fields with values, the first row too.

    "Patient | Mr Torquil Abernathy", "Born | 02.12.1949" are; "Fee earner | Rate" above numbers are not.
    """
    rows = list(itertools.dropwhile(_is_bare_name, rows))
    if not rows or not rows[0][1]:
        return False
    first, *others = rows
    if not is_name(first[0]) or kind_of_cell(first[0]) is not CellKind.TEXT:
        return False
    if (
        kind_of_cell(first[1]) is not CellKind.TEXT
        or not is_name(first[1])
        or _IN_A_VALUE.search(_IN_BRACKETS.sub("", first[1]))
    ):
        return all(kind_of_cell(row[0]) in (CellKind.TEXT, CellKind.IDENTIFIER) for row in rows if row[0])
    keys = [row[0] for row in others if row and row[0]]
    if not keys:
        return bool(_FIELD_NAMES.fullmatch(first[0].rstrip(": ")))
    values = [kind_of_cell(row[1]) for row in others if len(row) > 1 and row[1]]
    known = sum(_FIELD_NAMES.fullmatch(key.rstrip(": ")) is not None for key in keys)
    return (
        _FIELD_NAMES.fullmatch(first[0].rstrip(": ")) is not None
        and known * 4 >= len(keys)
        and (len(set(values)) > 1 or known * 2 >= len(keys))
    )


def _is_bare_name(cells: Sequence[str]) -> bool:
    return len(cells) < 2 or bool(cells[0] and not cells[1])
