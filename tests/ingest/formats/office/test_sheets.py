"""What a sheet shows beside its values: merged cells, hidden rows, text boxes, formulas without results."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from ingest.formats.office import xlsx
from ingest.formats.office.ooxml.sheet_layout import layout_of
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from ingest.parsing.pool import ParserPool
from tests.ingest import other_files

LIMITS = ParseLimits()


def read_sheet(path: Path, rows: list[list[object]], merged: str = "", hidden: int = 0) -> ParsedDocument:
    """Read a workbook with these rows, a merged range and a hidden row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Fees"
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    if hidden:
        sheet.row_dimensions[hidden].hidden = True
        sheet.column_dimensions["B"].hidden = True
    book.save(path)
    return xlsx.read(path, LIMITS)


def test_a_cell_that_is_merged_over_rows_holds_in_each_of_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Ward", "Shift", "Staff"],
        ["North", "day", 6],
        [None, "night", 3],
        ["South", "day", 4],
    ]
    document = read_sheet(tmp_path / "a.xlsx", rows, merged="A2:A3")
    assert document.pages[0].text.split("\n")[1:] == [
        "North | day | 6",
        "North | night | 3",
        "South | day | 4",
    ]


def test_hidden_rows_and_columns_are_read_and_named(tmp_path: Path) -> None:
    document = read_sheet(tmp_path / "a.xlsx", [["Item", "Cost"], ["Ink", 4], ["Bribe", 900]], hidden=3)
    assert "Bribe | 900" in document.pages[0].text
    assert document.warnings == (
        "Hidden rows of sheet Fees were read too: 3.", "Hidden columns of sheet Fees were read too: B.",
    )  # fmt: skip


@pytest.mark.slow
def test_formulas_without_results_are_computed_in_the_sandbox_and_said_to_be(
    tmp_path: Path, parsers: ParserPool
) -> None:
    rows: list[list[object]] = [
        ["Clerk", "Days", "Rate", "Pay"],
        ["Ada", 7, 130, "=B2*C2"],
        ["Sum", None, None, "=SUM(D2:D2)+1"],
    ]
    read_sheet(tmp_path / "a.xlsx", rows)
    parser = parsers.take()
    document = parser.parse(tmp_path / "a.xlsx")
    parsers.give_back(parser)
    assert "Ada | 7 | 130 | 910" in document.pages[0].text
    assert document.pages[0].text.endswith("without results: D2, D3.")
    assert document.unread == ()


@pytest.mark.parametrize("formula", ["=TODAY()", "=NOSUCHFUNCTION(A2)", "=1/0"])
def test_formulas_that_cannot_be_computed_are_named(formula: str, tmp_path: Path) -> None:
    document = read_sheet(tmp_path / "a.xlsx", [["Name", "Value"], ["Ada", formula]])
    (part,) = document.unread
    assert (part.what, part.where, part.words) == ("Formulas", "sheet Fees, B2", True)
    assert "Computed" not in document.pages[0].text


def test_a_stored_result_is_taken_as_it_is(tmp_path: Path) -> None:
    xml = b'<c r="D2"><f>B2*C2</f><v>5</v></c><c r="D3"><f>SUM(D2)</f></c><c r="D4"><f si="0"/><v/></c>'
    assert layout_of(xml).unstored == (("D3", "SUM(D2)"), ("D4", ""))


def test_a_text_box_on_a_sheet_is_read(tmp_path: Path) -> None:
    read_sheet(tmp_path / "a.xlsx", [["Name"], ["Ada"]])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    members["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="../drawings/drawing1.xml"/></Relationships>'
    ).encode()
    members["xl/drawings/drawing1.xml"] = (
        b'<d xmlns:a="x"><a:txBody><a:p><a:r><a:t>Figures are </a:t></a:r><a:r><a:t>provisional.</a:t></a:r>'
        b"</a:p></a:txBody></d>"
    )
    document = xlsx.read(other_files.zipped(tmp_path / "b.xlsx", members), LIMITS)
    assert "Figures are provisional." in document.pages[0].text
