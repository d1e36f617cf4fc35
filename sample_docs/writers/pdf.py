"""Write blocks as a PDF with a text layer, running header and `Page x of y`; or page images with none."""

from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from blocks import Block, parse
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

MARGIN = 24 * mm
FRAME_PADDING = 6  # points: what SimpleDocTemplate leaves inside its margins
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=13.2, spaceAfter=5.5)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9.5, leading=12, spaceAfter=0)
STYLES = {
    "title": ParagraphStyle(
        "title", fontName="Times-Bold", fontSize=17, leading=22, alignment=TA_CENTER, spaceAfter=12
    ),
    "heading": ParagraphStyle(
        "heading",
        fontName="Times-Bold",
        fontSize=12,
        leading=16,
        spaceBefore=10,
        spaceAfter=4,
        keepWithNext=1,
    ),
    "subheading": ParagraphStyle(
        "subheading",
        fontName="Times-BoldItalic",
        fontSize=10.5,
        leading=14,
        spaceBefore=4,
        spaceAfter=3,
        keepWithNext=1,
    ),
    "clause": ParagraphStyle("clause", parent=BODY, leftIndent=11 * mm, bulletFontName="Times-Roman"),
    "subclause": ParagraphStyle(
        "subclause", parent=BODY, leftIndent=19 * mm, bulletIndent=11 * mm, bulletFontName="Times-Roman"
    ),
    "bullet": ParagraphStyle("bullet", parent=BODY, leftIndent=6 * mm, bulletIndent=1 * mm, spaceAfter=3),
    "paragraph": BODY,
}
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
)


class PageCountCanvas(Canvas):  # type: ignore[misc]
    """Holds every page back until the number of pages is known, then draws header and footer."""

    def __init__(self, *args: Any, running_header: str, running_footer: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.running_header, self.running_footer = running_header, running_footer
        self.held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802
        """Hold the page back."""
        self.held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Draw header and footer on each page and save the PDF."""
        for number, state in enumerate(self.held, start=1):
            self.__dict__.update(state)
            self._draw_frame(number, len(self.held))
            super().showPage()
        super().save()

    def _draw_frame(self, number: int, total: int) -> None:
        """Draw header and footer of a page."""
        width, height = A4
        left, right = MARGIN + FRAME_PADDING, width - MARGIN - FRAME_PADDING
        self.setFont("Helvetica", 8)
        self.drawString(left, height - 14 * mm, self.running_header)
        self.setLineWidth(0.4)
        self.line(left, height - 16 * mm, right, height - 16 * mm)
        self.drawString(left, 12 * mm, self.running_footer)
        self.drawRightString(right, 12 * mm, f"Page {number} of {total}")


def write_pdf(path: Path, *, title: str, author: str, header: str, footer: str, markup: str) -> None:
    """Write `markup` as a PDF with header and footer."""
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=23 * mm,
        bottomMargin=21 * mm,
        title=title,
        author=author,
        subject="Fictional sample document",
        creator="Incamera sample documents",
        lang="en-GB",
        invariant=1,
    )

    def canvas(*args: Any, **options: Any) -> PageCountCanvas:
        """Make the canvas with this header and footer."""
        return PageCountCanvas(*args, running_header=header, running_footer=footer, **options)

    story: list[Flowable] = [Paragraph(escape(title, quote=False), STYLES["title"])]
    for block in parse(markup):
        story.extend(_flowables(block, document.width - 2 * FRAME_PADDING))
    document.build(story, canvasmaker=canvas)


def _flowables(block: Block, width: float) -> list[Flowable]:
    """Return the parts of the PDF for a block."""
    if block.kind == "table":
        return [_table(block.rows, width), Spacer(1, 8)]
    text = escape(block.text, quote=False)
    label = "•" if block.kind == "bullet" else block.label
    return [Paragraph(text, STYLES[block.kind], bulletText=label or None)]


def _table(rows: list[list[str]], width: float) -> Table:
    """Return a table; its first row is repeated on each page."""
    cells = [
        [Paragraph(f"<b>{escape(c, False)}</b>" if i == 0 else escape(c, False), CELL) for c in row]
        for i, row in enumerate(rows)
    ]
    return Table(cells, colWidths=_column_widths(rows, width), style=GRID, repeatRows=1, hAlign="LEFT")


def _column_widths(rows: list[list[str]], width: float) -> list[float]:
    """No column narrower than its longest word; what is left goes where the cells are long."""
    columns = list(zip(*rows, strict=True))
    least = [
        max(_printed(word) for cell in column for word in cell.split() or [""]) + 14 for column in columns
    ]
    wished = [min(max(map(_printed, column)) + 14, 0.5 * width) for column in columns]
    more = [max(wish - low, 1) for wish, low in zip(wished, least, strict=True)]
    left = width - sum(least)
    return [low + left * extra / sum(more) for low, extra in zip(least, more, strict=True)]


def _printed(text: str) -> float:
    """Return the width of a text in a table cell, in points."""
    return float(stringWidth(text, "Times-Bold", CELL.fontSize))


def write_image_pdf(path: Path, *, title: str, pages: list[Image.Image]) -> None:
    """A PDF as a scanner makes it: one picture to a page and no text layer."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("Incamera sample documents")
    for page in pages:
        jpeg = BytesIO()
        page.save(jpeg, "JPEG", quality=70)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
