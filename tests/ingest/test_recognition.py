"""When words are recognised: as usual, always or never, by job, by file, and for a document again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.discover import discover
from ingest.job import run_job
from ingest.manifest import Manifest
from ingest.parsed.how_to_read import Recognition
from ingest.parsing.pool import ParserPool
from ingest.report import IngestReport
from tests.ingest import files
from vault.embedding.embedder import Embedder
from vault.errors import ManifestError
from vault.ledger.jobs import Task
from vault.records import Document, DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

Run = Callable[[Task], IngestReport]


@pytest.fixture
def run(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool
) -> Run:
    def job(task: Task) -> IngestReport:
        begun = vault.begin_job(collection.name, task, user="local")
        return run_job(vault, begun, embedder, settings, parsers=parsers)

    return job


def only(collection: Collection) -> Document:
    (document,) = collection.catalogue.documents()
    return document


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A page with a text layer."""
    return files.pdf(tmp_path / "lease.pdf", [[("Helvetica", 14, "The rent of the mill is 940 pounds.")]])


@pytest.mark.slow
def test_always_recognises_pages_that_have_text_and_never_twice(
    run: Run, collection: Collection, printed: Path
) -> None:
    task = Task((str(printed),), ocr="always")
    assert not run(task).failed
    document = only(collection)
    assert document.ocr_pages == 1
    assert "rent of the mill" in collection.catalogue.pages.find(document.sha256, 1).text
    assert any("recognised from its picture" in warning for warning in document.warnings)
    assert run(task).skipped == 1


def test_a_document_is_read_again_with_recognition(run: Run, collection: Collection, printed: Path) -> None:
    run(Task((str(printed),)))
    before = only(collection)
    assert before.ocr_pages == 0
    printed.unlink()  # the vault has its own copy
    report = run(Task((), ocr="always", again=(before.sha256,)))
    assert (report.ready, report.skipped, report.failed) == (1, 0, [])
    after = only(collection)
    assert (after.sha256, after.path, after.ocr_pages) == (before.sha256, before.path, 1)
    assert collection.catalogue.lexical.match('"mill"', 5)
    assert collection.vector_ids() == set(collection.catalogue.chunks.ids())
    assert collection.originals.path(after.sha256).is_file()


def test_never_names_what_was_not_recognised(run: Run, collection: Collection, tmp_path: Path) -> None:
    files.scanned_pdf(tmp_path / "scan.pdf")
    run(Task((str(tmp_path / "scan.pdf"),), ocr="never"))
    document = only(collection)
    assert document.state is DocumentState.PARTIAL
    assert document.ocr_pages == 0
    assert any("--ocr never" in warning for warning in document.warnings)
    assert [part.what for part in document.unread] == ["Pages without legible words"]


def test_a_manifest_says_for_each_file_when_words_are_recognised(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("words")
    listed = tmp_path / "manifest.csv"
    listed.write_text("path,ocr,ward\na.txt,Never,7\nb.txt,,7\n")
    sources = discover([tmp_path / "a.txt", tmp_path / "b.txt"]).sources
    (told,) = Manifest.read(listed).by_collection(sources, "matter").values()
    assert [source.ocr for source in told] == [Recognition.NEVER, None]
    assert told[0].metadata == (("ward", "7"),)
    listed.write_text("path,ocr\na.txt,sometimes\n")
    with pytest.raises(ManifestError, match=r"'sometimes' as ocr\. Write one of auto, always, never"):
        Manifest.read(listed)


def test_a_task_of_an_earlier_version_is_the_same_task() -> None:
    assert set(Task(("/a",)).as_json()) == {"paths", "manifest", "manifest_sha256", "upload"}
    told = Task((), ocr="always", again=("0" * 64,))
    assert Task.from_json(told.as_json()) == told
