"""Binary workbooks (xlsb): values, comments, text boxes and hidden sheets."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.formats.office.ooxml.binary_parts import binary_comments
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.ingest.other_files import zipped
from vault.errors import DamagedFile

LIMITS = ParseLimits()
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOX = (
    '<d:wsDr xmlns:d="d" xmlns:a="a"><d:sp><d:txBody><a:p><a:r><a:t>Agreed with the ward.</a:t></a:r></a:p>'
    "</d:txBody></d:sp></d:wsDr>"
)


def record(number: int, content: bytes = b"") -> bytes:
    """Return a record: its number and its length in seven bits a byte, then its content."""
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    length = len(content)
    return head + bytes([length & 0x7F | 0x80, length >> 7]) + content


def text(words: str) -> bytes:
    """Return a text with its length."""
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def sheet(rows: list[list[str | float]]) -> bytes:
    """Return a sheet with these rows."""
    content = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, 3)) + record(145)
    for number, row in enumerate(rows):
        content += record(0, struct.pack("<II", number, 0) + b"\0" * 9)
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            is_text = isinstance(value, str)
            content += (
                record(6, place + text(value)) if is_text else record(5, place + struct.pack("<d", value))
            )
    return content + record(146) + record(130)


def relations(*targets: tuple[str, str]) -> str:
    """Return relations as (kind, target)."""
    lines = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def workbook(path: Path) -> Path:
    """Make a workbook with a sheet, a hidden one, a comment and a text box."""
    sheets = b"".join(
        record(156, struct.pack("<II", hidden, number) + text(f"r{number}") + text(name))
        for number, (name, hidden) in enumerate((("Fees", 0), ("Rates", 1)), 1)
    )
    comments = (
        record(628) + record(630) + record(632, text("Ida Pell")) + record(631) + record(633)
        + record(635, struct.pack("<IIIII", 0, 1, 1, 27, 27) + b"\0" * 16)
        + record(637, b"\0" + text("Ida Pell:\nAsk the bursar.")) + record(636) + record(634) + record(629)
    )  # fmt: skip
    return zipped(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": record(131) + record(143) + sheets + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": relations(
                ("worksheet", "worksheets/sheet1.bin"), ("worksheet", "worksheets/sheet2.bin")
            ),
            "xl/worksheets/sheet1.bin": sheet([["Service", "Fee"], ["Survey", 40.5], ["Visit", 12.0]]),
            "xl/worksheets/sheet2.bin": sheet([["Rate for nights"]]),
            "xl/worksheets/_rels/sheet1.bin.rels": relations(
                ("comments", "../comments1.bin"), ("drawing", "../drawings/drawing1.xml")
            ),
            "xl/comments1.bin": comments,
            "xl/drawings/drawing1.xml": _BOX,
        },
    )


def test_a_binary_workbook_is_read_with_comments_and_text_boxes(tmp_path: Path) -> None:
    with Parser() as parser:
        document = parser.parse(workbook(tmp_path / "a.xlsb"))
    fees, rates = document.pages
    assert (fees.label, rates.label) == ("Sheet Fees", "Sheet Rates")
    assert "Service | Fee\nSurvey | 40.5\nVisit | 12" in fees.text
    assert "AB2" in fees.text and "Ida Pell: Ask the bursar." in fees.text
    assert "Agreed with the ward." in fees.text
    assert rates.text == "Rate for nights"
    assert any("Rates" in warning for warning in document.warnings)
    assert not document.all_unread


def test_a_binary_workbook_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsb")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(DamagedFile):
        read(path, LIMITS)


def test_records_that_are_cut_off_end_the_comments(tmp_path: Path) -> None:
    import zipfile

    path = zipped(
        tmp_path / "a.zip",
        {"s/_rels/a.bin.rels": relations(("comments", "c.bin")), "s/c.bin": b"\xfb\x04\x09"},
    )
    with zipfile.ZipFile(path) as archive:
        assert list(binary_comments(archive, "s/a.bin")) == []
