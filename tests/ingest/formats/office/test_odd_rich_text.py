"""Rich text (RTF): pictures, embedded files and form fields are read, or named."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from tests.ingest.files import compound
from tests.ingest.formats.pictures.test_words import png
from tests.ingest.other_files import page_picture

SLIP = png(page_picture("Ferritin 212").crop((80, 40, 320, 280)))


def rich_text(folder: Path, body: bytes) -> ParsedDocument:
    """Read a file with this after its first words."""
    path = folder / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi The letter begins here. " + body + b"}")
    return read(path, ParseLimits())


def picture(how: bytes) -> bytes:
    """Return a picture as Word writes it, with a copy for old programs."""
    digits = b"\r\n".join(SLIP.hex()[start : start + 64].encode() for start in range(0, 2 * len(SLIP), 64))
    content = digits if how == b"digits" else rb"\bin%d " % len(SLIP) + SLIP
    shown = rb"{\*\shppict{\pict{\*\picprop{\sp{\sn x}{\sv 1}}}\pngblip\picw240\pich240 " + content + b"}}"
    return shown + rb"{\nonshppict{\pict\wmetafile8 " + b"0100090000" * 40 + b"}}"


@pytest.mark.parametrize("how", [b"digits", pytest.param(b"bytes", marks=pytest.mark.slow)])
def test_words_of_a_picture_are_read_in_digits_and_in_bytes(how: bytes, tmp_path: Path) -> None:
    document = rich_text(tmp_path, picture(how) + b" And it ends here.")
    assert "Ferritin 212" in document.pages[0].text
    assert document.pages[0].text.startswith("The letter begins here.  And it ends here.")
    assert not document.unread


def test_a_drawing_of_windows_is_named(tmp_path: Path) -> None:
    (part,) = rich_text(tmp_path, rb"{\pict\wmetafile8 " + b"010009000003" * 40 + b"}").unread
    assert part.what == "Picture" and "EMF or WMF" in part.why


def old_object(kind: bytes, content: bytes) -> bytes:
    """Return an embedded object with what stands in its place."""
    head = struct.pack("<II", 0x501, 2) + b"".join(
        struct.pack("<I", len(name)) + name for name in (kind + b"\0", b"", b"")
    )
    data = (head + struct.pack("<I", len(content)) + content).hex().encode()
    return rb"{\object\objemb{\*\objclass x}{\*\objdata " + data + rb"}{\result The lease, as a picture}}"


def test_an_embedded_file_is_a_document_and_its_place_is_read(tmp_path: Path) -> None:
    paths = b"lease.txt\0C:\\lease.txt\0\0\0\x03\0" + struct.pack("<I", 4) + b"C:\\\0"
    packed = b"\x02\0" + paths + struct.pack("<I", 10) + b"The lease."
    old = compound({"WordDocument": b"words".ljust(4096)})
    document = rich_text(tmp_path, old_object(b"Package", packed) + old_object(b"Word.Document.8", old))
    assert [one.name for one in document.attachments] == ["lease.txt", "embedded.doc"]
    assert document.attachments[0].content == b"The lease."
    assert "The lease, as a picture" in document.pages[0].text


def test_an_object_of_another_program_is_named(tmp_path: Path) -> None:
    (part,) = rich_text(tmp_path, old_object(b"Visio.Drawing", b"unknown")).unread
    assert part.what == "Embedded object"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (rb"\fftype1\ffres1", "☒ consent given"),
        (rb"\fftype1\ffres25\ffdefres0", "☐ consent given"),
        (rb"\fftype2\ffres1{\*\ffl Oak}{\*\ffl Maple}", "Maple consent given"),
        (rb"\fftype0", "consent given"),
    ],
)
def test_form_fields_show_their_tick_or_choice(field: bytes, expected: str, tmp_path: Path) -> None:
    body = (
        rb"\par {\field{\*\fldinst FORM{\*\formfield " + field + rb"{\*\ffname c}}}{\fldrslt }} consent given"
    )
    assert rich_text(tmp_path, body).pages[0].text.splitlines()[-1].strip() == expected
