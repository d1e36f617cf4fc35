"""What a file is follows from its content; what is not read is named, with what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.parsed.filetype import FileType, detect
from tests.ingest import files
from vault.errors import DamagedFile, EmptyFile, PasswordProtected, UnsupportedType

MAIL = b"Received: from x\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nbody"
MEMO = b"From: Ada\nTo: Ben\nDate: 4 March\nSubject: Leave\n\nPlease note."


def write(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into the folder."""
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_pdf_is_a_pdf_under_any_name(tmp_path: Path) -> None:
    assert detect(files.pdf(tmp_path / "letter.txt")) is FileType.PDF


def test_the_three_office_formats_are_detected_by_their_parts(tmp_path: Path) -> None:
    assert detect(files.word(tmp_path / "a.zip", ["x"])) is FileType.DOCX
    assert detect(files.slides(tmp_path / "b.docx")) is FileType.PPTX
    assert detect(files.workbook(tmp_path / "c.bin", [[1]])) is FileType.XLSX


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"<!DOCTYPE html><title>x</title>", FileType.HTML),
        ("a.md", b"\n<!-- x --><html><body>x", FileType.HTML),
        ("a.txt", MAIL, FileType.EML),
        ("memo.txt", MEMO, FileType.TEXT),
        ("memo.eml", MEMO, FileType.EML),
        ("a.md", b"# Title\n", FileType.MARKDOWN),
        ("a.csv", b"a,b\n1,2\n", FileType.CSV),
        ("a.tsv", b"a\tb\n", FileType.CSV),
        ("noname", b"Some words.", FileType.TEXT),
        ("a.txt", "Grüße".encode("utf-16"), FileType.TEXT),
        ("a.txt", "Grüße aus Köln".encode("utf-16-le"), FileType.TEXT),
        ("a.txt", "Grüße".encode("cp1252"), FileType.TEXT),
        ("a.txt", b"MZ is how this text begins.", FileType.TEXT),
    ],
)
def test_kinds_of_text_are_detected_by_content_and_then_by_name(
    tmp_path: Path, name: str, content: bytes, kind: FileType
) -> None:
    assert detect(write(tmp_path, name, content)) is kind


def test_a_stored_file_is_detected_by_its_original_name(tmp_path: Path) -> None:
    assert detect(write(tmp_path, "0a1b2c", b"# Title"), "notes.MD") is FileType.MARKDOWN


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"GIF89a\x01\x00", "GIF"),
        (b"MZ\x90\x00\x03\x00", "program"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7-Zip"),
        (b'x\x9f>"\x01\x00\x06\x90', r"winmail.*Load the message that it came with"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_an_unsupported_file_is_named_in_the_message(tmp_path: Path, content: bytes, expected: str) -> None:
    with pytest.raises(UnsupportedType, match=expected):
        detect(write(tmp_path, "a.pdf", content))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{\\rtf1 x}", FileType.RTF),
        (b"\x89PNG\r\n\x1a\n\x00\x00", FileType.PNG),
        (b"\xff\xd8\xff\xe0\x00", FileType.JPEG),
        (b"II*\x00\x08\x00", FileType.TIFF),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", FileType.WEBP),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", FileType.HEIC),
        (b"\x00\x00\x00\x1cftypavif\x00\x00", FileType.HEIC),
        (b"!BDN\x00\x00\x00\x00", FileType.PST),
        (b"<?xml version='1.0'?><a/>", FileType.XML),
        (b"From a@b.example Mon Mar  4 09:30:00 2024\n" + MAIL, FileType.MBOX),
        (files.compound({"WordDocument": b"\0" * 4096}), FileType.DOC),
        (files.compound({"Workbook": b"\0" * 4096}), FileType.XLS),
        (files.compound({"PowerPoint Document": b"\0" * 4096}), FileType.PPT),
    ],
)
def test_a_type_is_detected_by_content_whatever_the_name(
    tmp_path: Path, content: bytes, kind: FileType
) -> None:
    assert detect(write(tmp_path, "a.pdf", content)) is kind


def test_an_old_word_file_says_that_it_is_encrypted(tmp_path: Path) -> None:
    content = files.compound({"WordDocument": b"\0" * 11 + b"\x01" + b"\0" * 4084})
    with pytest.raises(PasswordProtected, match="again with its password"):
        detect(write(tmp_path, "a.doc", content))


def test_an_outlook_message_is_distinguished_from_other_compound_files(tmp_path: Path) -> None:
    content = files.compound({"__properties_version1.0": b"\0" * 4096})
    assert detect(write(tmp_path, "a.doc", content)) is FileType.MSG


def test_an_encrypted_office_file_needs_its_password(tmp_path: Path) -> None:
    with pytest.raises(PasswordProtected, match="again with its password"):
        detect(files.encrypted_office(tmp_path / "a.docx"))


def test_an_empty_file_is_empty_and_a_cut_zip_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile):
        detect(write(tmp_path, "a.pdf", b""))
    complete = files.word(tmp_path / "a.docx", ["x"]).read_bytes()
    with pytest.raises(DamagedFile, match="cut off"):
        detect(write(tmp_path, "b.docx", complete[: len(complete) // 2]))
