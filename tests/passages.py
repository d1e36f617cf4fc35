"""Passages made by hand."""

from __future__ import annotations

from rag.retrieval.passage import Passage
from tests.documents import document
from vault.records import ElementKind, Slice, Span


def passage_of(
    *texts: str,
    number: int = 1,
    name: str = "lease.txt",
    heading: str = "",
    kind: ElementKind = ElementKind.PARAGRAPH,
) -> Passage:
    """Return a passage with a slice for each text; `number` is its place in the document `name`."""
    start, slices = 10_000 * number, []
    for text in texts:
        slices.append(Slice(Span(1, start, start + len(text)), text, kind))
        start += len(text) + 1
    return Passage(
        collection="matter", document=document(name, "text"), chunk_id=number, ordinal=number,
        heading=heading, slices=tuple(slices), score=1.0, cosine=1.0, names_in_document=1.0,
        terms_in_document=1.0,
    )  # fmt: skip
