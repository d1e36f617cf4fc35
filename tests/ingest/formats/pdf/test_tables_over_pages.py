"""Tables that go on over pages are one table: columns kept, header repeated or not, rows on their page."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from ingest.annotation.annotate import annotate
from ingest.formats import read
from ingest.parsed.limits import ParseLimits

HEADER = ["Date", "Payee", "Amount"]
ROWS = [[f"{n % 28 + 1:02} March 2023", f"Payee {chr(65 + n % 26)}{n}", f"{n * 7 + 3}.50"] for n in range(90)]
STYLES = {
    "grid": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "rules between rows": [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black),
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black),
    ],
    "white space": [],
}


@pytest.mark.parametrize("repeated", [1, 0], ids=["header repeated", "header once"])
@pytest.mark.parametrize("style", STYLES)
def test_a_table_over_pages_is_one(style: str, repeated: int, tmp_path: Path) -> None:
    look = TableStyle([("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"), *STYLES[style]])
    table = Table([HEADER, *ROWS], colWidths=[130, 180, 90], style=look, repeatRows=repeated)
    before = Paragraph("Payments of the trust in March 2023.", getSampleStyleSheet()["BodyText"])
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build([before, table])
    pages = read(tmp_path / "a.pdf", ParseLimits()).pages
    assert len(pages) == 3
    annotation = annotate("0" * 64, "a.pdf", "", pages)
    (made,) = annotation.tables
    assert list(made.columns) == HEADER and made.rows == len(ROWS)
    rows = [one for one in annotation.sentences if one.row is not None]
    assert [[cell.text for cell in one.cells] for one in rows] == ROWS
    assert all([cell.column for cell in one.cells] == HEADER for one in rows)
    for one in rows:
        assert pages[one.span.page - 1].text[one.span.start : one.span.end] == one.text
    assert {one.span.page for one in rows} == {1, 2, 3}
