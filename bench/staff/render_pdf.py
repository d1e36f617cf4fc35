"""Make a PDF of a document with reportlab: one page to a page, smaller where it would not fit."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib import colors  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    Flowable,
    KeepInFrame,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from bench.staff.document import Block, StaffDocument
from bench.staff.layout import TICKED, UNTICKED, Layout, Rules, layout_of, paragraphs, tick_lines

_MARGIN = 20 * mm
_PADDING = 6  # points: what SimpleDocTemplate leaves inside its margins
_WIDTH = A4[0] - 2 * _MARGIN - 2 * _PADDING
_HEIGHT = A4[1] - 2 * _MARGIN - 2 * _PADDING
_CELL_SIZES = (9.5, 8.5, 7.5, 6.5, 5.5)
_CELL_PADDING = 14  # points: left and right of a cell's text, and a little more
_FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu/DejaVuSans.ttf")
_INSTEAD = {TICKED: "[x]", UNTICKED: "[ ]", "≥": ">=", "≤": "<=", "→": "->", "↑": "up", "↓": "down"}
"""Written where no font of this machine has the character."""
_TABLE_RULES = {
    Rules.ALL: [("GRID", (0, 0), (-1, -1), 0.5, colors.grey)],
    Rules.ROWS: [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)],
    Rules.NONE: [],
}


def write_pdf(path: Path, document: StaffDocument) -> None:
    """Make the PDF; its pages are those of the document."""
    layout = layout_of(document.file)
    styles = _styles(layout)
    story: list[Flowable] = []
    for number, page in enumerate(document.pages):
        content = [part for block in page for part in _flowables(block, layout, styles)]
        story += [PageBreak()] if number else []
        story.append(KeepInFrame(_WIDTH, _HEIGHT, content, mode="shrink", hAlign="LEFT"))
    made = SimpleDocTemplate(
        str(path), pagesize=A4, title=document.title, invariant=1,
        leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
    )  # fmt: skip
    total = len(document.pages)

    def number_page(canvas: Canvas, _: Any) -> None:
        if layout.page_numbers and total > 1:
            canvas.setFont("Helvetica", 8)
            canvas.drawCentredString(A4[0] / 2, 11 * mm, f"Page {canvas.getPageNumber()} of {total}")

    made.build(story, onFirstPage=number_page, onLaterPages=number_page)


def _styles(layout: Layout) -> dict[str, ParagraphStyle]:
    plain, bold = ("Times-Roman", "Times-Bold") if layout.serif else ("Helvetica", "Helvetica-Bold")
    body = ParagraphStyle("body", fontName=plain, fontSize=10.5, leading=13.5, spaceAfter=6)
    return {
        "body": body,
        "line": ParagraphStyle("line", parent=body, spaceAfter=0),
        "list": ParagraphStyle("list", parent=body, leftIndent=6 * mm, bulletIndent=1 * mm, spaceAfter=2),
        "heading": ParagraphStyle(
            "heading", parent=body, fontName=bold, fontSize=13, leading=17, spaceBefore=8, spaceAfter=4
        ),
    }


def _flowables(block: Block, layout: Layout, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    """Return what is drawn for a part of a page."""
    if block.heading:
        return [Paragraph(_markup(block.heading), styles["heading"])]
    if block.text:
        return [Paragraph(_markup(text), styles["body"]) for text in paragraphs(block.text)]
    if block.items:
        return [Paragraph(_markup(item), styles["list"], bulletText="•") for item in block.items]
    if block.table:
        return [_table(block.table, _TABLE_RULES[layout.rules], styles["line"]), Spacer(1, 8)]
    if block.form and layout.form_lines:
        under_values = [("LINEBELOW", (1, 0), (1, -1), 0.5, colors.grey)]
        rows = [[f"{label}:", value] for label, value in block.form.items()]
        return [_table(rows, under_values, styles["line"], header=False), Spacer(1, 6)]
    lines = block.lines or tick_lines(block.checks or {})
    lines = lines or [f"{label}: {value}" for label, value in (block.form or {}).items()]
    drawn = [Paragraph(_markup(line), styles["line"]) for line in lines]
    return [*drawn, Spacer(1, 6)] if drawn else []


def _table(rows: list[list[str]], rules: list[Any], style: ParagraphStyle, *, header: bool = True) -> Table:
    """Return a table in the largest letters in which no word is wider than its column."""
    size, least, wished = _fitting(rows, style.fontName)
    spare = max(_WIDTH - sum(least), 0)
    more = [max(wish - low, 1) for wish, low in zip(wished, least, strict=True)]
    widths = [low + spare * extra / sum(more) for low, extra in zip(least, more, strict=True)]
    cell = ParagraphStyle("cell", parent=style, fontSize=size, leading=size * 1.25)
    cells = [
        [
            Paragraph(f"<b>{_markup(text)}</b>" if header and number == 0 else _markup(text), cell)
            for text in row
        ]
        for number, row in enumerate(rows)
    ]
    return Table(cells, colWidths=widths, style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *rules]),
                 hAlign="LEFT")  # fmt: skip


def _fitting(rows: list[list[str]], font: str) -> tuple[float, list[float], list[float]]:
    """Return the size of the letters, the least width of each column, and the width that it would like."""
    bold = {"Times-Roman": "Times-Bold"}.get(font, f"{font}-Bold")
    least: list[float] = []
    wished: list[float] = []
    for size in _CELL_SIZES:
        columns = [[(text, pdfmetrics.stringWidth(text, bold, size)) for text in column]
                   for column in zip(*rows, strict=True)]  # fmt: skip
        wished = [min(max(width for _, width in column) + _CELL_PADDING, _WIDTH / 2) for column in columns]
        least = [
            max(
                pdfmetrics.stringWidth(word, bold, size)
                for text, _ in column
                for word in text.split() or [""]
            )
            + _CELL_PADDING
            for column in columns
        ]
        if sum(least) <= _WIDTH:
            return size, least, wished
    return _CELL_SIZES[-1], least, wished


def _markup(text: str) -> str:
    """Return the text for a Paragraph, in a wider font where the usual one lacks a character."""
    parts = []
    for character in text:
        if character.encode("cp1252", "ignore"):
            parts.append(escape(character, quote=False))
        elif font := wide_font():
            parts.append(f'<font name="{font}">{character}</font>')
        else:
            parts.append(escape(_INSTEAD.get(character, "?"), quote=False))
    return "".join(parts).replace("\n", "<br/>")


@cache
def wide_font() -> str:
    """Return the name of a font with tick boxes and signs, or "" if this machine has none that we know."""
    for path in _FONTS:
        if Path(path).is_file():
            pdfmetrics.registerFont(TTFont("DejaVuSans", path))
            return "DejaVuSans"
    return ""
