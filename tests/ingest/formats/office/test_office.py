"""Word, PowerPoint and Excel: exact text, styles as headings, cells as the sheet shows them."""

from __future__ import annotations

import datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from ingest.formats.structure.cell_value import cell_text
from ingest.parsed.limits import ParseLimits
from tests.first_use import FirstUse
from tests.ingest import files
from vault.errors import DamagedFile, NoText, TooLarge
from vault.records import ElementKind, Page

word_format = FirstUse("ingest.formats.office.docx")
slides_format = FirstUse("ingest.formats.office.pptx")
sheet_format = FirstUse("ingest.formats.office.xlsx")
LIMITS = ParseLimits()


def parts(page: Page) -> list[tuple[ElementKind, int, str]]:
    """Return (kind, level, text) of the elements of a page."""
    return [(e.kind, e.level, page.text[e.start : e.end]) for e in page.elements]


def test_a_word_document_keeps_its_styles_lists_and_tables(tmp_path: Path) -> None:
    parsed = word_format.read(files.word(tmp_path / "a.docx"), LIMITS)
    assert parsed.title == "Discharge Summary"
    assert parts(parsed.pages[0]) == [
        (ElementKind.PAGE_HEADER, 0, "Ward 7"),
        (ElementKind.HEADING, 1, "Discharge Summary"),
        (ElementKind.PARAGRAPH, 0, "The patient was admitted with chest pain."),
        (ElementKind.HEADING, 2, "Medication"),
        (ElementKind.LIST_ITEM, 0, "Aspirin 75 mg once daily"),
        (ElementKind.TABLE_HEADER, 0, "Test | Result | Unit"),
        (ElementKind.TABLE_ROW, 0, "Potassium | 5.9 | mmol/L"),
        (ElementKind.TABLE_ROW, 0, "Sodium |  | mmol/L"),
        (ElementKind.PAGE_FOOTER, 0, "Confidential"),
    ]


def test_a_contract_without_styles_still_has_its_clauses_as_headings(tmp_path: Path) -> None:
    path = files.word(tmp_path / "a.docx", ["LEASE", "1. Term", "Five years.", "1.1 Early End", "None."])
    page = word_format.read(path, LIMITS).pages[0]
    assert [(level, text) for kind, level, text in parts(page) if kind is ElementKind.HEADING] == [
        (1, "LEASE"),
        (1, "1. Term"),
        (2, "1.1 Early End"),
    ]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The fee is ")
    for tag, inner, text in (("w:del", "w:delText", "100"), ("w:ins", "w:t", "250")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    document.save(str(tmp_path / "a.docx"))
    parsed = word_format.read(tmp_path / "a.docx", LIMITS)
    assert parsed.pages[0].text == "The fee is 250\n\nDeleted by an unnamed person: 100"
    assert "tracked changes" in parsed.warnings[0]


def test_comments_are_notes_with_their_author(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The dose is 5 mg.")
    document.add_comment(paragraph.runs, text="Check with pharmacy.", author="Dr Ng")
    document.save(str(tmp_path / "a.docx"))
    page = word_format.read(tmp_path / "a.docx", LIMITS).pages[0]
    assert parts(page)[-1] == (ElementKind.NOTE, 0, "Comment by Dr Ng: Check with pharmacy.")


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    with pytest.raises(NoText, match="print it to PDF"):
        word_format.read(tmp_path / "a.docx", LIMITS)


def test_a_zip_bomb_is_too_large_and_an_entity_bomb_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="unpacks"):
        word_format.read(files.zip_bomb(tmp_path / "a.docx"), LIMITS)
    with pytest.raises(DamagedFile, match="entities"):
        word_format.read(files.entity_bomb(tmp_path / "b.docx"), LIMITS)


def test_slides_are_pages_and_speaker_notes_are_marked(tmp_path: Path) -> None:
    parsed = slides_format.read(files.slides(tmp_path / "a.pptx"), LIMITS)
    assert parsed.title == "Case Review"
    assert [page.label for page in parsed.pages] == ["Slide 1", "Slide 2", "Slide 3"]
    assert parts(parsed.pages[1]) == [
        (ElementKind.HEADING, 1, "Findings"),
        (ElementKind.PARAGRAPH, 0, "The lesion had grown."),
        (ElementKind.NOTE, 0, "Speaker notes: Mention the biopsy."),
    ]
    assert parsed.pages[2].text == ""


def test_a_sheet_shows_numbers_and_dates_as_people_see_them(tmp_path: Path) -> None:
    rows = [
        ["Test", "Value", "Taken"],
        ["Potassium", 5.8999999999999995, datetime.datetime(2024, 3, 4)],
        ["Creatinine", 71, datetime.datetime(2024, 3, 4, 9, 30)],
        [],
        ["Sodium", None, datetime.date(2024, 3, 5)],
    ]
    path = files.workbook(tmp_path / "a.xlsx", rows, {"B3": "0.00"})
    page = sheet_format.read(path, LIMITS).pages[0]
    assert page.label == "Sheet Haematology"
    assert page.text.split("\n") == [
        "Test | Value | Taken",
        "Potassium | 5.9 | 2024-03-04",
        "Creatinine | 71.00 | 2024-03-04 09:30",
        "Sodium |  | 2024-03-05",
    ]
    assert [e.kind for e in page.elements] == [ElementKind.TABLE_HEADER] + [ElementKind.TABLE_ROW] * 3


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.125, "0.0%", "12.5%"),
        (-3.5, "0.00;(0.00)", "(3.50)"),
        (99.5, '"$"#,##0.00', "$99.50"),
        (99.5, "[$€-407] #,##0.00", "€99.50"),
        (7, "000", "007"),
        (2.5, "0.##", "2.5"),
        (True, "General", "TRUE"),
        (datetime.time(8, 5), "h:mm", "08:05"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (1e20, "General", "1e+20"),
        (0.000012, "General", "0.000012"),
    ],
)
def test_common_number_formats(value: object, number_format: str, text: str) -> None:
    assert cell_text(value, number_format) == text


def test_hidden_sheets_are_read_with_a_warning(tmp_path: Path) -> None:
    import openpyxl

    path = files.workbook(tmp_path / "a.xlsx", [["visible"]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Costs").append(["secret margin"])
    book["Costs"].sheet_state = "hidden"
    book.save(path)
    parsed = sheet_format.read(path, LIMITS)
    assert parsed.pages[1].text == "secret margin"
    assert "Costs" in parsed.warnings[0]
