"""What can be searched: a catalogue with its chunks and their vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vault.records import Slice, Span
from vault.store.catalogue import Catalogue
from vault.store.catalogue_texts import StoredChunk


class Searchable:
    """A collection, or a part of one that is searched by itself."""

    def __init__(self, name: str, catalogue: Catalogue) -> None:
        self.name = name
        self.catalogue = catalogue

    def nearest(
        self, vector: NDArray[np.float32], limit: int, documents: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the nearest chunks, best first, within `documents` (sha256) if given."""
        return self.exactly_nearest(vector, limit, self.catalogue.chunk_ids(documents))

    def exactly_nearest(
        self, vector: NDArray[np.float32], limit: int, ids: Sequence[int]
    ) -> list[tuple[int, float]]:
        """The nearest of the chunks `ids`, by the embeddings in the catalogue, read block by block."""
        found = [np.zeros(0, np.int64)]
        cosines = [np.zeros(0, np.float32)]
        for some, stored in self.catalogue.embedding_blocks(ids):
            found.append(some)
            cosines.append(stored @ vector)
        every, near = np.concatenate(found), np.concatenate(cosines)
        best = np.lexsort((every, -near))[:limit]
        return [(int(every[place]), float(near[place])) for place in best]

    def slices(self, stored: StoredChunk) -> list[Slice]:
        """The chunk's text, element by element (heading, paragraph, row), each with its place."""
        found: list[Slice] = []
        for span in stored.chunk.spans:
            page = self.catalogue.page(stored.chunk.document, span.page)
            inside = [
                Slice(Span(span.page, start, end), page.text[start:end], element.kind)
                for element in page.elements
                if (start := max(span.start, element.start)) < (end := min(span.end, element.end))
            ]
            found += inside or [Slice(span, page.text[span.start : span.end])]
        return found

    def section_around(self, sha256: str, ordinal: int, most: int) -> list[Slice]:
        """As `Catalogue.section_around`: the text, element by element."""
        chunks = self.catalogue.section_around(sha256, ordinal, most)
        return [piece for stored in chunks for piece in self.slices(stored)]

    def text(self, stored: StoredChunk) -> str:
        """The chunk's text: its slices, joined by line ends."""
        numbers = {span.page for span in stored.chunk.spans}
        return stored.chunk.text({n: self.catalogue.page(stored.chunk.document, n).text for n in numbers})
