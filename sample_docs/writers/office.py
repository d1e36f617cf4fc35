"""Write blocks as DOCX, slides as PPTX and tables as XLSX, with fixed dates in the metadata."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from blocks import Block, parse
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from fixed_zip import WRITTEN, fix_times
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation
from pptx.util import Pt as SlidePt

Cell = str | int | float | None


@dataclass
class Slide:
    """A slide with bullets or a table, and speaker notes."""

    title: str
    bullets: list[str] = field(default_factory=list)
    table: list[list[str]] = field(default_factory=list)
    notes: str = ""


@dataclass
class Sheet:
    """A sheet with lines above its table and footnotes below."""

    name: str
    preamble: list[str]
    rows: list[list[Cell]]
    footnotes: list[str]


def write_docx(
    path: Path, *, title: str, author: str, header: str, markup: str, landscape: bool = False
) -> None:
    """Write `markup` as a Word document."""
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(22)
    section.header.paragraphs[0].text = header
    _add_page_number(section.footer.paragraphs[0])
    document.add_heading(title, level=0)
    for block in parse(markup):
        _add_block(document, block)
    _set_properties(document.core_properties, title, author)
    document.save(str(path))
    fix_times(path)


def _add_page_number(paragraph: Any) -> None:
    """Add "Page" and a field for the number."""
    run = paragraph.add_run("Page ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _add_block(document: Any, block: Block) -> None:
    """Add a block to a Word document."""
    if block.kind == "table":
        _add_table(document, block.rows)
    elif block.kind in ("heading", "subheading"):
        document.add_heading(block.text, level=1 if block.kind == "heading" else 2)
    elif block.kind == "bullet":
        document.add_paragraph(block.text, style="List Bullet")
    elif block.kind in ("clause", "subclause"):
        paragraph = document.add_paragraph(f"{block.label}\t{block.text}")
        paragraph.paragraph_format.left_indent = Mm(12 if block.kind == "clause" else 22)
        paragraph.paragraph_format.first_line_indent = Mm(-12 if block.kind == "clause" else -10)
    else:
        document.add_paragraph(block.text)


def _add_table(document: Any, rows: list[list[str]]) -> None:
    """Add a table; the first row is its header."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
            for run in cell.paragraphs[0].runs:
                run.font.bold, run.font.size = number == 0, Pt(9.5)
    document.add_paragraph()


def _set_properties(properties: Any, title: str, author: str) -> None:
    """Set title and author, and fixed dates."""
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.subject, properties.comments = "Fictional sample document", ""
    properties.created = properties.modified = WRITTEN


def write_pptx(path: Path, *, title: str, author: str, subtitle: str, slides: Sequence[Slide]) -> None:
    """Write the slides with a cover as a presentation."""
    presentation = Presentation()
    cover = presentation.slides.add_slide(presentation.slide_layouts[0])
    cover.shapes.title.text = title
    cover.placeholders[1].text = subtitle
    for slide in slides:
        _add_slide(presentation, slide)
    _set_properties(presentation.core_properties, title, author)
    presentation.save(str(path))
    fix_times(path)


def _add_slide(presentation: Any, content: Slide) -> None:
    """Add a slide."""
    slide = presentation.slides.add_slide(presentation.slide_layouts[5 if content.table else 1])
    slide.shapes.title.text = content.title
    slide.shapes.title.text_frame.paragraphs[0].font.size = SlidePt(32)
    if content.table:
        _add_slide_table(slide, content.table)
    else:
        frame = slide.placeholders[1].text_frame
        frame.text = content.bullets[0]
        for bullet in content.bullets[1:]:
            frame.add_paragraph().text = bullet
        for paragraph in frame.paragraphs:
            paragraph.font.size = SlidePt(20)
    if content.notes:
        slide.notes_slide.notes_text_frame.text = content.notes


def _add_slide_table(slide: Any, rows: list[list[str]]) -> None:
    """Add a table to a slide."""
    box = (SlidePt(36), SlidePt(120), SlidePt(648), SlidePt(32 * len(rows)))
    table = slide.shapes.add_table(len(rows), len(rows[0]), *box).table
    for row_number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(row_number, column).text = text
            table.cell(row_number, column).text_frame.paragraphs[0].font.size = SlidePt(15)


def write_xlsx(path: Path, *, title: str, author: str, sheets: Sequence[Sheet]) -> None:
    """Write the sheets as a workbook."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        _fill_sheet(workbook.create_sheet(sheet.name), sheet)
    properties = workbook.properties
    properties.title, properties.creator, properties.lastModifiedBy = title, author, author
    properties.created = WRITTEN
    workbook.save(str(path))
    fix_times(path)


def _fill_sheet(worksheet: Worksheet, sheet: Sheet) -> None:
    """Fill an empty sheet."""
    for line in sheet.preamble:
        worksheet.append([line])
    worksheet["A1"].font = Font(bold=True, size=13)
    worksheet.append([])
    for row in sheet.rows:
        worksheet.append(row)
    for cell in worksheet[len(sheet.preamble) + 2]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    worksheet.append([])
    for line in sheet.footnotes:
        worksheet.append([line])
    for column, width in zip("ABCDEFGHI", (26, 12, 16, 13, 13, 13, 13, 13, 13), strict=True):
        worksheet.column_dimensions[column].width = width
    worksheet.freeze_panes = worksheet.cell(len(sheet.preamble) + 3, 4)
