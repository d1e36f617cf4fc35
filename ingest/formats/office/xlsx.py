"""Read Excel workbooks with openpyxl: each sheet is a page, each row a line, values are as the sheet shows.

The library unstructured is not used here: it uses data frames, which change dates and drop empty cells.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl  # type: ignore[import-untyped]

from ingest.formats.office.computed import compute
from ingest.formats.office.ooxml.comments import sheet_comments
from ingest.formats.office.ooxml.package import open_ooxml
from ingest.formats.office.ooxml.relations import parsed_part
from ingest.formats.office.ooxml.sheet_drawings import (
    BesideCells,
    add_pictures_in_cells,
    add_sheet_drawings,
    parts_of_sheets,
)
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
_EMPTY_ROWS = 10_000  # after so many a sheet has ended whose XML does not say where its cells are
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
            beside = BesideCells(PictureWords(limits))
            pages, notices = _read(archive, stream, sheets, beside, limits)
            unread = [*beside.unread, *beside.pictures.unread, *_pivot_sources(archive)]
        title = " ".join((book.properties.title or "").split())
    finally:
        book.close()
        stream.close()
    if not any(page.text for page in pages) and not unread and not beside.attachments:
        raise NoText(
            "The workbook has no values. If it contains pictures or charts, print it to PDF and load that."
        )
    return ParsedDocument(
        FileType.XLSX.media_type,
        title,
        tuple(pages),
        warnings=tuple(notices),
        attachments=tuple(beside.attachments),
        unread=tuple(unread),
    )


def _read(
    archive: zipfile.ZipFile, stream: BinaryIO, sheets: list[Any], beside: BesideCells, limits: ParseLimits
) -> tuple[list[Page], list[str]]:
    """Return the pages and the warnings; what lies beside the cells, or is not read, goes to `beside`."""
    comments = sheet_comments(archive)
    parts = parts_of_sheets(archive)
    layouts = {
        sheet.title: layout_of(_part(archive, parts.get(sheet.title, "")), _COLUMNS) for sheet in sheets
    }
    unstored = {title: dict(layout.unstored) for title, layout in layouts.items() if layout.unstored}
    results: _Results = {}
    if unstored:
        stream.seek(0)
        size = sum(member.file_size for member in archive.infolist())
        results = compute(stream.read(), unstored, size)
    pages: list[Page] = []
    for number, sheet in enumerate(sheets, 1):
        where = f"sheet {sheet.title}"
        composer = PageComposer(limits)
        layout = layouts[sheet.title]
        for kind, text in layout.running:
            if kind == "Header":
                composer.add(ElementKind.PAGE_HEADER, text)
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
            beside.unread.append(Unread("Formulas", f"{where}, {_some(missing)}", why))
        if layout.far:
            why = f"Only {_COLUMNS:,} columns are read. Move what is right of them to a sheet of its own."
            beside.unread.append(Unread("Cells far to the right", where, why))
        for cell, author, text in comments.get(sheet.title, ()):
            composer.comment(author, text, place=cell)
        for text in layout.hints:
            composer.add(ElementKind.NOTE, text)
        add_sheet_drawings(composer, archive, parts.get(sheet.title, ""), beside, where)
        if number == 1:
            add_pictures_in_cells(composer, archive, beside)
        for kind, text in layout.running:
            if kind == "Footer":
                composer.add(ElementKind.PAGE_FOOTER, text)
        pages.append(composer.page(number, f"Sheet {sheet.title}"))
    for name in [name for name in parts if name not in layouts]:
        composer = PageComposer(limits)  # a sheet of its own for a chart
        add_sheet_drawings(composer, archive, parts[name], beside, f"sheet {name}")
        if composer.page(1).text:
            pages.append(composer.page(len(pages) + 1, f"Sheet {name}"))
    return pages, list(_hidden_notices(sheets, layouts))


def _pivot_sources(archive: zipfile.ZipFile) -> Iterator[Unread]:
    """Yield what pivot tables keep of a source that the workbook does not hold."""
    sheets = set(parts_of_sheets(archive))
    for name in archive.namelist():
        if not re.fullmatch(r"xl/pivotCache/pivotCacheDefinition\d*\.xml", name):
            continue
        source = next(parsed_part(archive, name).iter("{*}worksheetSource"), None)
        if source is None or (source.get("sheet") and source.get("sheet") not in sheets):
            why = "Its source is not in the workbook. Open it in Excel and show the details of the table."
            yield Unread("Data behind a pivot table", "", why)


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
    before: Any = None
    merged = list(reversed(layout.merged))
    held: dict[int, tuple[int, str]] = {}
    computed = {cell: value for (title, cell), value in results.items() if title == sheet.title}
    for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS), 1):
        if number > layout.last_row > 0:
            return
        if row is before and not held:
            empty += 1
            continue  # the same empty row again, of a gap that may be very long
        before = row
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
            if empty > _EMPTY_ROWS and not layout.last_row:
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
