"""Read Excel 97-2003 workbooks with xlrd: each sheet is a page, as in xlsx.py."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd  # type: ignore[import-untyped]

from ingest.formats.office.ooxml.left_out import left_out
from ingest.formats.office.xls_drawings import OnSheet, beside_cells
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.cell_value import cell_text
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.tables import names_columns
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.how_to_read import password_needed
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText, TooLarge
from vault.records import ElementKind, Page


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the xls at `path`. Hidden sheets are read too, with a warning.

    Raises PasswordProtected, DamagedFile, NoText, TooLarge.
    """
    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise password_needed("The workbook") from error
        raise DamagedFile("The workbook is broken. Open it in Excel and save it again as xlsx.") from error
    if book.nsheets > limits.pages:
        raise TooLarge(
            f"The workbook has {book.nsheets:,} sheets, above the limit of {limits.pages:,}. Split it."
        )
    pages: list[Page] = []
    beside, held = beside_cells(path)
    pictures = PictureWords(limits)
    for number, sheet in enumerate(book.sheets(), 1):
        composer = PageComposer(limits)
        here = beside.get(sheet.name, OnSheet())
        for kind, text in here.running:
            if kind == "Header":
                composer.add(ElementKind.PAGE_HEADER, text)
        rows = list(_rows(book, sheet))
        composer.table(rows, header=names_columns(rows[:20]))
        for note in sheet.cell_note_map.values():
            composer.comment(note.author, note.text)
        for text in left_out(here.texts, composer.page(1).text):
            composer.add(ElementKind.PARAGRAPH, text)
        if number == 1:
            for content in held:
                pictures.add(composer, content)  # the file does not say plainly on which sheet
        for kind, text in here.running:
            if kind == "Footer":
                composer.add(ElementKind.PAGE_FOOTER, text)
        pages.append(composer.page(number, f"Sheet {sheet.name}"))
    if not any(page.text for page in pages) and not pictures.unread:
        raise NoText("The workbook has no values. If it contains pictures or charts, print it to PDF.")
    hidden = [sheet.name for sheet in book.sheets() if sheet.visibility != 0]
    notice = (f"Hidden sheets were read too: {', '.join(hidden[:20])}.",) if hidden else ()
    return ParsedDocument(
        FileType.XLS.media_type, "", tuple(pages), warnings=notice, unread=tuple(pictures.unread)
    )


def _rows(book: Any, sheet: Any) -> Iterator[list[str]]:
    """Yield the rows that are not empty, without empty cells at their ends."""
    for index in range(sheet.nrows):
        cells = [_cell(book, cell) for cell in sheet.row(index)]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield cells


def _cell(book: Any, cell: Any) -> str:
    """Return the text of a cell."""
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value), "")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return cell_text(_date(cell.value, book.datemode), "")
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        value = int(cell.value) if cell.value == int(cell.value) and abs(cell.value) < 1e15 else cell.value
        return cell_text(value, _format(book, cell))
    return str(cell.value)


def _date(value: float, datemode: int) -> object:
    """Convert a date number to a time or datetime; return the number if it is out of range."""
    if 0 <= value < 1:
        return (datetime.datetime(1900, 1, 1) + datetime.timedelta(days=value)).time()
    try:
        return xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return value


def _format(book: Any, cell: Any) -> str:
    """Return the number format of a cell; empty if the file has none."""
    if cell.xf_index is None or cell.xf_index >= len(book.xf_list):
        return ""
    found = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return str(found.format_str) if found else ""
