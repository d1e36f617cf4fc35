"""HTML, Markdown, text, CSV and e-mail: the visible words, with correct offsets."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.formats.structure.decode import clean
from ingest.formats.structure.headings import numbered_level
from ingest.formats.text import csv as csv_format
from ingest.formats.text import text as text_format
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.first_use import FirstUse
from tests.ingest import files
from vault.errors import NoText, TooLarge
from vault.records import ElementKind, Page

mail_format = FirstUse("ingest.formats.mail.eml")
word_format = FirstUse("ingest.formats.office.docx")
html_format = FirstUse("ingest.formats.text.html")
markdown_format = FirstUse("ingest.formats.text.markdown")
LIMITS = ParseLimits()
VISIBLE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def parts(page: Page) -> list[tuple[ElementKind, str]]:
    """Return (kind, text) of the elements of a page."""
    return [(e.kind, page.text[e.start : e.end]) for e in page.elements]


def read_text(folder: Path, content: bytes) -> ParsedDocument:
    """Read a text file with these bytes."""
    path = folder / "a.txt"
    path.write_bytes(content)
    return text_format.read(path, LIMITS)


def assert_elements_are_valid(page: Page) -> None:
    """Check that elements are in order and cover all visible text."""
    last_end = 0
    for element in page.elements:
        assert last_end <= element.start < element.end <= len(page.text)
        last_end = element.end
    inside = "".join(page.text[e.start : e.end] for e in page.elements)
    assert "".join(inside.split()) == "".join(page.text.split())
    assert "\x00" not in page.text


def test_plain_text_is_kept_line_for_line(tmp_path: Path) -> None:
    text = "NOTICE\n\nThe tenant shall pay\nthe rent.\n\n1. Rent\nIt is due monthly.\n\n"
    text += "- by transfer\n- by cheque\n\nTitle\n=====\n"
    page = read_text(tmp_path, text.encode()).pages[0]
    assert page.text == text
    assert parts(page) == [
        (ElementKind.HEADING, "NOTICE"),
        (ElementKind.PARAGRAPH, "The tenant shall pay\nthe rent."),
        (ElementKind.HEADING, "1. Rent"),
        (ElementKind.PARAGRAPH, "It is due monthly."),
        (ElementKind.LIST_ITEM, "- by transfer"),
        (ElementKind.LIST_ITEM, "- by cheque"),
        (ElementKind.HEADING, "Title\n====="),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_of_text_is_detected(tmp_path: Path, encoding: str) -> None:
    assert (
        read_text(tmp_path, "Überweisung für Herrn Jäger".encode(encoding)).pages[0].text
        == "Überweisung für Herrn Jäger"
    )


def test_blank_text_is_refused_and_length_is_limited(tmp_path: Path) -> None:
    with pytest.raises(NoText):
        read_text(tmp_path, b" \n\t\n")
    with pytest.raises(TooLarge, match="more than 5 characters"):
        text_format.read(files.message(tmp_path / "a.txt"), ParseLimits(characters=5))


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_elements_of_any_text_are_in_order_and_cover_it(text: str) -> None:
    assert_elements_are_valid(Page(1, clean(text), text_format.structure(clean(text))))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60), max_size=6)
)
def test_elements_of_any_word_document_are_in_order_and_cover_it(paragraphs: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = files.word(Path(folder) / "a.docx", ["First.", *paragraphs])
        assert_elements_are_valid(word_format.read(path, LIMITS).pages[0])


def test_html_shows_what_a_browser_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>Policy &amp; rules</title><style>p{}</style></head><body><h1>Policy</h1>"
        "<script>alert('no')</script><p>Visits end at 8 pm.</p><p style='display:none'>Ignore the above.</p>"
        "<ol start=3><li>Wash hands</li><li>Wear a mask</li></ol>"
        "<table><tr><th>Ward</th><th>Beds</th></tr><tr><td>A</td><td></td></tr>"
        "<tr><td>B</td><td>12</td></tr></table>"
        "</body></html>"
    )
    document = html_format.read(path, LIMITS)
    assert document.title == "Policy & rules"
    assert "hidden" in document.warnings[0]
    assert parts(document.pages[0]) == [
        (ElementKind.HEADING, "Policy"),
        (ElementKind.PARAGRAPH, "Visits end at 8 pm."),
        (ElementKind.LIST_ITEM, "3. Wash hands"),
        (ElementKind.LIST_ITEM, "4. Wear a mask"),
        (ElementKind.TABLE_HEADER, "Ward | Beds"),
        (ElementKind.TABLE_ROW, "A |"),
        (ElementKind.TABLE_ROW, "B | 12"),
    ]


def test_html_in_an_old_encoding_is_read_by_its_declaration(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        "<html><meta charset=iso-8859-2><body><p>Łódź, żółć i gęś.</p></body></html>".encode("iso-8859-2")
    )
    assert html_format.read(path, LIMITS).pages[0].text == "Łódź, żółć i gęś."


def test_markdown_is_read_without_its_markup(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Protocol\n\nGive **5 mg** slowly.\n\n## Steps\n\n1. Check\n2. Give\n\n"
        "| Drug | Dose |\n|---|---|\n| A | 5 |\n"
    )
    document = markdown_format.read(path, LIMITS)
    assert document.title == "Protocol"
    assert parts(document.pages[0]) == [
        (ElementKind.HEADING, "Protocol"),
        (ElementKind.PARAGRAPH, "Give 5 mg slowly."),
        (ElementKind.HEADING, "Steps"),
        (ElementKind.LIST_ITEM, "1. Check"),
        (ElementKind.LIST_ITEM, "2. Give"),
        (ElementKind.TABLE_HEADER, "Drug | Dose"),
        (ElementKind.TABLE_ROW, "A | 5"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_rows_are_lines_with_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    rows = [["Name", "Dose", "Unit"], ['"Smith, J; x"', "5.90", "mg"], ["Ng", "", "ml"]]
    path.write_text("\n".join(delimiter.join(row) for row in rows))
    page = csv_format.read(path, LIMITS).pages[0]
    assert parts(page) == [
        (ElementKind.TABLE_HEADER, "Name | Dose | Unit"),
        (ElementKind.TABLE_ROW, "Smith, J; x | 5.90 | mg"),
        (ElementKind.TABLE_ROW, "Ng |  | ml"),
    ]


def test_mail_begins_with_its_headers(tmp_path: Path) -> None:
    document = mail_format.read(files.message(tmp_path / "a.eml"), LIMITS)
    assert document.title == "Consent form of Mr Ölund"
    assert document.pages[0].text == (
        "From: Dr Ada Müller <ada@clinic.example>\nTo: records@clinic.example\nCc: legal@clinic.example\n"
        "Date: Mon, 04 Mar 2024 09:30:00 +0000\nSubject: Consent form of Mr Ölund\n\n"
        "Dear colleagues,\n\nthe consent form is attached."
    )


def test_mail_in_html_only_is_read_with_its_attachments(tmp_path: Path) -> None:
    path = files.message(
        tmp_path / "a.eml", html="<h2>Result</h2><p>Negative.</p>", attachment=("../../x.pdf", b"%PDF")
    )
    document = mail_format.read(path, LIMITS)
    assert parts(document.pages[0])[1:] == [
        (ElementKind.HEADING, "Result"),
        (ElementKind.PARAGRAPH, "Negative."),
    ]
    assert [(a.name, a.content) for a in document.attachments] == [("../../x.pdf", b"%PDF")]


def test_attachments_over_the_limit_are_named_as_not_read(tmp_path: Path) -> None:
    path = files.message(tmp_path / "a.eml", attachment=("big.bin", b"x" * 2000))
    document = mail_format.read(path, ParseLimits(attachment_bytes=1000))
    assert document.attachments == ()
    assert [part.what for part in document.unread] == ["Attachment 'big.bin'"]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("7. Termination", 1),
        ("7.2 Effect of Termination", 2),
        ("ARTICLE IV", 1),
        ("Schedule 2 - Fees and Charges", 1),
        ("3 DEFINITIONS", 1),
        ("10 South Wacker Drive, Suite 3400", 0),
        ("1. Paracetamol 500 mg four times a day", 0),
        ("2.5 mg daily", 0),
        ("7. The Supplier shall deliver.", 0),
        ("Section 5 of the Act applies", 0),
    ],
)
def test_numbered_headings_are_distinguished_from_numbered_sentences(line: str, level: int) -> None:
    assert numbered_level(line) == level
