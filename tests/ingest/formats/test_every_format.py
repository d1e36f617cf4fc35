"""Every format says what is read of it, and names what it holds and we do not read."""

from __future__ import annotations

import base64
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.formats import FORMATS, read
from ingest.formats.described import DESCRIBED, page
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from tests.ingest import files, other_files
from tests.ingest.formats.pictures.test_words import MAKERS, png

BROKEN = png(other_files.page_picture("Words"))[:90]
SMALL = ParseLimits(attachments=1, attachment_bytes=30)


def tar(path: Path) -> Path:
    """Make a tar archive with a link and two files."""
    other = path.parent / "words.txt"
    other.write_text("Words that are longer than thirty characters in all.")
    with tarfile.open(path, "w") as archive:
        archive.add(other, "words.txt")
    return path


def broken_in(kind: str) -> Callable[[Path], Path]:
    """Return a maker of files of this kind with a picture that is cut off."""
    return lambda path: MAKERS[kind](path, BROKEN)


def markdown(path: Path) -> Path:
    """Make a Markdown text with a picture that is cut off."""
    path.write_text(f"# Title\n\n![slip](data:image/png;base64,{base64.b64encode(BROKEN).decode()})\n")
    return path


def card(path: Path) -> Path:
    """Make a contact card with a photograph."""
    path.write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:Ida\nPHOTO;ENCODING=b:{'A' * 400}\nEND:VCARD\n")
    return path


def entry(path: Path) -> Path:
    """Make a calendar entry with a file inside."""
    held = "A" * 400
    path.write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Visit\nATTACH;ENCODING=BASE64;VALUE=BINARY:{held}\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    return path


LOSSES: dict[FileType, Callable[[Path], Path]] = {
    FileType.ODT: broken_in("odt"),
    FileType.EPUB: broken_in("epub"),
    FileType.HTML: broken_in("html"),
    FileType.MARKDOWN: markdown,
    FileType.EML: lambda path: files.message(path, attachment=("big.bin", b"x" * 99)),
    FileType.MBOX: lambda path: other_files.mbox(path, 3),
    FileType.ZIP: lambda path: other_files.zipped(path, {"a": "x" * 20, "b": "x" * 20}),
    FileType.TAR: tar,
    FileType.VCF: card,
    FileType.ICS: entry,
}
"""A maker for each format that needs nothing else to hold something that is not read."""
SUFFIXES = {FileType.MARKDOWN: "md"}


@pytest.mark.parametrize("kind", LOSSES)
def test_what_is_not_read_is_named(kind: FileType, tmp_path: Path) -> None:
    path = LOSSES[kind](tmp_path / f"a.{SUFFIXES.get(kind, kind.value)}")
    document = read(path, SMALL, path.name)
    assert document.media_type == kind.media_type
    assert document.all_unread, "nothing is named"
    assert all(part.what and part.why.endswith(".") for part in document.all_unread)


def test_every_format_is_described_and_read() -> None:
    assert set(DESCRIBED) == set(FORMATS) == set(FileType)


def test_the_page_on_formats_is_what_the_code_says() -> None:
    assert Path("docs/formats.md").read_text() == page() + "\n"
