"""Read Excel workbooks with openpyxl: each sheet is a page, each row a line, values are as the sheet shows.

The library unstructured is not used here: it uses data frames, which change dates and drop empty cells.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from ingest.formats.office.ooxml.comments import sheet_comments
from ingest.formats.office.ooxml.package import open_ooxml
from ingest.formats.structure.cell_value import cell_text
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.container import check_container
from ingest.formats.structure.tables import names_columns
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge, UnsupportedType
from vault.records import Page

_COLUMNS = 1000  # a sheet may have 16,384; cells further right are not part of a real table
_EMPTY_ROWS = 10_000  # after so many the sheet has ended, whatever size it claims


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the xlsx at `path`. Formulas give their last computed value.

    Hidden sheets are read too, with a warning. Raises NoText, TooLarge, UnsupportedType (strict form),
    DamagedFile, PasswordProtected.
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
        with zipfile.ZipFile(stream) as archive:
            comments = sheet_comments(archive)
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
            "The workbook has no values. If it contains pictures or charts, print it to PDF and load that."
        )
    notice = (f"Hidden sheets were read too: {', '.join(hidden[:20])}.",) if hidden else ()
    return ParsedDocument(FileType.XLSX.media_type, title, tuple(pages), warnings=notice)


def _rows(sheet: Any, limits: ParseLimits) -> Iterator[list[str]]:
    """Yield the rows that are not empty as texts, without empty cells at their ends. Raises TooLarge."""
    sheet.reset_dimensions()  # the size that a sheet claims is often wrong
    empty = characters = 0
    for row in sheet.iter_rows(max_col=_COLUMNS):
        cells = [cell_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]
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
