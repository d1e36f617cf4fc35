"""Damage that loses words while the rest can be read is named, or what it hides is read all the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.formats.pdf.damage import damaged_parts
from ingest.parsed.limits import ParseLimits
from tests.ingest import files, other_files
from tests.ingest.formats.transcript.made import transcript_pdf

LIMITS = ParseLimits()
MAIL = (
    "From: una@survey.example\nSubject: Inspection\nMIME-Version: 1.0\n"
    'Content-Type: multipart/mixed; boundary="====7"\n\n{preamble}{first}\n'
    "Content-Type: text/plain\n\nThe boiler leaks.\n--====7\nContent-Type: text/plain\n\nThe lift is sound.\n"
    "--====7--\n"
)


def damaged(path: Path, number: int) -> Path:
    """Change bytes in the middle of a packed stream of a PDF, counted from 0."""
    content = bytearray(path.read_bytes())
    place = [found.end() for found in re.finditer(rb"[^d]stream\r?\n", bytes(content))][number]
    content[place + 30 : place + 34] = b"!!!!"
    path.write_bytes(content)
    return path


def test_a_page_of_a_pdf_that_breaks_off_is_named(tmp_path: Path) -> None:
    whole = files.pdf(tmp_path / "a.pdf")
    assert read(whole, LIMITS).unread == ()
    (part,) = read(damaged(whole, 0), LIMITS).unread
    assert part.words and "damaged" in part.why


@pytest.mark.parametrize(
    "make", [files.pdf, files.form_pdf, files.scanned_pdf, transcript_pdf, files.drawing_pdf]
)
def test_a_whole_pdf_has_no_damaged_part(make: object, tmp_path: Path) -> None:

    path = tmp_path / "a.pdf"
    assert callable(make)
    make(path, "x") if make is files.form_pdf else make(path)
    assert damaged_parts(path) == []


def test_a_part_of_a_message_whose_divider_is_damaged_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(MAIL.format(preamble="", first="--=#==7"))
    text = read(path, LIMITS, path.name).pages[0].text
    assert "The boiler leaks." in text and "The lift is sound." in text


def test_a_remark_for_old_mail_programs_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(MAIL.format(preamble="This is a message in MIME format.\n", first="--====7"))
    text = read(path, LIMITS, path.name).pages[0].text
    assert "The boiler leaks." in text and "MIME format" not in text


def test_files_that_the_list_of_an_archive_has_lost_are_named(tmp_path: Path) -> None:
    path = other_files.zipped(tmp_path / "a.zip", {"a.txt": "One.", "b.txt": "Two."})
    content = bytearray(path.read_bytes())
    entry = content.find(b"PK\x01\x02")
    length = int.from_bytes(content[entry + 32 : entry + 34], "little")
    following = content.find(b"PK\x01\x02", entry + 4)
    end = content.find(b"PK\x05\x06")
    content[entry + 32 : entry + 34] = (length + end - following).to_bytes(2, "little")
    path.write_bytes(content)
    document = read(path, LIMITS)
    assert [one.name for one in document.attachments] == ["a.txt"]
    assert next(map(str, document.unread)).startswith("1 of the files inside")


def test_a_line_of_hl7_that_is_no_segment_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.hl7"
    path.write_text("MSH|^~\\&|LAB|NORTH\rPID|1||70||Vaughan^Emrys\rOB#1|NM|Potassium||5.9|mmol\r")
    text = read(path, LIMITS).pages[0].text
    assert "Potassium" in text and "Emrys Vaughan" in text
