"""Word and PowerPoint files before 2007: read with LibreOffice, or refused if it is not installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ingest.formats import format_of
from ingest.formats.office import program
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.ingest import files
from tests.waiting import PATIENCE
from vault.errors import DamagedFile, UnsupportedType

OFFICE = program.office_program()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def converted(path: Path, suffix: str) -> Path:
    """Convert the file to its old form with LibreOffice, outside the sandbox."""
    for _ in range(2):  # the first start makes a profile and ends
        subprocess.run(
            [str(OFFICE), f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless",
             "--convert-to", suffix, "--outdir", str(path.parent), str(path)],
            check=False, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
    return path.with_suffix(f".{suffix}")


@needs_office
def test_an_old_word_file_is_read_in_the_sandbox_and_leaves_nothing_behind(tmp_path: Path) -> None:
    old = converted(files.word(tmp_path / "a.docx"), "doc")
    before = set(program.SOCKETS.glob("OSL_PIPE*"))
    with Parser() as parser:
        document = parser.parse(old)
    assert document.media_type == "application/msword"
    assert "Potassium | 5.9 | mmol/L" in document.pages[0].text
    assert set(program.SOCKETS.glob("OSL_PIPE*")) <= before


@needs_office
def test_a_broken_old_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(files.compound({"WordDocument": b"\0" * 4096}))
    with Parser() as parser, pytest.raises(DamagedFile, match="LibreOffice"):
        parser.parse(path)


def test_without_libreoffice_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.formats.office.office_binary.office_program", lambda: None)
    path = tmp_path / "a.doc"
    path.write_bytes(files.compound({"WordDocument": b"\0" * 4096}))
    with pytest.raises(UnsupportedType, match="Install LibreOffice"):
        format_of(FileType.DOC).read(path, ParseLimits())
