"""Read Excel workbooks with openpyxl: each sheet is a page, each row a line, values are as the sheet shows.

The library unstructured is not used here: it uses data frames, which change dates and drop empty cells.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl  # type: ignore[import-untyped]

from ingest.formats.office.computed import compute
from ingest.formats.office.ooxml.comments import sheet_comments
from ingest.formats.office.ooxml.package import open_ooxml
from ingest.formats.office.ooxml.sheet_drawings import add_sheet_drawings, parts_of_sheets
from ingest.formats.office.ooxml.sheet_layout import SheetLayout, layout_of
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.cell_value import cell_text
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.container import check_container
from ingest.formats.structure.tables import names_columns
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge, UnsupportedType
from vault.records import ElementKind, Page, Unread

_COLUMNS = 1000  # a sheet may have 16,384; cells further right are not part of a real table
_EMPTY_ROWS = 10_000  # after so many the sheet has ended, whatever size it claims
_LISTED = 20

_Results = Mapping[tuple[str, str], object]
"""Results that were computed here, by (sheet, cell)."""


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the xlsx at `path`. Formulas give their last computed value; where there is none, it is computed.

    Hidden sheets, rows and columns are read too, with a warning. Raises NoText, TooLarge, UnsupportedType
    (strict form), DamagedFile, PasswordProtected.
    """
    check_container(path, limits)
    # Give openpyxl a stream: it rejects paths without a known ending, and originals in the vault have none.
    stream = open_ooxml(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except BaseException:
        stream.close()
        raise
    try:
        sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
        if not sheets:
            raise UnsupportedType(
                "The workbook has no sheet that can be read; it may be in Excel's strict form. Save it as an "
                "ordinary workbook (xlsx) and load that."
            )
        if len(sheets) > limits.pages:
            raise TooLarge(
                f"The workbook has {len(sheets):,} sheets, above the limit of {limits.pages:,}. Split it."
            )
        with zipfile.ZipFile(stream) as archive:
            pages, unread, notices = _read(archive, stream, sheets, limits)
        title = " ".join((book.properties.title or "").split())
    finally:
        book.close()
        stream.close()
    if not any(page.text for page in pages) and not unread:
        raise NoText(
            "The workbook has no values. If it contains pictures or charts, print it to PDF and load that."
        )
    return ParsedDocument(
        FileType.XLSX.media_type, title, tuple(pages), warnings=tuple(notices), unread=tuple(unread)
    )


def _read(
    archive: zipfile.ZipFile, stream: BinaryIO, sheets: list[Any], limits: ParseLimits
) -> tuple[list[Page], list[Unread], list[str]]:
    """Return the pages, what was not read, and the warnings."""
    comments = sheet_comments(archive)
    parts = parts_of_sheets(archive)
    pictures = PictureWords(limits)
    layouts = {sheet.title: layout_of(_part(archive, parts.get(sheet.title, ""))) for sheet in sheets}
    unstored = {title: dict(layout.unstored) for title, layout in layouts.items() if layout.unstored}
    results: _Results = {}
    if unstored:
        stream.seek(0)
        size = sum(member.file_size for member in archive.infolist())
        results = compute(stream.read(), unstored, size)
    pages: list[Page] = []
    unread: list[Unread] = []
    for number, sheet in enumerate(sheets, 1):
        where = f"sheet {sheet.title}"
        composer = PageComposer(limits)
        rows = list(_rows(sheet, layouts[sheet.title], results, limits))
        composer.table(rows, header=names_columns(rows[:20]))
        missing = [cell for cell in unstored.get(sheet.title, ()) if (sheet.title, cell) not in results]
        computed = [cell for cell in unstored.get(sheet.title, ()) if (sheet.title, cell) in results]
        if computed:
            composer.add(
                ElementKind.PAGE_FOOTER,  # never an answer: the document does not say it
                f"Computed here, because the file holds formulas without results: {_some(computed)}.",
            )
        if missing:
            why = "The file holds no result, and it cannot be computed here. Open it in Excel and save it."
            unread.append(Unread("Formulas", f"{where}, {_some(missing)}", why))
        for cell, author, text in comments.get(sheet.title, ()):
            composer.comment(author, text, place=cell)
        add_sheet_drawings(composer, archive, parts.get(sheet.title, ""), pictures, where)
        pages.append(composer.page(number, f"Sheet {sheet.title}"))
    return pages, [*unread, *pictures.unread], list(_hidden_notices(sheets, layouts))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of the file; nothing if it is missing."""
    return archive.read(name) if name in archive.namelist() else b""


def _hidden_notices(sheets: list[Any], layouts: Mapping[str, SheetLayout]) -> Iterator[str]:
    """Yield the warnings that name hidden sheets, rows and columns."""
    hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
    if hidden:
        yield f"Hidden sheets were read too: {', '.join(hidden[:_LISTED])}."
    for title, layout in layouts.items():
        if layout.hidden_rows:
            yield f"Hidden rows of sheet {title} were read too: {_some(layout.hidden_rows)}."
        if layout.hidden_columns:
            yield f"Hidden columns of sheet {title} were read too: {_some(layout.hidden_columns)}."


def _some(items: Any) -> str:
    """List the first items, and how many more there are."""
    shown = ", ".join(map(str, items[:_LISTED]))
    return shown if len(items) <= _LISTED else f"{shown} and {len(items) - _LISTED:,} more"


def _rows(sheet: Any, layout: SheetLayout, results: _Results, limits: ParseLimits) -> Iterator[list[str]]:
    """Yield the rows that are not empty as texts, without empty cells at their ends.

    A cell that is merged over several rows has its text in each of them. Raises TooLarge.
    """
    sheet.reset_dimensions()  # the size that a sheet claims is often wrong
    empty = characters = 0
    merged = list(reversed(layout.merged))
    held: dict[int, tuple[int, str]] = {}
    computed = {cell: value for (title, cell), value in results.items() if title == sheet.title}
    for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS), 1):
        cells = [_cell(cell, computed) for cell in row]
        for column, (last, text) in list(held.items()):
            if number > last:
                del held[column]
                continue
            cells += [""] * (column - len(cells))
            cells[column - 1] = cells[column - 1] or text
        while merged and merged[-1][0] <= number:
            _, last, column, _ = merged.pop()
            if column <= len(cells) and cells[column - 1]:
                held[column] = last, cells[column - 1]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            empty += 1
            if empty > _EMPTY_ROWS:
                return
            continue
        empty = 0
        characters += sum(map(len, cells))
        if characters > limits.characters:
            raise TooLarge(f"The workbook has more than {limits.characters:,} characters. Split it.")
        yield cells


def _cell(cell: Any, computed: Mapping[str, object]) -> str:
    """Return the text of a cell, or of the result that was computed for it."""
    value = cell.value
    if value is None and computed:
        value = computed.get(getattr(cell, "coordinate", ""))
    return cell_text(value, cell.number_format) if value is not None else ""
