"""PDF: offsets as in pdfium, structure from the layout, pages that need OCR."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pypdfium2
import pytest

from ingest.formats.pdf import pdf
from ingest.formats.pdf.text import page_text
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.ingest import files
from tests.ingest.long_files import long_pdf
from vault.errors import DamagedFile, PasswordProtected, TooLarge
from vault.records import ElementKind, Page

LIMITS = ParseLimits()


def texts(page: Page, kind: ElementKind) -> list[str]:
    """Return the texts of the elements of a kind."""
    return [" ".join(page.text[e.start : e.end].split()) for e in page.elements if e.kind is kind]


@pytest.fixture(scope="module")
def agreement(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    """The parsed supply agreement."""
    return pdf.read(files.pdf(tmp_path_factory.mktemp("pdf") / "a.pdf"), LIMITS)


def test_headings_clauses_and_running_lines_are_distinguished(agreement: ParsedDocument) -> None:
    first, second, third = agreement.pages
    assert texts(first, ElementKind.HEADING) == ["Supply Agreement", "7. Termination"]
    paragraphs = texts(first, ElementKind.PARAGRAPH)
    assert paragraphs[0].endswith("on the first of March 2024.")
    assert paragraphs[1].startswith("7.1 Either") and paragraphs[1].endswith("anniversary.")
    assert paragraphs[2] == "7.2 The Supplier shall return all samples within ten days."
    assert texts(second, ElementKind.HEADING) == ["8. Governing Law"]
    for number, page in enumerate((first, second, third), 1):
        assert texts(page, ElementKind.PAGE_HEADER) == ["Northwind / Contoso - confidential"]
        assert texts(page, ElementKind.PAGE_FOOTER) == [f"Page {number} of 3"]


def test_the_title_of_the_page_ranks_above_its_clauses(agreement: ParsedDocument) -> None:
    levels = [e.level for e in agreement.pages[0].elements if e.kind is ElementKind.HEADING]
    assert levels == [1, 2]


def test_every_visible_character_belongs_to_one_element(agreement: ParsedDocument) -> None:
    for page in agreement.pages:
        inside = "".join(page.text[e.start : e.end] for e in page.elements)
        assert "".join(inside.split()) == "".join(page.text.split())


def test_page_text_has_the_offsets_of_pdfium(tmp_path: Path, agreement: ParsedDocument) -> None:
    document = pypdfium2.PdfDocument(files.pdf(tmp_path / "a.pdf"))
    for number, page in enumerate(agreement.pages):
        textpage = document[number].get_textpage()
        assert page.text == textpage.get_text_range()
        assert page_text(textpage).index(5) == 5


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Licence of 2024", "Licence of 2024"),
        ("Microsoft Word - Licence", "Licence"),
        ("untitled", "Supply Agreement"),
        ("final_v2.docx", "Supply Agreement"),
    ],
)
def test_the_title_is_the_documents_own_or_its_first_heading(tmp_path: Path, given: str, shown: str) -> None:
    assert pdf.read(files.pdf(tmp_path / "a.pdf", title=given), LIMITS).title == shown


def test_a_scanned_page_is_recognised_and_a_blank_one_stays_blank(tmp_path: Path) -> None:
    parsed = pdf.read(files.scanned_pdf(tmp_path / "a.pdf", blank_page=True), LIMITS)
    assert parsed.unreadable_pages == ()
    assert [page.text for page in parsed.pages] == ["A scanned letter", ""]
    assert [page.ocr for page in parsed.pages] == [True, False]


def test_the_words_of_a_stamp_and_of_the_scan_under_it_are_read_together(tmp_path: Path) -> None:
    parsed = pdf.read(files.scanned_pdf(tmp_path / "a.pdf", stamp="RECEIVED 4 MAR"), LIMITS)
    assert parsed.pages[0].text == "A scanned letter\n\nRECEIVED 4 MAR"


def test_a_page_that_shows_no_words_stays_unreadable(tmp_path: Path) -> None:
    parsed = pdf.read(files.drawing_pdf(tmp_path / "a.pdf"), LIMITS)
    assert parsed.unreadable_pages == (1,)


def test_pages_past_the_limit_of_recognition_count_as_unreadable(tmp_path: Path) -> None:
    path = files.scanned_pdf(tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(path)
    document.import_pages(pypdfium2.PdfDocument(path))
    document.save(tmp_path / "b.pdf")
    assert pdf.read(tmp_path / "b.pdf", ParseLimits(ocr_pages=1)).unreadable_pages == (2,)


def test_text_typed_into_a_form_is_read(tmp_path: Path) -> None:
    assert (
        "Allergic to penicillin"
        in pdf.read(files.form_pdf(tmp_path / "a.pdf", "Allergic to penicillin"), LIMITS).pages[0].text
    )


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PasswordProtected, match="password"):
        pdf.read(files.pdf(tmp_path / "a.pdf", password="secret"), LIMITS)


def test_broken_files_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"junk " * 200)
    with pytest.raises(DamagedFile, match="broken"):
        pdf.read(path, LIMITS)
    with pytest.raises(DamagedFile, match="cannot be opened"):
        pdf.read(files.empty_pdf(path), LIMITS)


def test_a_truncated_pdf_is_damaged_or_read_in_part(tmp_path: Path) -> None:
    complete = files.pdf(tmp_path / "a.pdf").read_bytes()
    path = tmp_path / "b.pdf"
    path.write_bytes(complete[:600])
    with pytest.raises(DamagedFile):
        pdf.read(path, LIMITS)


def test_messages_about_limits_contain_the_numbers(tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf")
    with pytest.raises(TooLarge, match="3 pages, above the limit of 2"):
        pdf.read(path, ParseLimits(pages=2))
    with pytest.raises(TooLarge, match="more than 100 characters"):
        pdf.read(path, ParseLimits(characters=100))


def test_the_work_for_a_page_is_small_and_grows_linearly(tmp_path: Path) -> None:
    short, long = (calls_to_read(long_pdf(tmp_path / "a.pdf", pages=pages)) for pages in (10, 40))
    assert short < 10 * 30_000  # a page of 45 lines in some milliseconds
    assert long < 4.4 * short


def calls_to_read(path: Path) -> int:
    """Count the function calls to read a PDF: a measure of work that other processes do not affect."""
    calls = 0

    def count(_frame: FrameType, event: str, _called: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        pdf.read(path, LIMITS)
    finally:
        sys.setprofile(None)
    return calls
