"""Notes on PDF pages follow the text with their authors, and are highlighted at their marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.formats.pdf import pdf
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from vault.records import ElementKind

LIMITS = ParseLimits()


def pdf_with_note(path: Path, *, text: str = "The rent is due in March.", form: bool = False) -> Path:
    """Make a page with `text`, a sticky note at (400, 500) and, with `form`, a filled field."""
    canvas = Canvas(str(path), A4)
    if text:
        canvas.drawString(60, 700, text)
    canvas.textAnnotation("Ask the landlord\nabout April.", Rect=[400, 500, 420, 520], relative=0)
    if form:
        canvas.acroForm.textfield(name="a", value="Signed by proxy", x=60, y=600, width=300, height=24)
    canvas.showPage()
    canvas.save()
    return path


def test_a_sticky_note_follows_the_text_of_its_page(tmp_path: Path) -> None:
    (page,) = pdf.read(pdf_with_note(tmp_path / "a.pdf"), LIMITS).pages
    assert page.text.startswith("The rent is due in March.")
    (note,) = [e for e in page.elements if e.kind is ElementKind.NOTE]
    assert page.text[note.start : note.end] == "Note by an unnamed person: Ask the landlord about April."


@pytest.mark.slow
def test_a_note_is_read_beside_a_filled_field_and_on_a_page_without_words(tmp_path: Path) -> None:
    (page,) = pdf.read(pdf_with_note(tmp_path / "a.pdf", form=True), LIMITS).pages
    assert "Signed by proxy" in page.text and page.text.endswith("about April.")
    (bare,) = pdf.read(pdf_with_note(tmp_path / "b.pdf", text=""), LIMITS).pages
    assert bare.text == "Note by an unnamed person: Ask the landlord about April."


def test_the_mark_of_a_note_is_highlighted_when_the_note_is_cited(tmp_path: Path) -> None:
    path = pdf_with_note(tmp_path / "a.pdf")
    (page,) = pdf.read(path, LIMITS).pages
    (note,) = [e for e in page.elements if e.kind is ElementKind.NOTE]
    with Parser(LIMITS) as parser:
        image = parser.page_image(path, 1, [(note.start, note.end)], width=595)
    (box,) = image.boxes
    assert abs(box.left - 400) < 4 and abs(box.top - (842 - 520)) < 4
