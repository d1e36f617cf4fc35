"""Excel workbooks with openpyxl: a page for each sheet, a line for each row, values as the sheet shows them.

unstructured reads sheets through data frames, which turn dates to timestamps and drop empty cells.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from ingest.formats.office.ooxml import opened
from ingest.formats.office.ooxml_comments import sheet_comments
from ingest.formats.structure.cell_value import shown
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.container import check_container
from ingest.formats.structure.tables import names_columns
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge, UnsupportedType
from vault.records import Page

_COLUMNS = 1000  # a sheet has 16,384; what stands further right is no table for people
_EMPTY_ROWS = 10_000  # in a row: then the sheet has ended, whatever size it claims


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the xlsx at `path`; formulas give the value that was last computed.

    Hidden sheets are read, with a warning. Raises: NoText, TooLarge, UnsupportedType (strict form),
    DamagedFile, PasswordProtected.
    """
    check_container(path, limits)
    # By its bytes: openpyxl refuses a path by its ending, and an original in the vault has none.
    stream = opened(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except BaseException:
        stream.close()
        raise
    try:
        with zipfile.ZipFile(stream) as archive:
            comments = sheet_comments(archive)
        sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
        if not sheets:
            raise UnsupportedType(
                "The workbook has no sheet that can be read; it may be in Excel's strict form. Save it as an "
                "ordinary workbook (xlsx) and load that."
            )
        if len(sheets) > limits.pages:
            raise TooLarge(f"The workbook has {len(sheets):,} sheets, above the limit of {limits.pages:,}.")
        pages: list[Page] = []
        for number, sheet in enumerate(sheets, 1):
            composer = PageComposer(limits)
            rows = list(_rows(sheet, limits))
            composer.table(rows, header=names_columns(rows[:20]))
            for cell, author, text in comments.get(sheet.title, ()):
                composer.comment(author, text, place=cell)
            pages.append(composer.page(number, f"Sheet {sheet.title}"))
        hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
        title = " ".join((book.properties.title or "").split())
    finally:
        book.close()
        stream.close()
    if not any(page.text for page in pages):
        raise NoText(
            "The workbook holds no values. If it holds pictures or charts, print it to PDF and load that."
        )
    notice = (f"Hidden sheets were read too: {', '.join(hidden[:20])}.",) if hidden else ()
    return ParsedDocument(FileType.XLSX.media_type, title, tuple(pages), warnings=notice)


def _rows(sheet: Any, limits: ParseLimits) -> Iterator[list[str]]:
    """The rows that hold anything, cells as text, without the empty ones at their ends."""
    sheet.reset_dimensions()  # what a sheet claims of its size is often wrong
    empty = characters = 0
    for row in sheet.iter_rows(max_col=_COLUMNS):
        cells = [shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]
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
            raise TooLarge(f"The workbook holds more than {limits.characters:,} characters. Split it.")
        yield cells
