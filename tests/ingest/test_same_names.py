"""Uploaded files whose name is in the collection: what is asked, and what becomes of each choice."""

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


def there(name: str, text: str = OLD, **changes: object) -> Document:
    """A document that was added in the page."""
    fields: dict[str, object] = {"path": name, "sha256": sha256(text.encode()).hexdigest(), **changes}
    return document(name, text, **fields)


def chosen(number: int, name: str, text: str = NEW, **changes: object) -> UploadedFile:
    fields: dict[str, object] = {"sha256": sha256(text.encode()).hexdigest(), **changes}
    return UploadedFile(number, name, len(text), **fields)  # type: ignore[arg-type]


def settled(names: Names, *files: UploadedFile, choice: Choice | None = None) -> list[tuple[str, str]]:
    """(name, path) of what is taken in, with one choice for all that is asked."""
    choices = {} if choice is None else {same.file.number: choice for same in names.same(files)}
    return [(file.name, file.path) for file in names.settle(files, choices)]


def test_other_bytes_under_a_name_that_is_there_are_asked_about_and_the_same_bytes_are_not() -> None:
    names = Names([there("rent.txt")], [])
    same = names.same([chosen(0, "rent.txt"), chosen(1, "rent.txt", OLD), chosen(2, "fee.txt")])
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
    assert settled(Names([there("rent.txt")], []), chosen(0, "rent.txt"), choice=choice) == expected


def test_a_name_of_its_own_is_one_that_nothing_else_has() -> None:
    documents = [there("a/rent.txt"), there("a/rent (2).txt", "x"), there("a/rent (3).txt", "y")]
    documents[2] = there("a/rent (3).txt", "y", state=DocumentState.SUPERSEDED)
    assert settled(Names(documents, []), chosen(0, "a/rent.txt"), choice=Choice.BOTH) == [
        ("a/rent (4).txt", "a/rent (4).txt")
    ]


def test_files_of_one_name_in_two_folders_are_two_documents() -> None:
    names = Names([there("Ash Road/rent.txt")], [])
    files = [chosen(0, "Birch Road/rent.txt"), chosen(1, "rent.txt", "The rent is waived.")]
    assert names.same(files) == []
    assert [path for _, path in settled(names, *files)] == ["Birch Road/rent.txt", "rent.txt"]


def test_two_files_of_one_name_that_were_chosen_together_are_told_apart() -> None:
    files = [chosen(0, "rent.txt"), chosen(1, "rent.txt", OLD), chosen(2, "rent.txt")]
    assert [path for _, path in settled(Names([], []), *files)] == ["rent.txt", "rent (2).txt", "rent.txt"]
    names = Names([there("rent.txt", "The first lease.")], [])
    paths = [path for _, path in settled(names, *files, choice=Choice.REPLACE)]
    assert paths == ["rent.txt", "rent (2).txt", "rent.txt"]


def test_a_version_is_counted_with_those_before_it_and_with_those_that_wait() -> None:
    documents = [there("rent.txt", "v1", state=DocumentState.SUPERSEDED), there("rent.txt", "v2")]
    (same,) = Names(documents, []).same([chosen(0, "rent.txt")])
    assert (same.version, same.added[:4]) == (2, "2026")
    waiting = chosen(5, "rent.txt", "v3", path="rent.txt")
    (same,) = Names(documents, [waiting]).same([chosen(0, "rent.txt")])
    assert (same.version, same.added) == (3, "")
    assert Names(documents, [waiting]).same([chosen(0, "rent.txt", "v3")]) == []


def test_a_file_of_this_machine_is_replaced_under_its_path_if_its_name_is_the_only_one() -> None:
    share = there("rent.txt", path="/share/rent.txt")
    names = Names([share], [])
    assert [one.path for one in names.same([chosen(0, "rent.txt")])] == ["/share/rent.txt"]
    assert settled(names, chosen(0, "rent.txt"), choice=Choice.REPLACE) == [("rent.txt", "/share/rent.txt")]
    two = Names([share, there("rent.txt", "x", path="/share/old/rent.txt")], [])
    assert two.same([chosen(0, "rent.txt")]) == []


@pytest.mark.parametrize("state", [DocumentState.FAILED, DocumentState.SUPERSEDED])
def test_what_no_answer_rests_on_is_not_asked_about(state: DocumentState) -> None:
    assert Names([there("rent.txt", state=state)], []).same([chosen(0, "rent.txt")]) == []


def test_what_came_inside_another_file_is_not_the_file_of_that_name() -> None:
    attached = there("rent.txt", path="", parent="0" * 64)
    assert Names([attached], []).same([chosen(0, "rent.txt")]) == []


def test_what_did_not_arrive_is_kept_with_its_reason_and_is_no_question() -> None:
    missing = UploadedFile(0, "rent.txt", 9, problem="It did not arrive: the connection was cut.")
    purged = UploadedFile(1, "[purged]", 0)
    names = Names([there("rent.txt")], [])
    assert names.same([missing, purged]) == []
    assert settled(names, missing, purged) == [("rent.txt", "rent.txt")]


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
    assert collection.vector_ids() == set(collection.catalogue.chunk_ids())
    (inbox / "a.txt").write_text(OLD)
    Ingest(collection, embedder, settings, parsers=parsers).run([inbox])
    assert {d.state for d in collection.catalogue.documents()} == {DocumentState.READY}
