"""Two fields of a form are not put together to one answer."""

from __future__ import annotations

from datetime import date

from rag.question.understanding.understand import understand
from rag.tables.answering import answer_from_tables
from rag.tables.grids.source import TableSource
from tests.documents import add_text
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection

FORM = "Lease of Unit 9\n\nAnnual charge: GBP 4,120\n\nParking: three spaces\n\nPets: none\n"


def asked(collection: Collection, question: str) -> str | None:
    index = collection.catalogue.sentences
    documents = {one.sha256: one for one in collection.catalogue.documents()}
    source = TableSource("matter", index, documents, collection.catalogue.pages.names, whole=True)
    answer = answer_from_tables(understand(question, (), [index], today=date(2026, 1, 1)), [source])
    return None if answer is None else answer.text


def test_a_value_is_not_made_of_two_fields_that_each_hold_a_part_of_the_question(
    collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "lease.txt", FORM)
    assert asked(collection, "What is the annual charge for parking?") is None
    assert "4,120" in (asked(collection, "What is the annual charge?") or "")
