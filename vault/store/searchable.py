"""What can be searched: a catalogue with its chunks and their vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vault.records import Slice, Span
from vault.store.catalogue.catalogue import Catalogue
from vault.store.catalogue.chunks import StoredChunk


class Searchable:
    """A collection, or a part of one that is searched by itself."""

    def __init__(self, name: str, catalogue: Catalogue) -> None:
        self.name = name
        self.catalogue = catalogue

    def nearest(
        self, vector: NDArray[np.float32], limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (chunk id, cosine) of the nearest chunks, best first, in `documents` (sha256) if given."""
        return self.nearest_of(vector, limit, self.catalogue.chunks.ids(documents))

    def nearest_of(
        self, vector: NDArray[np.float32], limit: int, ids: Sequence[int]
    ) -> list[tuple[int, float]]:
        """Return (chunk id, cosine) of the nearest of the chunks `ids`, best first.

        It is exact: the embeddings of all `ids` are read from the catalogue and compared.
        """
        id_blocks = [np.zeros(0, np.int64)]
        cosine_blocks = [np.zeros(0, np.float32)]
        for block, embeddings in self.catalogue.chunks.embedding_blocks(ids):
            id_blocks.append(block)
            cosine_blocks.append(embeddings @ vector)
        found, cosines = np.concatenate(id_blocks), np.concatenate(cosine_blocks)
        best = np.lexsort((found, -cosines))[:limit]
        return [(int(found[index]), float(cosines[index])) for index in best]

    def slices(self, stored: StoredChunk) -> list[Slice]:
        """Return the chunk's text as slices with places, one for each element (heading, paragraph, row)."""
        found: list[Slice] = []
        for span in stored.chunk.spans:
            page = self.catalogue.pages.find(stored.chunk.document, span.page)
            inside = [
                Slice(Span(span.page, start, end), page.text[start:end], element.kind)
                for element in page.elements
                if (start := max(span.start, element.start)) < (end := min(span.end, element.end))
            ]
            found += inside or [Slice(span, page.text[span.start : span.end])]
        return found

    def section_around(self, sha256: str, ordinal: int, neighbours: int) -> list[Slice]:
        """Return the text of `ChunkStore.section_around` as slices."""
        chunks = self.catalogue.chunks.section_around(sha256, ordinal, neighbours)
        return [piece for stored in chunks for piece in self.slices(stored)]

    def text(self, stored: StoredChunk) -> str:
        """Return the chunk's text: its spans, joined by line breaks."""
        numbers = {span.page for span in stored.chunk.spans}
        document = stored.chunk.document
        return stored.chunk.text({n: self.catalogue.pages.find(document, n).text for n in numbers})
