"""Ingest scans and archives: recognised pages are counted, and files inside name their parent."""

from __future__ import annotations

from pathlib import Path

from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from tests.ingest import files, other_files
from vault.embedding.embedder import Embedder
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection


def test_a_scan_becomes_searchable_and_says_how_many_pages_were_recognised(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, tmp_path: Path
) -> None:
    path = files.scanned_pdf(tmp_path / "a.pdf", blank_page=True)
    report = Ingest(collection, embedder, settings, parsers=parsers).run([path])
    assert (report.ready, report.failed) == (1, [])
    (document,) = collection.catalogue.documents()
    assert (document.pages, document.ocr_pages, document.state) == (2, 1, DocumentState.READY)
    assert collection.catalogue.lexical.match('"letter"', 5)
    page = collection.catalogue.pages.find(document.sha256, 1)
    assert page.ocr and [page.text[w.start : w.end] for w in page.words] == ["A", "scanned", "letter"]


def test_a_picture_without_words_is_listed_with_a_reason(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, tmp_path: Path
) -> None:
    report = Ingest(collection, embedder, settings, parsers=parsers).run(
        [files.drawing_pdf(tmp_path / "a.pdf")]
    )
    assert report.failed == []
    (incomplete,) = report.partial
    assert "1 of 1 pages show something that cannot be read as words" in incomplete.reason
    (document,) = collection.catalogue.documents()
    assert (document.state, document.chunks) == (DocumentState.PARTIAL, 0)
    assert collection.originals.has(document.sha256)
    totals = collection.catalogue.totals()
    assert (totals.documents, totals.failed) == (0, 1)


def test_files_of_an_archive_and_messages_of_a_mailbox_name_their_parent(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, tmp_path: Path
) -> None:
    box = other_files.mbox(tmp_path / "box.mbox").read_bytes()
    path = other_files.zipped(
        tmp_path / "a.zip", {"../notes.txt": "The rent is due in March.", "b.mbox": box}
    )
    report = Ingest(collection, embedder, settings, parsers=parsers).run([path])
    assert (report.ready, report.failed) == (5, [])
    by_name = {document.name: document for document in collection.catalogue.documents()}
    assert by_name["../notes.txt"].parent == by_name["a.zip"].sha256
    assert by_name["Note 1 (1).eml"].parent == by_name["b.mbox"].sha256
    assert by_name["b.mbox"].parent == by_name["a.zip"].sha256


def test_an_archive_in_a_message_in_an_archive_is_not_unpacked(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, tmp_path: Path
) -> None:
    inner = other_files.zipped(tmp_path / "i.zip", {"deep.txt": "Deep words."}).read_bytes()
    mail = files.message(tmp_path / "m.eml", attachment=("i.zip", inner)).read_bytes()
    path = other_files.zipped(tmp_path / "a.zip", {"m.eml": mail})
    Ingest(collection, embedder, settings, parsers=parsers).run([path])
    by_name = {document.name: document for document in collection.catalogue.documents()}
    assert set(by_name) == {"a.zip", "m.eml", "i.zip"}
    (part,) = by_name["i.zip"].unread
    assert "deep.txt" in part.what and "was not unpacked" in part.why
