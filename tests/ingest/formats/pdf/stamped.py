"""PDFs whose pages have printed page numbers and stamps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas


def stamped_pdf(
    path: Path,
    bodies: Sequence[str],
    *,
    foot: Sequence[str] = (),
    head: Sequence[str] = (),
    labels: Sequence[tuple[int, str, int, str]] = (),
) -> Path:
    """Write a page for each body text, with a line at its foot and head.

    `labels` are ranges of page labels: index of the first page, style ("ARABIC", "ROMAN_LOWER" …), first
    number, prefix.
    """
    canvas = Canvas(str(path))
    for page, style, start, prefix in labels:
        canvas.addPageLabel(page, style, start, prefix)
    for index, body in enumerate(bodies):
        canvas.setFont("Helvetica", 8)
        if foot:
            canvas.drawRightString(550, 30, foot[index])
        if head:
            canvas.drawString(72, 810, head[index])
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(body.splitlines()):
            canvas.drawString(72, 740 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return path
