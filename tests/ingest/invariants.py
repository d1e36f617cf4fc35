"""What must be true of a collection at any time; checked after ingests that completed or were killed."""

from __future__ import annotations

from hashlib import sha256

from ingest.chunking.chunk import chunk_document
from vault.embedding.embedder import Embedder
from vault.records import DocumentState
from vault.store.collection import Collection
from vault.text.words import content_words

DocumentSet = set[tuple[str, str, int, int]]


def assert_consistent(collection: Collection) -> DocumentSet:
    """Check that every document is complete in the catalogue, FTS, Chroma and originals, or in none of them.

    Returns (sha256, state, pages, chunks) of every document.
    """
    catalogue = collection.catalogue
    expected_originals = set()
    for document in catalogue.documents():
        pages, chunks = catalogue.pages.of(document.sha256), catalogue.chunks.of(document.sha256)
        assert (len(pages), len(chunks)) == (document.pages, document.chunks), document.name
        assert [page.number for page in pages] == list(range(1, len(pages) + 1))
        assert [stored.chunk.ordinal for stored in chunks] == list(range(len(chunks)))
        if document.state.searchable:
            assert chunks or document.reason, document.name
        if document.state is not DocumentState.FAILED:
            expected_originals.add(document.sha256)
            original = original_of(collection, document.sha256)
            assert sha256(original).hexdigest() == document.sha256
    assert {path.name for path in collection.originals._folder.iterdir()} == expected_originals
    ids = catalogue.chunks.ids()
    assert set(ids) == collection.vector_ids()
    with catalogue._db.read() as db:
        assert [row["rowid"] for row in db.execute("SELECT rowid FROM chunks_fts ORDER BY rowid")] == ids
        db.execute("INSERT INTO chunks_fts (chunks_fts) VALUES ('integrity-check')")
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
    for chunk_id, vector in catalogue.chunks.embeddings(ids[:: max(1, len(ids) // 20)]):
        found = dict(collection.nearest(vector, 5))
        # Two chunks with the same words share the first place.
        assert found.get(chunk_id, max(found.values())) > 0.9999
    return {(d.sha256, d.state.value, d.pages, d.chunks) for d in catalogue.documents()}


def assert_chunks_match_pages(collection: Collection, embedder: Embedder) -> None:
    """Check that chunks are slices of pages, fit the model, and are found by their rarest word."""
    catalogue = collection.catalogue
    for document in catalogue.documents():
        pages = catalogue.pages.of(document.sha256)
        texts = {page.number: page.text for page in pages}
        again = chunk_document(document.sha256, document.title, pages, embedder, 256)
        stored = catalogue.chunks.of(document.sha256)
        assert [chunk.chunk for chunk in again] == [one.chunk for one in stored]
        counted = embedder.count_tokens([chunk.text for chunk in again])
        assert all(tokens <= 256 for tokens in counted)
        assert counted == [one.chunk.tokens for one in stored]
        for one in stored:
            for span in one.chunk.spans:
                assert 0 <= span.start < span.end <= len(texts[span.page])
            if document.state.searchable:
                assert_found_by_its_rarest_word(collection, one.id, collection.text(one))


def assert_found_by_its_rarest_word(collection: Collection, chunk_id: int, text: str) -> None:
    """Check that the lexical index finds the chunk by its rarest word."""
    asked = content_words(text)
    counts, total = collection.catalogue.lexical.frequencies(asked)
    assert all(0 < count <= total for count in counts.values()), counts
    word = min(asked, key=lambda each: counts[each])
    assert chunk_id in {found for found, _ in collection.catalogue.lexical.match(f'"{word}"', counts[word])}


def original_of(collection: Collection, sha: str) -> bytes:
    """Return the stored bytes of a document."""
    return collection.originals.path(sha).read_bytes()
