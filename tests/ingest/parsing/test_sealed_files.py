"""Files of an encrypted vault: the parser gets their plain bytes, and no plain file is written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.parsed.how_to_read import HowToRead
from ingest.parsing import parser as parser_module
from ingest.parsing.folder import memory_folder
from ingest.parsing.parser import Parser
from tests.ingest import files, locked, other_files
from tests.places import SAMPLES
from vault.errors import EmptyFile, FileUnreadable, ParseError, SealBroken
from vault.sealing.key import Key
from vault.sealing.stored_file import StoredFile
from vault.sealing.stream import SealingWriter

KEY = Key(bytes(range(32)))
MAKERS: dict[str, Callable[[Path], Path]] = {
    "epub": other_files.epub,
    "odt": other_files.letter_odt,
    "rtf": other_files.rtf,
    "mbox": other_files.mbox,
    "zip": lambda path: other_files.zipped(path, {"a.txt": "Words of a member."}),
    "message": lambda path: files.message(path, attachment=("a.txt", b"Words of an attachment.")),
    "bomb": files.zip_bomb,
    "locked": lambda path: locked.word(path, "sesame", "Words behind a password."),
}
SAMPLE_FILES = (
    "legal/court_order.pdf",
    "legal/lease_unit_7.docx",
    "legal/engagement_letter.html",
    "legal/due_diligence_ombrel.csv",
    "medical/anticoagulant_policy.pptx",
    "medical/lab_results_corrowan.xlsx",
    "medical/nursing_notes_corrowan.md",
)


def sealed(path: Path, folder: Path) -> StoredFile:
    """A sealed copy of a file."""
    copy = folder / "sealed"
    with copy.open("wb") as target:
        writer = SealingWriter(target, KEY)
        writer.write(path.read_bytes())
        writer.finish("original")
    return StoredFile(copy, KEY, "original")


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    """A parser of an encrypted vault."""
    with Parser(in_memory=True) as made:
        yield made


def outcome(parser: Parser, file: Path | StoredFile, name: str) -> object:
    """The parsed document, or what is said of a file that cannot be parsed."""
    try:
        return parser.parse(file, name=name, how=HowToRead(("sesame",)))
    except ParseError as error:
        return type(error), str(error)


@pytest.mark.parametrize("name", SAMPLE_FILES)
def test_a_sealed_sample_is_parsed_like_the_plain_one(name: str, parser: Parser, tmp_path: Path) -> None:
    path = SAMPLES / name
    document = parser.parse(path)
    assert document.pages
    assert outcome(parser, sealed(path, tmp_path), path.name) == document


@pytest.mark.parametrize("kind", MAKERS)
def test_a_sealed_file_of_any_kind_is_parsed_like_the_plain_one(
    kind: str, parser: Parser, tmp_path: Path
) -> None:
    path = MAKERS[kind](tmp_path / f"file.{kind}")
    assert outcome(parser, sealed(path, tmp_path), path.name) == outcome(parser, path, path.name)


def test_a_page_of_a_sealed_pdf_is_drawn_like_the_plain_one(parser: Parser, tmp_path: Path) -> None:
    path = SAMPLES / "legal/court_order.pdf"
    plain = parser.page_image(path, 1, [(0, 20)], width=600)
    assert parser.page_image(sealed(path, tmp_path), 1, [(0, 20)], width=600) == plain


def test_a_sealed_file_that_was_changed_is_refused_and_the_next_is_parsed(
    parser: Parser, tmp_path: Path
) -> None:
    path = SAMPLES / "legal/court_order.pdf"
    good = parser.parse(path)
    file = sealed(path, tmp_path)
    changed = bytearray(file.path.read_bytes())
    changed[-1] ^= 1
    file.path.write_bytes(changed)
    with pytest.raises(SealBroken, match="changed"):
        parser.parse(file, name=path.name)
    assert parser.parse(sealed(path, tmp_path), name=path.name) == good
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    with pytest.raises(EmptyFile):
        parser.parse(sealed(empty, tmp_path))
    with pytest.raises(FileUnreadable):
        parser.parse(StoredFile(tmp_path / "none", KEY))


def test_the_folder_of_the_parser_is_in_memory_and_keeps_nothing(parser: Parser, tmp_path: Path) -> None:
    if memory_folder() is None:
        pytest.skip("this system has no folder in memory")
    parser.parse(sealed(SAMPLES / "legal/court_order.pdf", tmp_path), name="a.pdf")
    assert parser._folder is not None
    assert parser._folder.path.parent == memory_folder()
    assert [path for path in parser._folder.path.rglob("*") if path.is_file()] == []


WITHOUT_MEMORY = """
import os

def refused(*_, **__):
    raise OSError({number}, "refused")

if hasattr(os, "memfd_create"):
    os.memfd_create = refused
"""


@pytest.mark.slow
def test_without_memory_files_the_plain_bytes_stay_in_the_folder_and_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(WITHOUT_MEMORY.format(number=errno.ENOSYS))
    given = parser_module.child_environment
    monkeypatch.setattr(
        parser_module,
        "child_environment",
        lambda folder: given(folder) | {"PYTHONPATH": f"{hooks}{os.pathsep}{given(folder)['PYTHONPATH']}"},
    )
    path = SAMPLES / "legal/court_order.pdf"
    with Parser(in_memory=True) as parser:
        document = parser.parse(path)
        assert parser.parse(sealed(path, tmp_path), name=path.name) == document
        assert parser._folder is not None
        assert list(parser._folder.path.iterdir()) == []
