"""Line numbers of transcripts are places and no words; numbers of lists and clauses stay what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ingest.annotation.annotate import annotate
from ingest.formats import read
from ingest.parsed.limits import ParseLimits
from ingest.parsing.wire import document_from_wire, document_to_wire
from tests.ingest.formats.transcript.made import transcript_pdf, transcript_text
from vault.records import ElementKind, Page

MAKERS: dict[str, Callable[[Path], Path]] = {
    "text": transcript_text,
    "text without form feeds": partial(transcript_text, form_feeds=False),
    "numbers in each row": transcript_pdf,
    "numbers first": partial(transcript_pdf, order="first"),
    "numbers last": partial(transcript_pdf, order="last"),
}


@pytest.fixture(params=MAKERS)
def pages(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Page, ...]:
    """The pages of the same transcript from several kinds of files, as they come from the parser."""
    name: str = request.param
    path = MAKERS[name](tmp_path / ("a.txt" if name.startswith("text") else "a.pdf"))
    limits = ParseLimits()
    return document_from_wire(document_to_wire(read(path, limits)), limits).pages


def paragraphs(page: Page) -> list[str]:
    """The paragraphs of a page on one line each."""
    return [
        " ".join(page.text[e.start : e.end].split()) for e in page.elements if e.kind is ElementKind.PARAGRAPH
    ]


def place(pages: tuple[Page, ...], words: str) -> str:
    """Say where words stand."""
    for page in pages:
        start = " ".join(page.text.split()).find(words)
        if start >= 0:
            first = page.text.find(words.split()[0] + " " + words.split()[1])
            last = page.text.find(words.split()[-1], first)
            return page.name.at(page.lines, first, last).beside(page.number)
    raise AssertionError(words)


def test_line_numbers_are_no_words_and_questions_and_answers_stay_apart(pages: tuple[Page, ...]) -> None:
    assert len(pages) == 3
    first, second, third = map(paragraphs, pages)
    assert "Q. Where were you living in March of that year?" in first
    assert "A. I was living above the bakery in Orchard Street, with my sister." in first
    assert "MR. DUNN: Objection. That is hearsay." in first
    assert "THE WITNESS: I saw him lock it." in first
    assert second[0] == "Q. When did you first report the leak to the landlord's office?"
    assert third == ["water.", "Q. What did the repair cost?", "A. It cost 640 pounds."]


def test_places_are_pages_as_printed_with_their_lines(pages: tuple[Page, ...]) -> None:
    assert place(pages, "I was living above the bakery in Orchard Street, with my sister") == (
        ", printed 13, lines 11 to 12"
    )
    assert place(pages, "Twice a week") == ", printed 13, line 20"
    assert place(pages, "It cost 640 pounds") == ", printed 15, line 3"


def test_page_numbers_are_running_lines(pages: tuple[Page, ...]) -> None:
    for number, page in enumerate(pages, 13):
        heads = [page.text[e.start : e.end] for e in page.elements if e.kind is ElementKind.PAGE_HEADER]
        assert " ".join(" ".join(heads).split()) == f"Page {number}"
        assert page.lines[0][1] == 0  # the head itself has no line number


def test_an_answer_knows_its_question_also_on_the_next_page(pages: tuple[Page, ...]) -> None:
    found = annotate("0" * 64, "a.txt", "", pages).sentences
    asked = {" ".join(one.text.split()): [cell.column for cell in one.cells] for one in found}
    assert asked["A. No."] == ["Did anybody answer?"]
    assert asked["A. It cost 640 pounds."] == ["What did the repair cost?"]
    assert asked["water."] == ["What did the plumber find behind the boiler?"]
    assert asked["Q. Did anybody answer?"] == []
    assert asked["THE WITNESS: I saw him lock it."] == ["THE WITNESS"]
    cells = [cell for one in found for cell in one.cells if "640" in one.text]
    assert [cell.text for cell in cells] == ["It cost 640 pounds."]


LISTS = {
    "a list of bare numbers": [f"{n}  Letter of the trustees, bundle {n + 40}" for n in range(1, 26)],
    "a list with full stops": [f"{n}. the tenant keeps item {n} in repair" for n in range(1, 26)],
    "clauses": [f"{n // 3 + 1}.{n % 3 + 1} the lessee shall pay sum {n}" for n in range(25)],
    "lines that do not rise": [f"{n * 2}  and item {n} was counted" for n in range(1, 26)],
    "a short list": [f"{n}  and of course {n} more" for n in range(1, 6)],
}


@pytest.mark.parametrize("lines", LISTS.values(), ids=LISTS)
def test_numbers_of_lists_and_clauses_stay_in_the_text(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines) + "\n")
    (page,) = read(path, ParseLimits()).pages
    assert page.text == path.read_text() and not page.lines


@pytest.mark.parametrize("lines", LISTS.values(), ids=LISTS)
def test_numbers_of_lists_and_clauses_stay_in_a_pdf(lines: list[str], tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"))
    for row, line in enumerate(lines):
        number, _, words = line.partition(" ")
        canvas.drawRightString(90, 760 - 24 * row, number)
        canvas.drawString(110, 760 - 24 * row, words.strip())
    canvas.save()
    (page,) = read(tmp_path / "a.pdf", ParseLimits()).pages
    assert not page.lines
    assert sum(line.split()[0] in page.text.split() for line in lines) == len(lines)
