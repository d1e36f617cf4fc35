"""Read binary Excel workbooks (xlsb): values with calamine; comments, boxes, pictures by ourselves."""

from __future__ import annotations

import datetime
import struct
import zipfile
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from ingest.formats.office.ooxml.binary_parts import binary_comments, parts_of_binary_sheets
from ingest.formats.office.ooxml.sheet_drawings import BesideCells, add_sheet_drawings
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.cell_value import cell_text
from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.container import check_container
from ingest.formats.structure.tables import names_columns
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText, TooLarge
from vault.records import Page


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the xlsb at `path`: each sheet is a page, each row a line.

    Raises NoText, TooLarge, DamagedFile, PasswordProtected.
    """
    check_container(path, limits)
    pages: list[Page] = []
    beside = BesideCells(PictureWords(limits))
    try:
        with path.open("rb") as file, zipfile.ZipFile(path) as archive:
            book = CalamineWorkbook.from_filelike(file)
            if len(book.sheet_names) > limits.pages:
                raise TooLarge(f"The workbook has {len(book.sheet_names):,} sheets. Split it.")
            parts = parts_of_binary_sheets(archive)
            for number, name in enumerate(book.sheet_names, 1):
                composer = PageComposer(limits)
                rows = [[_text(value) for value in row] for row in book.get_sheet_by_name(name).to_python()]
                rows = [row for row in rows if any(row)]
                composer.table(rows, header=names_columns(rows[:20]))
                part = parts.get(name, "")
                for cell, author, text in binary_comments(archive, part):
                    composer.comment(author, text, place=cell)
                add_sheet_drawings(composer, archive, part, beside, f"sheet {name}")
                pages.append(composer.page(number, f"Sheet {name}"))
            hidden = [one.name for one in book.sheets_metadata if one.visible is not SheetVisibleEnum.Visible]
    except (CalamineError, struct.error) as error:
        raise DamagedFile(
            "The workbook is cut off or broken. Open it in Excel and save it as xlsx."
        ) from error
    unread = (*beside.unread, *beside.pictures.unread)
    if not any(page.text for page in pages) and not unread and not beside.attachments:
        raise NoText("The workbook has no values. Save it as xlsx and load that.")
    notice = (f"Hidden sheets were read too: {', '.join(hidden[:20])}.",) if hidden else ()
    return ParsedDocument(
        FileType.XLSB.media_type,
        "",
        tuple(pages),
        warnings=notice,
        attachments=tuple(beside.attachments),
        unread=unread,
    )


def _text(value: object) -> str:
    """Return the text of a cell; whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return cell_text(value, "General") if value not in ("", None) else ""
