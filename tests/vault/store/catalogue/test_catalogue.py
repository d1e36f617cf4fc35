import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tests.documents import add_plain, document
from vault.database.database import open_database
from vault.errors import DocumentNotFound, VaultDamaged, VaultTooNew
from vault.records import BOX_UNIT, Chunk, DocumentState, Element, ElementKind, Page, Span, Unread, WordBox
from vault.store.catalogue.catalogue import Catalogue
from vault.store.catalogue.rows import dump_elements, page_from_row
from vault.store.catalogue.schema import CATALOGUE_STEPS
from vault.store.collection import Collection

UNREAD = (
    Unread("Picture", "page 1", "It is broken."),
    Unread("Film “Fête”", "", "It has no words.", words=False),
)


def test_a_document_is_read_as_it_was_added(collection: Collection) -> None:
    page = Page(1, "Alpha\nbeta", (Element(ElementKind.HEADING, 0, 5, 1),), "Slide 1")
    record = document("a.txt", page.text, warnings=("one", "two"), unread=UNREAD)
    chunk = Chunk(record.sha256, 0, "Alpha", (Span(1, 0, 5), Span(1, 6, 10)), 4)
    vector = np.full((1, 384), 384**-0.5, dtype=np.float32)
    collection.add(record, [page], [chunk], vector)
    catalogue = collection.catalogue
    assert catalogue.document(record.sha256) == record
    assert catalogue.pages.find(record.sha256, 1) == page
    (stored,) = catalogue.chunks.of(record.sha256)
    assert stored.chunk == chunk
    assert collection.text(stored) == "Alpha\nbeta"
    ((_, embedding),) = catalogue.chunks.embeddings([stored.id])
    assert (embedding == vector[0]).all()


def test_a_recognised_page_is_read_with_the_places_of_its_words(collection: Collection) -> None:
    words = (WordBox(0, 5, 0, 1, 2, 3), WordBox(6, 10, 4, 5, 9_999, BOX_UNIT))
    page = Page(1, "alpha beta", ocr=True, words=words)
    record = document("a.txt", page.text)
    collection.add(record, [page], [], np.zeros((0, 384), np.float32))
    assert collection.catalogue.pages.find(record.sha256, 1) == page


def test_a_catalogue_from_before_unread_parts_opens_and_counts_partial_documents(
    tmp_path: Path,
) -> None:
    path = tmp_path / "catalogue.db"
    old = open_database(path, CATALOGUE_STEPS[:7])
    with old.write() as db:
        for name, state in (("a", "ready"), ("b", "partial")):
            db.execute(
                "INSERT INTO documents (sha256, name, path, media_type, title, state, reason, pages, chunks,"
                " ocr_pages, warnings, added, size, parent) VALUES"
                " (?, ?, '', 'text/plain', '', ?, '', 1, 1, 0, '[]', '', 1, '')",
                (name, name, state),
            )
    old.close()
    catalogue = Catalogue(path)
    assert [document.unread for document in catalogue.documents()] == [(), ()]
    totals = catalogue.totals()
    assert (totals.documents, totals.failed, totals.partial) == (2, 0, 1)
    catalogue.close()


def test_a_catalogue_from_before_text_recognition_opens_with_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    old = sqlite3.connect(path)
    old.executescript(CATALOGUE_STEPS[0] + "PRAGMA user_version = 1;")
    old.execute("INSERT INTO documents VALUES (1,'ab','n','','t','t','ready','',1,0,0,'[]','',1,'',1)")
    old.execute("INSERT INTO pages VALUES (1, 1, '', 'old words', '[]')")
    old.commit()
    old.close()
    catalogue = Catalogue(path)
    assert catalogue.pages.find("ab", 1) == Page(1, "old words")
    catalogue.close()


def test_a_document_that_cannot_be_written_completely_is_not_added(collection: Collection) -> None:
    record = document("a.txt", "alpha beta")
    twice = [Chunk(record.sha256, 0, "", (Span(1, 0, 5),), 3)] * 2  # the same ordinal: the second is refused
    with pytest.raises(sqlite3.IntegrityError):
        collection.catalogue.add(record, [Page(1, "alpha beta")], twice, np.zeros((2, 384), np.float32))
    assert collection.catalogue.documents() == []
    assert collection.catalogue.lexical.match('"alpha"', 10) == []


def test_words_are_found_by_stem_and_rare_ones_first(collection: Collection) -> None:
    add_plain(collection, "a", "the tenants terminated the lease")
    add_plain(collection, "b", "lease lease lease")
    add_plain(collection, "c", "nothing of the kind")
    ids = [hit[0] for hit in collection.catalogue.lexical.match('"terminate" OR "lease"', 10)]
    assert len(ids) == 2
    assert collection.text(collection.catalogue.chunks.by_id(ids[:1])[ids[0]]).startswith("the tenants")


def test_a_deleted_document_is_not_found_by_its_words(collection: Collection) -> None:
    gone = add_plain(collection, "a", "canary words here")
    kept = add_plain(collection, "b", "canary stays")
    collection.purge([gone.sha256])
    hits = collection.catalogue.lexical.match('"canary" OR "words"', 10)
    assert [collection.catalogue.chunks.by_id([hit[0]])[hit[0]].chunk.document for hit in hits] == [
        kept.sha256
    ]
    with pytest.raises(DocumentNotFound):
        collection.catalogue.pages.find(gone.sha256, 1)
    collection.purge([gone.sha256])
    assert collection.catalogue.documents() == [kept]


def test_deleting_a_message_deletes_its_attachments(collection: Collection) -> None:
    mail = add_plain(collection, "mail.eml", "see attached")
    add_plain(collection, "scan.pdf", "attached words", parent=mail.sha256)
    collection.purge([mail.sha256])
    assert collection.catalogue.documents() == []


def test_changed_bytes_under_a_path_supersede_the_old_document(collection: Collection) -> None:
    old = add_plain(collection, "a", "thirty days", path="/m/a.txt")
    new = add_plain(collection, "a", "sixty days", path="/m/a.txt")
    assert collection.catalogue.state(old.sha256) is DocumentState.SUPERSEDED
    assert collection.catalogue.pages.find(old.sha256, 1).text == "thirty days"
    assert collection.catalogue.lexical.match('"thirty"', 5) == []
    assert collection.vector_ids() == {s.id for s in collection.catalogue.chunks.of(new.sha256)}


def test_a_new_version_that_fails_leaves_the_old_one_current(collection: Collection) -> None:
    old = add_plain(collection, "a", "thirty days", path="/m/a.txt")
    failed = document("a", "junk", path="/m/a.txt", state=DocumentState.FAILED, reason="broken")
    collection.add(failed, [], [], np.zeros((0, 384), np.float32))
    assert collection.catalogue.state(old.sha256) is DocumentState.READY
    assert len(collection.catalogue.lexical.match('"thirty"', 5)) == 1


def test_a_search_in_chosen_documents_finds_nothing_else(collection: Collection) -> None:
    one = add_plain(collection, "a", "the same words")
    add_plain(collection, "b", "the same words")
    hits = collection.catalogue.lexical.match('"words"', 10, [one.sha256])
    assert [collection.catalogue.chunks.by_id([h[0]])[h[0]].chunk.document for h in hits] == [one.sha256]


def test_a_catalogue_of_a_later_version_is_refused(tmp_path: Path) -> None:
    Catalogue(tmp_path / "c.db").close()
    with sqlite3.connect(tmp_path / "c.db") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(VaultTooNew, match="schema 99"):
        Catalogue(tmp_path / "c.db")


def test_a_file_that_is_not_a_database_is_reported_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "c.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(VaultDamaged, match="backup"):
        Catalogue(tmp_path / "c.db")


def test_elements_keep_their_cells_and_those_of_older_vaults_have_none() -> None:
    row = Element(ElementKind.TABLE_ROW, 3, 20, 0, ((3, 8), (8, 8), (9, 20)))
    plain = Element(ElementKind.HEADING, 0, 2, 1)
    old = '[["heading",0,2,1]]'
    assert dump_elements([plain]) == old
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    query = (
        "SELECT 1 AS number, 'words' AS text, '' AS label, 0 AS ocr, x'' AS words, ? AS elements,"
        " '' AS printed, '' AS bates, '' AS lines"
    )
    for stored, elements in ((dump_elements([plain, row]), (plain, row)), (old, (plain,))):
        assert page_from_row(database.execute(query, [stored]).fetchone()).elements == elements
