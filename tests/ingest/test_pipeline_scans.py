"""Ingest scans and archives: recognised pages are counted, and files inside name their parent."""

from __future__ import annotations

from pathlib import Path

from ingest.discover import Source
from ingest.parse_ahead import ParsedFile
from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.limits import ParseLimits
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from ingest.unpacking import Unpacking
from tests.ingest import files, other_files
from vault.embedding.embedder import Embedder
from vault.records import DocumentState, Page
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
    assert "1 of 1 page shows something that cannot be read as words" in incomplete.reason
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


def test_archives_inside_archives_are_unpacked_to_a_depth_and_the_rest_is_named(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, tmp_path: Path
) -> None:
    inner = other_files.zipped(tmp_path / "6.zip", {"deepest.txt": "Deepest words."}).read_bytes()
    for level in range(5, 1, -1):
        members = {f"{level + 1}.zip": inner, f"{level}.txt": f"Words of level {level}."}
        inner = other_files.zipped(tmp_path / f"{level}.zip", members).read_bytes()
    mail = files.message(tmp_path / "m.eml", attachment=("2.zip", inner)).read_bytes()
    path = other_files.zipped(tmp_path / "1.zip", {"m.eml": mail})
    Ingest(collection, embedder, settings, parsers=parsers).run([path])
    by_name = {document.name: document for document in collection.catalogue.documents()}
    assert set(by_name) == {"m.eml", *(f"{n}.zip" for n in range(1, 7)), *(f"{n}.txt" for n in range(2, 6))}
    (part,) = by_name["6.zip"].unread
    assert "deepest.txt" in part.what and "inside 5 others" in part.why
    assert by_name["6.zip"].state is DocumentState.PARTIAL


def test_archives_inside_an_archive_give_no_more_files_than_one_archive() -> None:
    unpacking = Unpacking(ParseLimits(attachments=3, attachment_bytes=100))
    inside = tuple(Attachment(f"{number}.txt", b"words") for number in range(2))
    archive = ParsedFile("a", 1, ParsedDocument("application/zip", "", (Page(1, "x"),), attachments=inside))
    source = Source(file=Path("a"), name="a.zip", path="", archives=1, outermost="o")
    found = [unpacking.within_limits(source, archive).document for _ in range(2)]
    assert [len(one.attachments) for one in found if one] == [2, 1]
    assert [len(one.unread) for one in found if one] == [0, 1]
    first = Source(file=Path("a"), name="a.zip", path="a.zip")
    assert unpacking.within_limits(first, archive) is archive
