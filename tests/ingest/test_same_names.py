"""Uploaded files with the name of a document: which need a choice, and what each choice does."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from ingest.same_names import Choice, Names
from tests.documents import document
from vault.embedding.embedder import Embedder
from vault.ledger.uploads import UploadedFile
from vault.records import Document, DocumentState
from vault.settings import Settings
from vault.store.collection import Collection

OLD, NEW = "The rent is 800 pounds.", "The rent is 900 pounds."


def stored(name: str, text: str = OLD, **changes: object) -> Document:
    """A document that was added on the web page."""
    fields: dict[str, object] = {"path": name, "sha256": sha256(text.encode()).hexdigest(), **changes}
    return document(name, text, **fields)


def uploaded_file(number: int, name: str, text: str = NEW, **changes: object) -> UploadedFile:
    """Return an uploaded file with this text."""
    fields: dict[str, object] = {"sha256": sha256(text.encode()).hexdigest(), **changes}
    return UploadedFile(number, name, len(text), **fields)  # type: ignore[arg-type]


def names_after(names: Names, *files: UploadedFile, choice: Choice | None = None) -> list[tuple[str, str]]:
    """Return (name, path) of the files to ingest, with the same choice for all that need one."""
    choices = {} if choice is None else {same.file.number: choice for same in names.find_same(files)}
    return [(file.name, file.path) for file in names.assign_names(files, choices)]


def test_a_known_name_needs_a_choice_for_other_bytes_but_not_for_the_same_bytes() -> None:
    names = Names([stored("rent.txt")], [])
    same = names.find_same(
        [uploaded_file(0, "rent.txt"), uploaded_file(1, "rent.txt", OLD), uploaded_file(2, "fee.txt")]
    )
    assert [(one.file.number, one.path, one.version) for one in same] == [(0, "rent.txt", 1)]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice.REPLACE, [("rent.txt", "rent.txt")]),
        (Choice.BOTH, [("rent (2).txt", "rent (2).txt")]),
        (Choice.LEAVE_OUT, []),
    ],
)
def test_each_choice_gives_the_file_its_name(choice: Choice, expected: list[tuple[str, str]]) -> None:
    assert (
        names_after(Names([stored("rent.txt")], []), uploaded_file(0, "rent.txt"), choice=choice) == expected
    )


def test_a_new_name_is_one_that_nothing_else_has() -> None:
    documents = [stored("a/rent.txt"), stored("a/rent (2).txt", "x"), stored("a/rent (3).txt", "y")]
    documents[2] = stored("a/rent (3).txt", "y", state=DocumentState.SUPERSEDED)
    assert names_after(Names(documents, []), uploaded_file(0, "a/rent.txt"), choice=Choice.BOTH) == [
        ("a/rent (4).txt", "a/rent (4).txt")
    ]


def test_files_of_one_name_in_two_folders_are_two_documents() -> None:
    names = Names([stored("Ash Road/rent.txt")], [])
    files = [uploaded_file(0, "Birch Road/rent.txt"), uploaded_file(1, "rent.txt", "The rent is waived.")]
    assert names.find_same(files) == []
    assert [path for _, path in names_after(names, *files)] == ["Birch Road/rent.txt", "rent.txt"]


def test_two_files_of_one_name_in_one_upload_get_different_names() -> None:
    files = [uploaded_file(0, "rent.txt"), uploaded_file(1, "rent.txt", OLD), uploaded_file(2, "rent.txt")]
    assert [path for _, path in names_after(Names([], []), *files)] == [
        "rent.txt",
        "rent (2).txt",
        "rent.txt",
    ]
    names = Names([stored("rent.txt", "The first lease.")], [])
    paths = [path for _, path in names_after(names, *files, choice=Choice.REPLACE)]
    assert paths == ["rent.txt", "rent (2).txt", "rent.txt"]


def test_a_version_number_counts_older_versions_and_waiting_ones() -> None:
    documents = [stored("rent.txt", "v1", state=DocumentState.SUPERSEDED), stored("rent.txt", "v2")]
    (same,) = Names(documents, []).find_same([uploaded_file(0, "rent.txt")])
    assert (same.version, same.added[:4]) == (2, "2026")
    waiting = uploaded_file(5, "rent.txt", "v3", path="rent.txt")
    (same,) = Names(documents, [waiting]).find_same([uploaded_file(0, "rent.txt")])
    assert (same.version, same.added) == (3, "")
    assert Names(documents, [waiting]).find_same([uploaded_file(0, "rent.txt", "v3")]) == []


def test_a_file_of_this_machine_is_replaced_under_its_path_if_its_name_is_the_only_one() -> None:
    share = stored("rent.txt", path="/share/rent.txt")
    names = Names([share], [])
    assert [one.path for one in names.find_same([uploaded_file(0, "rent.txt")])] == ["/share/rent.txt"]
    assert names_after(names, uploaded_file(0, "rent.txt"), choice=Choice.REPLACE) == [
        ("rent.txt", "/share/rent.txt")
    ]
    two = Names([share, stored("rent.txt", "x", path="/share/old/rent.txt")], [])
    assert two.find_same([uploaded_file(0, "rent.txt")]) == []


@pytest.mark.parametrize("state", [DocumentState.FAILED, DocumentState.SUPERSEDED])
def test_documents_that_cannot_be_searched_need_no_choice(state: DocumentState) -> None:
    assert Names([stored("rent.txt", state=state)], []).find_same([uploaded_file(0, "rent.txt")]) == []


def test_an_attachment_does_not_count_as_the_file_of_its_name() -> None:
    attached = stored("rent.txt", path="", parent="0" * 64)
    assert Names([attached], []).find_same([uploaded_file(0, "rent.txt")]) == []


def test_a_file_that_did_not_arrive_keeps_its_reason_and_needs_no_choice() -> None:
    missing = UploadedFile(0, "rent.txt", 9, problem="It did not arrive: the connection was cut.")
    purged = UploadedFile(1, "[purged]", 0)
    names = Names([stored("rent.txt")], [])
    assert names.find_same([missing, purged]) == []
    assert names_after(names, missing, purged) == [("rent.txt", "rent.txt")]


def test_a_file_that_now_has_the_bytes_of_another_is_no_longer_quoted_as_it_was(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(OLD)
    (inbox / "b.txt").write_text(NEW)
    Ingest(collection, embedder, settings, parsers=parsers).run([inbox])
    (inbox / "a.txt").write_text(NEW)
    report = Ingest(collection, embedder, settings, parsers=parsers).run([inbox])
    assert report.skipped == 2
    assert {d.name: d.state for d in collection.catalogue.documents()} == {
        "a.txt": DocumentState.SUPERSEDED,
        "b.txt": DocumentState.READY,
    }
    assert collection.vector_ids() == set(collection.catalogue.chunks.ids())
    (inbox / "a.txt").write_text(OLD)
    Ingest(collection, embedder, settings, parsers=parsers).run([inbox])
    assert {d.state for d in collection.catalogue.documents()} == {DocumentState.READY}
