"""Scanned transcripts: the numbers of lines are places, as in those that hold text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.formats import read
from ingest.formats.transcript.recognised import with_numbered_lines
from ingest.parsed.limits import ParseLimits
from tests.ingest.formats.transcript.made import PAGES, transcript_pdf
from vault.records import ElementKind, Page, WordBox

LINES = [
    "1 | Q. | When did you first report the leak to the",
    "2 | landlord's office?",
    "3  A. On 14 May 2021. I telephoned in the",
    "4  morning and wrote the same afternoon.",
    "5",
    "6 | Q. | Did anybody answer?",
    "7 | A. | No.",
    "8 | Q. | What did the plumber find behind the",
    "9  boiler?",
]


def recognised(lines: list[str], number: int = 1) -> Page:
    """Return a page as it is recognised: with a box for each word that has an even place."""
    text = "Page 14\n\n" + "\n".join(lines)
    words = []
    place = 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        if word != "|":
            words.append(WordBox(start, place, start, 0, place, 10))
    return Page(number, text, ocr=True, words=tuple(words))


def test_numbers_of_recognised_lines_become_their_places_and_words_keep_theirs() -> None:
    before = recognised(LINES)
    (page,) = with_numbered_lines([before])
    assert [number for _, number in page.lines] == [0, 1, 2, 3, 4, 6, 7, 8, 9]
    assert page.text.splitlines()[2:4] == [
        "Q.   When did you first report the leak to the",
        "landlord's office?",
    ]
    paragraphs = [page.text[e.start : e.end] for e in page.elements if e.kind is ElementKind.PARAGRAPH]
    assert "A.   No." in paragraphs and all("|" not in one for one in paragraphs)
    shown = {word.left: before.text[word.start : word.end] for word in before.words}
    assert [page.text[word.start : word.end] for word in page.words] == [
        shown[word.left] for word in page.words
    ]
    assert len(page.words) == len(page.text.split())


def test_numbers_that_the_recognition_missed_are_counted() -> None:
    missed = [line.removeprefix("3  ").removeprefix("4  ") for line in LINES]
    (page,) = with_numbered_lines([recognised(missed)])
    assert [number for _, number in page.lines] == [0, 1, 2, 3, 4, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "lines",
    [
        [f"{number}. the tenant keeps item {number} in repair" for number in range(1, 20)],
        [f"{number} | Letter of the trustees | {number + 40}" for number in range(1, 20)],
        [f"{number * 2}  and item {number} was counted" for number in range(1, 20)],
        LINES[:5],
    ],
)
def test_lists_tables_and_short_pages_stay_as_they_are(lines: list[str]) -> None:
    page = recognised(lines)
    assert with_numbered_lines([page]) == [page]


def test_only_recognised_pages_are_changed_and_a_short_last_page_follows_a_long_one() -> None:
    short = recognised(["1 | water.", "2 | Q. | What did it cost?", "3 | A. | It cost 640 pounds."], 2)
    typed = Page(1, recognised(LINES).text)
    assert with_numbered_lines([typed, short]) == [typed, short]
    assert [number for _, number in with_numbered_lines([recognised(LINES), short])[1].lines] == [0, 1, 2, 3]


@pytest.mark.slow
def test_a_scanned_transcript_is_cited_by_page_and_line(tmp_path: Path) -> None:
    drawn = pypdfium2.PdfDocument(transcript_pdf(tmp_path / "text.pdf", pages=PAGES[1:], first=14))
    canvas = Canvas(str(tmp_path / "scan.pdf"), (612, 792))
    for page in drawn:
        canvas.drawImage(ImageReader(page.render(scale=2).to_pil()), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    first, second = read(tmp_path / "scan.pdf", ParseLimits()).pages
    assert (first.name.printed, second.name.printed) == ("14", "15")
    assert "Q.   Did anybody answer?\nA.   No.\n" in first.text
    places = {second.text[start:].split("\n")[0]: number for start, number in second.lines}
    assert places["A.   It cost 640 pounds."] == 3
