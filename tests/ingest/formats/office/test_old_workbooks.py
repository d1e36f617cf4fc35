"""Old workbooks (xls): text boxes, running lines, titles of charts and pictures beside the values."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.formats.office.xls_drawings import beside_cells
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.ingest.files import compound
from tests.ingest.formats.pictures.test_words import png
from tests.ingest.other_files import page_picture
from vault.records import ElementKind

LIMITS = ParseLimits()
SLIP = png(page_picture("Ferritin 212").crop((80, 40, 320, 280)))


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record."""
    return struct.pack("<HH", kind, len(content)) + content


def drawn(flags: int, kind: int, content: bytes) -> bytes:
    """Return a record of a drawing."""
    return struct.pack("<HHI", flags, kind, len(content)) + content


def pictures(*held: bytes) -> bytes:
    """Return the records that hold pictures, cut where a record would be too long."""
    entries = b"".join(
        drawn(0x0002, 0xF007, b"\0" * 36 + drawn(0x06E0, 0xF01E, b"\0" * 17 + one)) for one in held
    )
    whole = drawn(0x000F, 0xF000, drawn(0x000F, 0xF001, entries))
    first, *more = (whole[start : start + 8000] for start in range(0, len(whole), 8000))
    return record(0x00EB, first) + b"".join(record(0x003C, one) for one in more)


def wide(text: str) -> bytes:
    """Return a text of two bytes a character."""
    return b"\x01" + text.encode("utf-16-le")


def workbook(path: Path, *held: bytes) -> Path:
    """Make a workbook with one sheet, which has a box, a chart, a header and a footer."""
    bof = struct.pack("<HHHHII", 0x0600, 5, 0x1000, 1997, 0, 6)
    header, footer, title = "&CFile 2023/77", "&LPell &P", "Fees of both sites"
    box = "Agreed with the ward – Ida"
    sheet = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0x1000, 1997, 0, 6))
        + record(0x0014, struct.pack("<H", len(header)) + b"\0" + header.encode())
        + record(0x0015, struct.pack("<H", len(footer)) + b"\0" + footer.encode())
        + record(0x0204, struct.pack("<HHHH", 0, 0, 0, 4) + b"\0Site")
        + record(0x0203, struct.pack("<HHHd", 1, 0, 0, 40.5))
        + record(0x005D, struct.pack("<HHHHHIIIHH", 0x15, 0x12, 6, 1, 0x6011, 0, 0, 0, 0, 0))
        + record(0x01B6, struct.pack("<HHHHHHHI", 0x212, 0, 0, 0, 0, len(box), 16, 0))
        + record(0x003C, wide(box[:10])) + record(0x003C, wide(box[10:])) + record(0x003C, bytes(16))
        + record(0x100D, struct.pack("<HB", 0, len(title)) + b"\0" + title.encode())
        + record(0x000A)
    )  # fmt: skip
    entry = b"\0\0" + bytes([4]) + b"\0Fees"
    head = record(0x0809, bof) + (pictures(*held) if held else b"")
    place = len(head) + 4 + 4 + len(entry) + 4
    globals_ = head + record(0x0085, struct.pack("<I", place) + entry) + record(0x000A)
    path.write_bytes(compound({"Workbook": (globals_ + sheet).ljust(4096, b"\0")}))
    return path


def test_boxes_charts_and_running_lines_are_read_beside_the_values(tmp_path: Path) -> None:
    with Parser() as parser:
        (page,) = parser.parse(workbook(tmp_path / "a.xls")).pages
    kinds = {page.text[e.start : e.end]: e.kind for e in page.elements}
    assert kinds["File 2023/77"] is ElementKind.PAGE_HEADER
    assert kinds["Pell"] is ElementKind.PAGE_FOOTER
    assert {"Agreed with the ward – Ida", "Fees of both sites", "40.5"} <= set(kinds)


@pytest.mark.slow
def test_words_of_a_picture_are_read_and_a_broken_one_is_named(tmp_path: Path) -> None:
    document = read(workbook(tmp_path / "a.xls", SLIP, SLIP[:200]), LIMITS)
    assert "Ferritin 212" in document.pages[0].text
    assert [part.what for part in document.unread] == ["Picture"]


def test_pictures_are_taken_out_whole_over_several_records(tmp_path: Path) -> None:
    large = SLIP + bytes(range(256)) * 80
    assert beside_cells(workbook(tmp_path / "a.xls", large, SLIP))[1] == [large, SLIP]


def test_what_is_no_workbook_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"no workbook")
    assert beside_cells(path) == ({}, [])
