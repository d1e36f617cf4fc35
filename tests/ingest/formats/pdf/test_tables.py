"""Tables on PDF pages: rows and headers are found between rules, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ingest.formats.pdf import pdf
from ingest.parsed.limits import ParseLimits
from vault.records import ElementKind, Page

CELLS = [
    ["Medicine", "Dose", "Status"],
    ["Digoxin", "125\nmicrograms", "new"],
    ["Ramipril", "5 mg", "withheld"],
    ["Apixaban", "5 mg", "unchanged"],
]
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
BOLD = ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")
ROWS = TableStyle(
    [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, "black")]
)
THREE_RULES = TableStyle(
    [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ]
)


def read(path: Path, *story: Flowable) -> Page:
    """Make a PDF with this content and return its first page."""
    SimpleDocTemplate(str(path), pagesize=A4).build(list(story))
    return pdf.read(path, ParseLimits()).pages[0]


def texts_of(page: Page, kind: ElementKind) -> list[str]:
    """Return the texts of the elements of a kind."""
    return [" ".join(page.text[e.start : e.end].split()) for e in page.elements if e.kind is kind]


def prose(text: str) -> Paragraph:
    """Make a paragraph of body text."""
    return Paragraph(text, getSampleStyleSheet()["BodyText"])


@pytest.mark.parametrize(
    "style", [GRID, ROWS, THREE_RULES], ids=["grid", "a rule under each row", "three rules"]
)
def test_rows_and_header_of_a_ruled_table_are_found(tmp_path: Path, style: TableStyle) -> None:
    table = Table(CELLS, colWidths=[150, 100, 100], style=TableStyle([BOLD], parent=style))
    page = read(
        tmp_path / "a.pdf", prose("He takes these."), table, Spacer(1, 20), prose("He stopped smoking.")
    )
    assert texts_of(page, ElementKind.TABLE_HEADER) == ["Medicine Dose Status"]
    rows = texts_of(page, ElementKind.TABLE_ROW)
    assert [row.split()[0] for row in rows] == ["Digoxin", "Ramipril", "Apixaban"]
    assert "125" in rows[0] and "micrograms" in rows[0] and "micrograms" not in rows[1]
    assert {"He takes these.", "He stopped smoking."} <= set(texts_of(page, ElementKind.PARAGRAPH))


def test_marking_a_table_does_not_change_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(tmp_path / "a.pdf", Table(CELLS, style=GRID))
    monkeypatch.setattr(pdf, "mark_tables", lambda *_: None)
    assert pdf.read(tmp_path / "a.pdf", ParseLimits()).pages[0].text == page.text


def test_rules_around_prose_do_not_make_a_table(tmp_path: Path) -> None:
    story: list[Flowable] = []
    for number in range(5):
        story += [HRFlowable(width="100%"), Spacer(1, 8), prose(f"Clause {number} binds both parties.")]
    page = read(tmp_path / "a.pdf", *story, HRFlowable(width="100%"))
    assert texts_of(page, ElementKind.TABLE_ROW) == texts_of(page, ElementKind.TABLE_HEADER) == []


def test_a_title_below_the_rule_of_the_page_header_is_not_a_row(tmp_path: Path) -> None:
    table = Table(CELLS, colWidths=[150, 150, 150], style=GRID)
    page = read(tmp_path / "a.pdf", HRFlowable(width=450), prose("Discharge summary"), Spacer(1, 9), table)
    assert "Discharge summary" not in texts_of(page, ElementKind.TABLE_ROW) + texts_of(
        page, ElementKind.TABLE_HEADER
    )
    assert len(texts_of(page, ElementKind.TABLE_ROW)) >= 3


def test_a_table_without_a_row_of_names_has_no_header(tmp_path: Path) -> None:
    cells = [["Sodium 140", "mmol/L"], ["Potassium 5.9", "mmol/L"], ["Urea 9.1", "mmol/L"]]
    page = read(tmp_path / "a.pdf", Table(cells, colWidths=[150, 150], style=GRID))
    assert texts_of(page, ElementKind.TABLE_HEADER) == []
    assert len(texts_of(page, ElementKind.TABLE_ROW)) == 3
