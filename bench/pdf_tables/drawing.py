"""Draw tables and prose on the pages of a PDF, in the way that programs do."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.utils import simpleSplit  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

WIDTH, HEIGHT = A4
_FACES = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Courier", "Courier-Bold"))


@dataclass(slots=True)
class Drawing:
    """A PDF while it is drawn, with the rows that it is expected to hold."""

    path: Path
    chance: random.Random
    face: int | None = None
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """The cells of each row that names no columns."""
    headers: list[tuple[str, ...]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    """Lines that must be elements of their own."""
    canvas: Canvas = field(init=False)
    plain: str = field(init=False)
    bold: str = field(init=False)
    size: float = field(init=False)
    y: float = field(init=False)
    left: float = field(init=False)

    def __post_init__(self) -> None:
        """Choose type and margins."""
        self.canvas = Canvas(str(self.path), pagesize=A4, invariant=1)
        face = self.face if self.face is not None else self.chance.choice((0, 0, 1))
        self.plain, self.bold = _FACES[face]
        self.size = self.chance.choice((8.5, 9, 10, 10.5, 11))
        self.left = self.chance.uniform(45, 75)
        self.y = HEIGHT - self.chance.uniform(60, 90)

    def space(self, points: float) -> None:
        """Leave room."""
        self.y -= points

    def new_page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.y = HEIGHT - 70

    def line(self, text: str, *, bold: bool = False, size: float = 0.0, x: float = 0.0) -> None:
        """Draw one line of text."""
        self.canvas.setFont(self.bold if bold else self.plain, size or self.size)
        self.canvas.drawString(x or self.left, self.y, text)
        self.y -= 1.3 * (size or self.size)

    def prose(self, text: str, *, width: float = 0.0, x: float = 0.0, justified: bool = False) -> None:
        """Draw a paragraph."""
        width = width or WIDTH - 2 * self.left
        lines = simpleSplit(text, self.plain, self.size, width)
        for number, words in enumerate(lines):
            written = self.canvas.beginText(x or self.left, self.y)
            written.setFont(self.plain, self.size)
            if justified and number + 1 < len(lines):
                spare = width - stringWidth(words, self.plain, self.size)
                written.setWordSpace(spare / max(words.count(" "), 1))
            written.textOut(words)
            self.canvas.drawText(written)
            self.y -= 1.25 * self.size
        self.y -= 0.7 * self.size

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        align: str = "",
        gap: float = 0.0,
        pitch: float = 0.0,
        bold_header: bool | None = None,
        header: int = 1,
        widths: Sequence[float] = (),
        by_line: bool = False,
        rules: str = "",
        spanning: bool = False,
    ) -> None:
        """Draw a table without rules; `widths` wrap the cells of columns, other columns fit their text.

        `align` has a letter for each column: left, right, centre or decimal. With `by_line` the cells of a
        wrapped row are written line by line, else cell by cell. With `spanning`, cells of the first row reach
        over the columns after theirs. `rules` may be "rows", "grid" or "three".
        """
        count = max(map(len, rows))
        align = align or "l" * count
        gap = gap or self.chance.uniform(10, 28)
        pitch = pitch or self.size * self.chance.uniform(1.25, 1.9)
        bold_header = self.chance.random() < 0.5 if bold_header is None else bold_header
        cells = [
            [
                simpleSplit(cell, self.plain, self.size, widths[index])
                if widths and widths[index]
                else [cell]
                for index, cell in enumerate(row)
            ]
            for row in rows
        ]
        fonts = [self.bold if bold_header and number < header else self.plain for number in range(len(rows))]
        filled = [
            widths[index]
            if widths and widths[index]
            else max(
                stringWidth(text, font, self.size)
                for row, font in list(zip(cells, fonts, strict=True))[int(spanning) :]
                if index < len(row) and len(row) > 1
                for text in row[index]
            )
            for index in range(count)
        ]
        edges = [self.left]
        for width in filled:
            edges.append(edges[-1] + width + gap)
        tops = [self.y]
        for row, font, made in zip(rows, fonts, cells, strict=True):
            lines = max(map(len, made))
            places = [(index, line) for index in range(len(made)) for line in range(len(made[index]))]
            if by_line:
                places.sort(key=lambda place: place[1])
            for index, line in places:
                text = made[index][line]
                if text:
                    self.canvas.setFont(font, self.size)
                    x = self._x(text, align[index], edges[index], filled[index], font)
                    self.canvas.drawString(x, self.y - 1.18 * self.size * line, text)
            self.y -= pitch + 1.18 * self.size * (lines - 1)
            tops.append(self.y)
            whole = (*row, *("" for _ in range(count - len(row))))
            (self.headers if len(tops) - 2 < header else self.rows).append(whole)
        self._rules(rules, tops, edges, gap)
        self.y -= self.size

    def _x(self, text: str, align: str, edge: float, width: float, font: str) -> float:
        """Return where a cell begins."""
        own: float = stringWidth(text, font, self.size)
        if align == "r":
            return edge + width - own
        if align == "c":
            return edge + (width - own) / 2
        if align == "d" and any(map(str.isdigit, text)):
            fraction: float = stringWidth(".00", font, self.size)
            whole: float = stringWidth(text.partition(".")[0], font, self.size)
            return edge + width - fraction - whole
        return edge

    def _rules(self, rules: str, tops: Sequence[float], edges: Sequence[float], gap: float) -> None:
        """Draw the rules of a table."""
        above = 0.95 * self.size
        heights = {"rows": tops, "grid": tops, "three": [tops[0], tops[1], tops[-1]], "": []}[rules]
        self.canvas.setLineWidth(0.5)
        for height in heights:
            self.canvas.line(edges[0] - 4, height + above, edges[-1] - gap + 4, height + above)
        if rules == "grid":
            for edge in edges:
                x = edge - gap / 2
                self.canvas.line(x, tops[0] + above, x, tops[-1] + above)

    def form(self, *lines: str) -> None:
        """Draw lines that must be elements of their own."""
        for text in lines:
            self.line(text)
            self.fields.append(text)

    def save(self) -> None:
        """Write the file."""
        self.canvas.showPage()
        self.canvas.save()
