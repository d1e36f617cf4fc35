"""Ingest files into a collection with real parsers, the real embedder and the real index."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from ingest.report import IngestReport
from tests.ingest import files
from tests.ingest.invariants import assert_chunks_match_pages, assert_consistent
from tests.sample_vault import COLLECTION, SampleVault
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.files.originals import sha256_of
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

LEASE = [[("Helvetica", 10.0, "The tenant shall keep the drains of the vinery clear at all times.")]]
NEWER = [[("Helvetica", 10.0, "The landlord shall keep the drains of the orangery clear at all times.")]]
LINE = ("Helvetica", 10.0, "The parties agree that the goods are delivered where the order names.")


@pytest.fixture(scope="module")
def samples(
    tmp_path_factory: pytest.TempPathFactory, sample_documents: SampleVault
) -> Iterator[tuple[dict[str, Any], Collection]]:
    """The report of ingesting the sample documents, and their collection."""
    data = sample_documents.copied(tmp_path_factory.mktemp("samples") / "data")
    with (
        Vault(data, purpose="tests") as vault,
        vault.open_collection(COLLECTION, user="local", action=Action.MANAGE) as collection,
    ):
        yield sample_documents.report, collection


@pytest.fixture
def job(collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool) -> Ingest:
    """An ingest into an empty collection."""
    return Ingest(collection, embedder, settings, parsers=parsers)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder for the files to ingest."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    """Return the numbers of ready, partial, skipped and failed files."""
    return report.ready, len(report.partial), report.skipped, len(report.failed)


def states(collection: Collection) -> dict[str, str]:
    """Return the states of the documents by name."""
    return {document.name: document.state.value for document in collection.catalogue.documents()}


def reasons(report: IngestReport) -> dict[str, str]:
    """Return the reasons of the failed files by name."""
    return {Path(failure.path).name: failure.reason for failure in report.failed}


def test_all_sample_documents_are_ready_including_the_scan(
    samples: tuple[dict[str, Any], Collection],
) -> None:
    report, collection = samples
    assert (report["ready"], report["partial"], report["skipped"], report["failed"]) == (19, 0, 0, [])
    assert report["pages"] == sum(d.pages for d in collection.catalogue.documents())
    assert report["chunks"] == len(collection.catalogue.chunks.ids())
    recognised = {d.name: d.ocr_pages for d in collection.catalogue.documents() if d.ocr_pages}
    assert recognised == {"referral_scanned.pdf": 1}


def test_an_attachment_is_a_document_with_its_message_as_parent(
    samples: tuple[dict[str, Any], Collection],
) -> None:
    catalogue = samples[1].catalogue
    (message,) = [document for document in catalogue.documents() if document.name == "roof_emails.eml"]
    (attached,) = [document for document in catalogue.documents() if document.parent]
    assert attached.parent == message.sha256
    assert catalogue.attached_to(message.sha256) == [attached.sha256]
    assert not catalogue.is_unfinished(message.sha256)


def test_catalogue_words_vectors_and_originals_agree(samples: tuple[dict[str, Any], Collection]) -> None:
    assert len(assert_consistent(samples[1])) == 19


def test_chunks_are_slices_that_fit_the_model_and_are_found(
    samples: tuple[dict[str, Any], Collection], embedder: Embedder
) -> None:
    assert_chunks_match_pages(samples[1], embedder)


def test_the_same_bytes_again_are_skipped_under_any_name(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    first = files.pdf(inbox / "lease.pdf", LEASE)
    assert counts(job.run([first])) == (1, 0, 0, 0)
    shutil.copy(first, inbox / "copy of lease.pdf")
    assert counts(job.run([inbox / "lease.pdf", inbox / "copy of lease.pdf"])) == (0, 0, 2, 0)
    assert states(collection) == {"lease.pdf": "ready"}


def test_equal_files_in_one_run_are_one_document(job: Ingest, collection: Collection, inbox: Path) -> None:
    first = files.pdf(inbox / "a.pdf", LEASE)
    for name in "bcd":
        shutil.copy(first, inbox / f"{name}.pdf")
    assert counts(job.run([inbox])) == (1, 0, 3, 0)
    assert len(assert_consistent(collection)) == 1


def test_a_changed_file_supersedes_the_old_document_of_its_path(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    path = files.pdf(inbox / "lease.pdf", LEASE)
    old = sha256_of(path)
    job.run([path])
    new = sha256_of(files.pdf(path, NEWER))
    assert counts(job.run([path])) == (1, 0, 0, 0)
    assert collection.catalogue.state(old) is DocumentState.SUPERSEDED
    assert collection.catalogue.state(new) is DocumentState.READY
    assert not collection.catalogue.lexical.match('"vinery"', 5)
    assert collection.catalogue.lexical.match('"orangery"', 5)
    assert_consistent(collection)
    files.pdf(path, LEASE)
    job.run([path])
    assert collection.catalogue.state(new) is DocumentState.SUPERSEDED
    assert collection.catalogue.lexical.match('"vinery"', 5)
    assert_consistent(collection)


def test_files_whose_names_are_not_text_or_look_like_markup_are_ingested(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    files.pdf(inbox / "[bold]x.pdf", LEASE)
    latin = os.fsencode(inbox) + b"/caf\xe9.pdf"
    shutil.copy(files.pdf(inbox / "line\nbreak.pdf", NEWER), os.fsdecode(latin))
    files.pdf(Path(os.fsdecode(latin)))
    assert counts(job.run([inbox])) == (3, 0, 0, 0)
    assert set(states(collection)) == {"[bold]x.pdf", r"line\x0abreak.pdf", r"caf\xe9.pdf"}


def test_a_message_inside_a_message_is_finished_before_the_outer_one(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    lease = files.pdf(inbox / "lease.pdf", LEASE).read_bytes()
    inner = files.message(inbox / "inner.eml", attachment=("lease.pdf", lease)).read_bytes()
    outer = files.message(inbox / "outer.eml", html="<p>See below.</p>", attachment=("inner.eml", inner))
    assert counts(job.run([outer])) == (3, 0, 0, 0)
    by_name = {document.name: document for document in collection.catalogue.documents()}
    assert by_name["lease.pdf"].parent == by_name["inner.eml"].sha256
    assert by_name["inner.eml"].parent == by_name["outer.eml"].sha256
    assert not any(collection.catalogue.is_unfinished(d.sha256) for d in by_name.values())


def test_a_vault_under_the_given_folder_does_not_ingest_itself(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    files.pdf(inbox / "lease.pdf", LEASE)
    for _ in range(2):
        job.run([inbox.parent])
    assert states(collection) == {"lease.pdf": "ready"}
