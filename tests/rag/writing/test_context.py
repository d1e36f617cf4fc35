"""What a language model is given to read."""

import pytest

from rag.evidence.evidence import find_evidence
from rag.retrieval.passage import Passage
from rag.retrieval.search import Found, Scope, Search
from rag.writing.context import ContextSize, choose_context
from tests.documents import add_text
from vault.embedding.embedder import Embedder
from vault.records import Slice
from vault.store.collection import Collection
from vault.vault import Vault

FILLER = "The parties made many promises to each other about other things. "
RENT = "The tenant pays nine hundred pounds of rent."


@pytest.fixture
def found(vault: Vault, collection: Collection, embedder: Embedder) -> Found:
    text = FILLER * 30 + "Before it. " + RENT + " After it. " + FILLER * 60
    add_text(collection, embedder, "lease.txt", text)
    return Search(vault, embedder, Scope("local", ("matter",))).find("What rent does the tenant pay?")


def read(found: Found, embedder: Embedder, collection: Collection, size: ContextSize) -> list[Passage]:
    ranked = find_evidence(found.question, found.passages, embedder, None)

    def section(passage: Passage) -> list[Slice]:
        return collection.section_around(passage.document.sha256, passage.ordinal, 1)

    return choose_context(found.passages, ranked, size, section)


def holding(passages: list[Passage]) -> Passage:
    return next(passage for passage in passages if RENT in passage.text)


def test_whole_passages_are_read_as_they_were_found(
    found: Found, embedder: Embedder, collection: Collection
) -> None:
    assert read(found, embedder, collection, ContextSize.PASSAGES) == list(found.passages)


def test_the_sentences_that_bear_on_the_question_are_read_with_their_neighbours(
    found: Found, embedder: Embedder, collection: Collection
) -> None:
    narrowed = holding(read(found, embedder, collection, ContextSize.SENTENCES))
    assert f"Before it.\n{RENT}\nAfter it." in narrowed.text
    assert len(narrowed.text) < len(holding(list(found.passages)).text)


def test_a_section_is_read_with_what_stands_around_the_passage_and_no_part_twice(
    found: Found, embedder: Embedder, collection: Collection
) -> None:
    passage = holding(list(found.passages))
    widened = read(found, embedder, collection, ContextSize.SECTIONS)
    assert len(holding(widened).text) > len(passage.text)
    spans = [piece.span for each in widened for piece in each.slices]
    assert len(spans) == len(set(spans))
    assert {piece.span for each in found.passages for piece in each.slices} <= set(spans)


def test_neighbours_are_of_the_same_section(collection: Collection, embedder: Embedder) -> None:
    text = f"1. RENT\n\n{FILLER * 50}\n\n2. REPAIR\n\n{FILLER * 50}\n"
    document = add_text(collection, embedder, "two.txt", text)
    chunks = [stored.chunk for stored in collection.catalogue.chunks.of(document.sha256)]
    rent = [chunk.ordinal for chunk in chunks if "RENT" in chunk.heading]
    assert 0 < len(rent) < len(chunks)
    around = collection.catalogue.chunks.section_around(document.sha256, rent[-1], 2)
    assert [stored.chunk.ordinal for stored in around] == rent[-3:]
