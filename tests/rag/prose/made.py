"""Questions on small collections, answered from their prose without tables."""

from __future__ import annotations

from rag.direct.answer import DirectAnswer
from rag.directing import from_rows_and_lists, from_sentences, sources_of
from rag.evidence.evidence import find_evidence, with_answer_words
from rag.question.understanding.understand import understand
from rag.reader.reader import Reader
from rag.retrieval.rerank import rerank
from rag.retrieval.search import Scope, Search
from tests.rag.evidence.annotated import TODAY
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.vault import Vault


def direct_answer(
    vault: Vault, collection: Collection, embedder: Embedder, question: str, reader: Reader | None = None
) -> DirectAnswer | None:
    """The direct answer to a question on the collection "matter", by the way of the product."""
    understood = understand(question, (), [collection.catalogue.sentences], today=TODAY)
    found = Search(vault, embedder, Scope("local", ("matter",))).find(understood.text, understood)
    sources = sources_of([collection], None)
    direct = from_rows_and_lists(found.question, understood, found.passages, sources)
    if direct is not None:
        return direct
    passages = rerank(found.question, found.passages, reader, 12)
    evidence = with_answer_words(find_evidence(found.question, passages, embedder, 6, understood), passages)
    return from_sentences(found.question, understood, evidence, passages)
