"""What a document holds and we do not read is named wherever somebody may ask for it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from ingest.job import run_job
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from ingest.parsing.pool import ParserPool
from ingest.parsing.wire import document_from_wire, document_to_wire
from ingest.pipeline import Ingest
from tests.ingest import other_files
from vault.embedding.embedder import Embedder
from vault.ledger.jobs import Task
from vault.records import DocumentState, Page, Unread
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


def bundle(folder: Path) -> Path:
    """Make an archive with a text, and a file of two megabytes that says it needs a password."""
    path = other_files.zipped(folder / "bundle.zip", {"note.txt": "The well is dry.", "secret.txt": "words"})
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rindex(mark) + place] |= 1
    path.write_bytes(content)
    assert zipfile.ZipFile(path).infolist()[1].flag_bits & 1
    return path


def test_a_document_with_parts_that_may_hold_words_is_partial_and_names_them(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, tmp_path: Path
) -> None:
    report = Ingest(collection, embedder, settings, parsers=parsers).run([bundle(tmp_path)])
    by_name = {document.name: document for document in collection.catalogue.documents()}
    archive = by_name["bundle.zip"]
    assert archive.state is DocumentState.PARTIAL
    assert [part.what for part in archive.unread] == ["File 'secret.txt'"]
    assert "1 part was not read. File 'secret.txt': It needs a password." in archive.reason
    assert by_name["note.txt"].state is DocumentState.READY
    assert [failure.reason for failure in report.partial] == [archive.reason]
    totals = collection.catalogue.totals()
    assert (totals.documents, totals.failed, totals.partial) == (2, 0, 1)


def test_the_report_of_a_job_lists_what_was_not_read(
    vault: Vault,
    collection: Collection,
    embedder: Embedder,
    settings: Settings,
    parsers: ParserPool,
    tmp_path: Path,
) -> None:
    path = bundle(tmp_path)
    job = vault.begin_job(collection.name, Task((str(path),)), user="local")
    report = run_job(vault, job, embedder, settings, parsers=parsers)
    (named,) = json.loads(json.dumps(report.as_json()))["unread"]
    assert (named["path"], named["what"], named["words"]) == (str(path), "File 'secret.txt'", True)
    assert "password" in named["why"]


def test_unreadable_pages_are_among_what_was_not_read() -> None:
    page = Page(1, "")
    (part,) = ParsedDocument("image/png", "", (page, Page(2, "words")), (1,)).all_unread
    assert (part.where, part.words) == ("page 1", True)


@pytest.mark.parametrize(("count", "named"), [(1000, 1000), (2500, 1000)])
def test_a_long_list_of_unread_parts_arrives_with_how_many_more_there_are(count: int, named: int) -> None:
    unread = tuple(Unread("Picture", f"page {number}", "It is broken.") for number in range(count))
    wire = document_to_wire(ParsedDocument("image/png", "", (Page(1, ""),), unread=unread))
    arrived = document_from_wire(wire, ParseLimits()).unread
    assert len(arrived) == named
    assert arrived[-1].what == ("Picture" if count == named else "1,501 more")


def test_names_of_unread_parts_are_one_line_and_short() -> None:
    unread = (Unread("File\n" + "x" * 500, "\x00", "y" * 1000),)
    wire = document_to_wire(ParsedDocument("image/png", "", (Page(1, ""),), unread=unread))
    (part,) = document_from_wire(wire, ParseLimits()).unread
    assert (len(part.what), part.where, len(part.why)) == (200, "", 500)
