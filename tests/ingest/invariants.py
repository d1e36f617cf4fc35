"""What holds of a collection at any time: checked after ingests, undisturbed and killed."""

from __future__ import annotations

from hashlib import sha256

from ingest.chunking.chunk import chunk_document
from vault.embedding.embedder import Embedder
from vault.records import DocumentState
from vault.store.collection import Collection
from vault.text.words import content_words

Whole = set[tuple[str, str, int, int]]


def assert_whole(collection: Collection) -> Whole:
    """Every document is whole in catalogue, FTS, Chroma and originals, or in none.

    Returns (sha256, state, pages, chunks) of every document.
    """
    catalogue = collection.catalogue
    kept = set()
    for document in catalogue.documents():
        pages, chunks = catalogue.pages(document.sha256), catalogue.chunks_of(document.sha256)
        assert (len(pages), len(chunks)) == (document.pages, document.chunks), document.name
        assert [page.number for page in pages] == list(range(1, len(pages) + 1))
        assert [stored.chunk.ordinal for stored in chunks] == list(range(len(chunks)))
        if document.state.searchable:
            assert chunks or document.reason, document.name
        if document.state is not DocumentState.FAILED:
            kept.add(document.sha256)
            original = catalogue_original(collection, document.sha256)
            assert sha256(original).hexdigest() == document.sha256
    assert {path.name for path in collection.originals._folder.iterdir()} == kept
    ids = catalogue.chunk_ids()
    assert set(ids) == collection.vector_ids()
    with catalogue._db.read() as db:
        assert [row["rowid"] for row in db.execute("SELECT rowid FROM chunks_fts ORDER BY rowid")] == ids
        db.execute("INSERT INTO chunks_fts (chunks_fts) VALUES ('integrity-check')")
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
    for chunk_id, vector in catalogue.embeddings(ids[:: max(1, len(ids) // 20)]):
        found = dict(collection.nearest(vector, 5))
        # Two chunks of the same words share the first place.
        assert found.get(chunk_id, max(found.values())) > 0.9999
    return {(d.sha256, d.state.value, d.pages, d.chunks) for d in catalogue.documents()}


def assert_chunks_are_true(collection: Collection, embedder: Embedder) -> None:
    """Chunks are slices of pages, fit the model as embedded, and are found by their rarest word."""
    catalogue = collection.catalogue
    for document in catalogue.documents():
        pages = catalogue.pages(document.sha256)
        texts = {page.number: page.text for page in pages}
        again = chunk_document(document.sha256, document.title, pages, embedder, 256)
        stored = catalogue.chunks_of(document.sha256)
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
    """The lexical index leads from the rarest word of the chunk to the chunk."""
    asked = content_words(text)
    counts, total = collection.catalogue.lexical.frequencies(asked)
    assert all(0 < count <= total for count in counts.values()), counts
    word = min(asked, key=lambda each: counts[each])
    assert chunk_id in {found for found, _ in collection.catalogue.lexical.match(f'"{word}"', counts[word])}


def catalogue_original(collection: Collection, sha: str) -> bytes:
    """The bytes of a document as they are kept."""
    return collection.originals.path(sha).read_bytes()
