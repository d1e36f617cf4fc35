"""Passwords that are given with a job open its files, and are kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.parsed.how_to_read import HowToRead, checked_passwords
from ingest.parsing.parser import Parser
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from ingest.report import IngestReport
from tests.ingest import files, locked
from vault.embedding.embedder import Embedder
from vault.errors import PasswordProtected, RequestInvalid
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection

SECRET = "Zwölf-Bäume 1744"
WORDS = "The orchard is let to Mr Falk."

Run = Callable[..., IngestReport]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A PDF, a Word file and an archive, all with the same password."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    files.pdf(folder / "lease.pdf", password=SECRET)
    locked.word(folder / "letter.docx", SECRET, WORDS)
    locked.archive(folder / "papers.zip", SECRET, {"deed.txt": WORDS}, {})
    return folder


@pytest.fixture
def run(collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool) -> Run:
    def ingest(path: Path, *passwords: str) -> IngestReport:
        how = HowToRead(passwords)
        return Ingest(collection, embedder, settings, parsers=parsers, how=how).run([path])

    return ingest


def texts(collection: Collection) -> str:
    catalogue = collection.catalogue
    return " ".join(
        page.text for document in catalogue.documents() for page in catalogue.pages.of(document.sha256)
    )


def test_a_list_of_passwords_opens_pdf_office_and_archives(
    run: Run, collection: Collection, inbox: Path
) -> None:
    report = run(inbox, "wrong", SECRET)
    assert not report.failed
    assert not report.partial
    assert texts(collection).count(WORDS) == 2
    assert "Supply Agreement" in texts(collection)


def test_without_a_password_the_reason_says_where_to_give_it_and_a_wrong_one_says_so(
    run: Run, inbox: Path
) -> None:
    for reason in (failure.reason for failure in run(inbox).failed):
        assert "opens only with a password." in reason
        assert "--password-file" in reason
        assert "on the page under Documents" in reason
    assert all("the one that was given is wrong" in failure.reason for failure in run(inbox, "no").failed)
    reasons = [failure.reason for failure in run(inbox, "no", "nor this").failed]
    assert len(reasons) == 3
    assert all("all 2 that were given are wrong" in reason for reason in reasons)


def test_files_that_failed_are_read_when_they_come_again_with_their_password(
    run: Run, collection: Collection, inbox: Path
) -> None:
    assert len(run(inbox).failed) == 3
    assert not run(inbox, SECRET).failed
    assert texts(collection).count(WORDS) == 2


def test_an_archive_that_was_read_in_part_is_read_whole_with_its_password(
    run: Run, collection: Collection, tmp_path: Path
) -> None:
    path = locked.archive(tmp_path / "a.zip", SECRET, {"deed.txt": WORDS}, {"note.txt": "The well is dry."})
    assert len(run(path).partial) == 1
    (archive,) = [one for one in collection.catalogue.documents() if one.name == "a.zip"]
    assert archive.state is DocumentState.PARTIAL
    assert not run(path, SECRET).failed
    by_name = {one.name: one for one in collection.catalogue.documents()}
    assert sorted(by_name) == ["a.zip", "deed.txt", "note.txt"]
    assert by_name["a.zip"].state is DocumentState.READY
    assert collection.vector_ids() == set(collection.catalogue.chunks.ids())


def test_a_password_is_kept_nowhere(
    run: Run, collection: Collection, settings: Settings, inbox: Path
) -> None:
    run(inbox, "Other-Secret-77", SECRET)
    kept = [path for path in settings.data.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        content = path.read_bytes()
        assert SECRET.encode() not in content
        assert b"Other-Secret-77" not in content
    assert SECRET not in repr(HowToRead((SECRET,)))


def test_a_password_reaches_the_parser_through_its_pipe_only(inbox: Path) -> None:
    with Parser() as parser:
        parsed = parser.parse(inbox / "lease.pdf", how=HowToRead((SECRET,)))
        assert "Supply Agreement" in parsed.pages[0].text
        for name in ("cmdline", "environ"):
            place = Path(f"/proc/{parser.pid}/{name}")
            assert not place.exists() or SECRET.encode() not in place.read_bytes()
        with pytest.raises(PasswordProtected, match=r"opens only with a password\."):
            parser.parse(inbox / "lease.pdf")


def test_too_many_or_too_long_passwords_are_refused() -> None:
    assert checked_passwords(["a", "", "b", "a"]) == ("a", "b")
    with pytest.raises(RequestInvalid, match="200 can be tried"):
        checked_passwords([str(number) for number in range(201)])
    with pytest.raises(RequestInvalid, match="longer than 255"):
        checked_passwords(["x" * 256])
