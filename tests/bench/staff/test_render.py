"""The product reads every file that is made of a staff document, with all its words."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from bench.staff.document import SUFFIXES
from bench.staff.layout import Rules, layout_of
from bench.staff.render_pdf import wide_font
from tests.bench.staff.made import read_back, staff_document
from vault.records import ElementKind


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w.,@°µ-]*\w", text))


def file_with(suffix: str, rules: Rules, *, form_lines: bool = False) -> str:
    """The first name whose layout is this one."""
    names = (f"letter {number}{suffix}" for number in range(100))
    return next(n for n in names if layout_of(n).rules is rules and layout_of(n).form_lines is form_lines)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("rules", Rules)
def test_all_words_are_read_back(suffix: str, rules: Rules, tmp_path: Path) -> None:
    document = staff_document(file_with(suffix, rules, form_lines=rules is Rules.ROWS))
    parsed = read_back(document, tmp_path)
    read = words(" ".join(page.text for page in parsed.pages))
    assert words(" ".join(document.words())) - read == set()
    assert parsed.unreadable_pages == ()


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_a_page_is_a_page_of_the_file(suffix: str, tmp_path: Path) -> None:
    long = [{"text": f"Paragraph {number} of a page that is far too long. " * 6} for number in range(40)]
    pages = [long, [{"heading": "Second"}], [{"text": "Third page."}]]
    parsed = read_back(staff_document(f"report{suffix}", pages), tmp_path)
    assert len(parsed.pages) == 3
    assert "Paragraph 39" in parsed.pages[0].text
    assert "Second" in parsed.pages[1].text
    assert "Third page." in parsed.pages[2].text


@pytest.mark.parametrize(("rules", "marked"), [(Rules.ALL, True), (Rules.NONE, False)])
def test_a_table_of_a_pdf_has_rules_or_none(rules: Rules, marked: bool, tmp_path: Path) -> None:
    document = staff_document(file_with(".pdf", rules))
    (page,) = read_back(document, tmp_path).pages
    # The product finds both.
    assert ElementKind.TABLE_ROW in {element.kind for element in page.elements}
    with pypdfium2.PdfDocument(tmp_path / document.file) as drawn:
        assert any(drawn[0].get_objects([FPDF_PAGEOBJ_PATH])) is marked


@pytest.mark.slow
def test_a_wide_table_keeps_its_words_whole(tmp_path: Path) -> None:
    row = [f"Polymyositis{number}" for number in range(14)]
    (page,) = read_back(staff_document("wide.pdf", [[{"table": [row, row]}]]), tmp_path).pages
    assert set(row) <= words(page.text)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".eml", ".txt", ".html", ".pdf"])
def test_a_tick_box_shows_whether_it_is_ticked(suffix: str, tmp_path: Path) -> None:
    text = " ".join(page.text for page in read_back(staff_document(f"form{suffix}"), tmp_path).pages)
    ticked, unticked = ("☒", "☐") if suffix != ".pdf" or wide_font() else ("[x]", "[ ]")
    assert f"{ticked} Consent signed" in text
    assert f"{unticked} Photographs taken" in text


def test_a_workbook_has_named_sheets_with_real_dates_and_numbers(tmp_path: Path) -> None:
    table = [["Date", "Value", "Number"], ["2024-05-13", "3.40", "007"], ["=later", "98", "-1.5"]]
    pages: list[list[dict[str, object]]] = [[{"sheet": "Bloods"}, {"heading": "Results"}, {"table": table}]]
    parsed = read_back(staff_document("bloods.xlsx", pages), tmp_path)
    assert parsed.pages[0].label == "Sheet Bloods"
    for text in ("2024-05-13", "3.40", "007", "=later", "98", "-1.5"):
        assert text in parsed.pages[0].text.split()
    sheet = openpyxl.load_workbook(tmp_path / "bloods.xlsx")["Bloods"]
    assert [cell.data_type for cell in sheet[3]] == ["d", "n", "s"]


def test_a_quoted_mail_keeps_its_marks_where_lines_are_broken(tmp_path: Path) -> None:
    text = "> " + "She wrote that the landlord would repair the boiler before the winter. " * 3
    document = staff_document("note.txt", [[{"text": text}]])
    (page,) = read_back(document, tmp_path).pages
    lines = (tmp_path / "note.txt").read_text().splitlines()
    assert len(lines) > 2
    assert all(line.startswith("> ") for line in lines if line)
    assert "landlord" in page.text


def test_the_same_document_gives_the_same_pdf(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        read_back(staff_document("letter.pdf"), tmp_path / name)
        files.append((tmp_path / name / "letter.pdf").read_bytes())
    assert files[0] == files[1]
