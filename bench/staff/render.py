"""Make the real file of a document: what staff would have, in its format and with its name."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from pathlib import Path

import docx
import openpyxl  # type: ignore[import-untyped]
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK

from bench.staff.document import Block, StaffDocument
from bench.staff.layout import Layout, Rules, layout_of, paragraphs, plain_lines, tick_lines
from bench.staff.render_pdf import write_pdf

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.(\d{1,6}))?")


def render(document: StaffDocument, folder: Path) -> Path:
    """Make the file in `folder` and return its path."""
    path = folder / document.file
    _WRITERS[document.suffix](path, document)
    return path


def _write_docx(path: Path, document: StaffDocument) -> None:
    layout = layout_of(document.file)
    made = docx.Document()
    made.core_properties.title = document.title
    for number, page in enumerate(document.pages):
        if number:
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in page:
            _add_to_word(made, block, layout)
    made.save(str(path))


def _add_to_word(made: WordDocument, block: Block, layout: Layout) -> None:
    if block.heading:
        made.add_heading(block.heading, 2)
    for text in paragraphs(block.text or ""):
        made.add_paragraph(text)
    for line in (*(block.lines or []), *tick_lines(block.checks or {})):
        made.add_paragraph(line)
    for item in block.items or []:
        made.add_paragraph(item, style="List Bullet")
    if block.table:
        _add_word_table(made, block.table, ruled=layout.rules is not Rules.NONE)
    if block.form and layout.form_lines:
        _add_word_table(made, [[label, value] for label, value in block.form.items()], ruled=False)
    elif block.form:
        for label, value in block.form.items():
            made.add_paragraph(f"{label}: {value}")


def _add_word_table(made: WordDocument, rows: list[list[str]], *, ruled: bool) -> None:
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    if ruled:
        table.style = "Table Grid"
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    made.add_paragraph("")


def _write_xlsx(path: Path, document: StaffDocument) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title = document.title
    for number, page in enumerate(document.pages, 1):
        names = [block.sheet for block in page if block.sheet]
        sheet = book.create_sheet(names[0] if names else f"Sheet{number}")
        for block in page:
            for row in _sheet_rows(block):
                # Not `append`: it takes a text that begins with = for a formula.
                at = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
                for column, text in enumerate(row, 1):
                    _fill(sheet.cell(at, column), text)
    book.save(path)


def _sheet_rows(block: Block) -> list[list[str]]:
    if block.table:
        return block.table
    if block.form:
        return [[label, value] for label, value in block.form.items()]
    if block.checks:
        return [[line] for line in tick_lines(block.checks)]
    texts = [block.heading] if block.heading else paragraphs(block.text or "")
    return [[text] for text in (*texts, *(block.lines or []), *(block.items or []))]


def _fill(cell: openpyxl.cell.Cell, text: str) -> None:
    """Fill a cell as Excel would: ISO dates and plain numbers are values, shown as they are written."""
    number = _NUMBER.fullmatch(text)
    if _ISO_DATE.fullmatch(text):
        cell.value = date.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd"
    elif number:
        decimals = len(number.group(1) or "")
        cell.value = float(text) if decimals else int(text)
        cell.number_format = "0." + "0" * decimals if decimals else "0"
    elif text:
        cell.value = text
        cell.data_type = "s"


def _write_csv(path: Path, document: StaffDocument) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(document.pages[0][0].table or [])


def _write_eml(path: Path, document: StaffDocument) -> None:
    assert document.mail is not None, "the model asks for it"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = document.mail.sender
    for field in ("to", "cc"):
        if receivers := document.mail.receivers(field):
            mail[field.capitalize()] = ", ".join(receivers)
    mail["Date"] = format_datetime(datetime.fromisoformat(document.mail.date))
    mail["Subject"] = document.mail.subject
    mail.set_content("\n".join(plain_lines(document.pages[0], wrapped=False)))
    path.write_bytes(mail.as_bytes())


def _write_txt(path: Path, document: StaffDocument) -> None:
    path.write_text("\n".join(plain_lines(document.pages[0], wrapped=True)), encoding="utf-8")


def _write_html(path: Path, document: StaffDocument) -> None:
    body = "\n".join(part for block in document.pages[0] for part in _html_parts(block))
    title = escape(document.title or path.stem)
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n{body}\n</body></html>\n",
        encoding="utf-8",
    )


def _html_parts(block: Block) -> list[str]:
    """Return the elements of a part of a page."""
    if block.heading:
        return [f"<h2>{escape(block.heading)}</h2>"]
    if block.text:
        return [f"<p>{escape(text)}</p>" for text in paragraphs(block.text)]
    if block.items:
        return ["<ul>", *(f"<li>{escape(item)}</li>" for item in block.items), "</ul>"]
    if block.table:
        rows = []
        for number, row in enumerate(block.table):
            tag = "td" if number else "th"
            rows.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>")
        return ["<table>", *rows, "</table>"]
    lines = block.lines or tick_lines(block.checks or {})
    lines = lines or [f"{label}: {value}" for label, value in (block.form or {}).items()]
    return [f"<p>{'<br>'.join(map(escape, lines))}</p>"] if lines else []


_WRITERS: Mapping[str, Callable[[Path, StaffDocument], None]] = {
    ".pdf": write_pdf,
    ".docx": _write_docx,
    ".xlsx": _write_xlsx,
    ".csv": _write_csv,
    ".eml": _write_eml,
    ".txt": _write_txt,
    ".html": _write_html,
}
