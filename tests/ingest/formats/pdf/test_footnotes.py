"""Running heads and footnotes of a PDF: kept, and never inside a sentence that goes on over the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.chunking.sections import sections
from ingest.formats.pdf import pdf
from ingest.parsed.limits import ParseLimits
from vault.records import ElementKind, Page

LIMITS = ParseLimits()
FIRST = [
    "The tenant shall keep the roof and the gutters of the mill in good repair.",
    "The landlord insures the building and tells the tenant within seven days",
    "of every change. The rent falls on the first day of each quarter and the",
    "tenant1 pays it to the agent, who gives a receipt and keeps it with the",
]
SECOND = [
    "books of the estate. The agent answers to the landlord alone.",
    "Nothing else is due in that year.",
]


def paper(
    path: Path, pages: Sequence[Sequence[str]], notes: Sequence[Sequence[str]], small: float = 8
) -> Path:
    canvas = Canvas(str(path))
    for number, (lines, below) in enumerate(zip(pages, notes, strict=True), 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 815, f"Lease of Orme Mill, ref OM/2291, sheet {number}")
        canvas.setFont("Helvetica", 11)
        for index, line in enumerate(lines):
            canvas.drawString(72, 760 - 14 * index, line)
        canvas.setFont("Helvetica", small)
        for index, line in enumerate(below):
            canvas.drawString(72, 130 - 10 * index, line)
        canvas.showPage()
    canvas.save()
    return path


def kinds(page: Page) -> list[tuple[ElementKind, str]]:
    return [(e.kind, " ".join(page.text[e.start : e.end].split())) for e in page.elements]


def read_aloud(pages: Sequence[Page]) -> str:
    """Return what the sections say, in their order."""
    texts = {page.number: page.text for page in pages}
    spans = [element.span for section in sections(pages) for element in section.elements]
    return " ".join(" ".join(texts[s.page][s.start : s.end] for s in spans).split())


NOTES = ["1 The word includes those who come after", "the tenant by law.", "2 See the schedule."]


@pytest.fixture
def lease(tmp_path: Path) -> tuple[Page, ...]:
    first = [
        *FIRST[:2],
        "of every change.2 The rent falls on the first day of each quarter and the",
        FIRST[3],
    ]
    return pdf.read(paper(tmp_path / "a.pdf", [first, SECOND], [NOTES, []]), LIMITS).pages


def test_each_footnote_is_a_note_of_its_page(lease: tuple[Page, ...]) -> None:
    notes = [text for kind, text in kinds(lease[0]) if kind is ElementKind.NOTE]
    assert notes == ["1 The word includes those who come after the tenant by law.", "2 See the schedule."]


def test_neither_head_nor_footnote_is_inside_a_sentence_over_two_pages(lease: tuple[Page, ...]) -> None:
    said = read_aloud(lease)
    assert "keeps it with the books of the estate." in said
    assert said.index("in that year") > 0
    assert said.count("ref OM/2291") == 1
    for note in ("1 The word includes", "2 See the schedule."):
        assert said.index(note) > said.index("books of the estate")


@pytest.mark.parametrize(
    ("below", "small"),
    [
        (["1 The word includes those who come after", "the tenant by law."], 11),
        (["7 The word includes those who come after", "the tenant by law."], 8),
        (["The word includes those who come after", "the tenant by law."], 8),
    ],
    ids=["as large as the body", "a mark that nothing refers to", "no mark"],
)
def test_other_text_at_the_foot_is_no_footnote(tmp_path: Path, below: list[str], small: int) -> None:
    parsed = pdf.read(paper(tmp_path / "a.pdf", [FIRST, SECOND], [below, []], small), LIMITS)
    assert not any(kind is ElementKind.NOTE for page in parsed.pages for kind, _ in kinds(page))
    assert "those who come after" in read_aloud(parsed.pages)
