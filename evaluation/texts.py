"""`incamera evaluate` on a set of texts: it measures retrieval, evidence, answers and abstention."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

from evaluation.measures import (
    CUTS,
    Place,
    auroc,
    character_recall_precision,
    evidence_hit,
    ndcg,
    percentile,
    recall,
    token_f1,
)
from evaluation.question_set import QuestionSet
from evaluation.temporary_vault import COLLECTION, Progress, answer_to, no_progress, temporary_vault
from ingest.annotation.annotate import annotate
from ingest.chunking.chunk import chunk_document
from ingest.formats.structure.plain import structure
from rag.answer import Answerer
from rag.evidence.reading_order import reading_order
from rag.reader.reader import Reader
from rag.retrieval.rerank import search_limit
from rag.retrieval.search import Scope, Search
from vault.embedding.embedder import Embedder
from vault.process.clock import utc_now
from vault.records import Document, DocumentState, Page, Span
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

ScopeKind = Literal["collection", "document"]

_RETRIEVED = 120
"""Passages that are ranked for a question."""


def evaluate_set(
    questions: QuestionSet,
    embedder: Embedder,
    settings: Settings,
    reader: Reader | None = None,
    *,
    scope: ScopeKind = "collection",
    limit: int | None = None,
    progress: Progress = no_progress,
) -> dict[str, object]:
    """Ask the questions of a set of plain texts and return the figures that its gold allows.

    With `scope` "document" each question is asked of its own document only; `limit` is the most questions.
    """
    with temporary_vault(settings) as (vault, collection):
        ids = add_corpus(questions, collection, embedder, settings, progress)
        names = {sha: row for row, sha in ids.items()}
        answerer = Answerer(vault, embedder, settings, reader=reader)
        tally = Tally()
        asked = questions.questions[:limit]
        for number, question in enumerate(asked, start=1):
            inside = (ids[question.document],) if scope == "document" and question.document else None
            answer = answer_to(answerer, question.question, settings.user, documents=inside)
            tally.add_time(answer.evidence_ms)
            search_scope = Scope(settings.user, (COLLECTION,), inside)
            ranked = _ranked_places(vault, embedder, reader, settings, search_scope, question.question)
            places = [(names[sha256], span.start, span.end) for sha256, span in ranked]
            evidence = [
                (names[found.citation.sha256], found.citation.start, found.citation.end)
                for found in answer.evidence
            ]
            if question.spans:
                tally.add_places(places, evidence, question.spans)
            if question.relevant:
                tally.add_documents(list(dict.fromkeys(name for name, _, _ in places)), question.relevant)
            if question.answers:
                text = " ".join(statement.text for statement in answer.statements)
                tally.add_answer(text, question.answers)
            tally.add_decision(answer.answerability, question.answerable, answer.abstained)
            progress("questions", number, len(asked))
        return {"set": questions.name, "scope": scope, "questions": len(asked), **tally.figures()}


def _ranked_places(
    vault: Vault, embedder: Embedder, reader: Reader | None, settings: Settings, scope: Scope, question: str
) -> list[tuple[str, Span]]:
    """Return (sha256, span) of all that is found, in the order in which the product shows it.

    The search, the reader and the order are those of an answer. After that come the places that only a deeper
    search finds.
    """
    limit = search_limit(settings.passages, reader)
    found = Search(vault, embedder, scope, candidates=settings.candidates, limit=limit).find(question)
    _, places = reading_order(found.question, found.passages, embedder, settings.passages, reader)
    shown = {passage.chunk_id for passage in found.passages}
    candidates = max(settings.candidates, _RETRIEVED)
    deeper = Search(vault, embedder, scope, candidates=candidates, limit=_RETRIEVED).find(question).passages
    return places + [
        (passage.document.sha256, piece.span)
        for passage in deeper
        if passage.chunk_id not in shown
        for piece in passage.slices
    ]


class Tally:
    """The measures over all questions; each is a mean over the questions whose gold allows it."""

    def __init__(self) -> None:
        self._recall: dict[int, list[float]] = {k: [] for k in CUTS}
        self._precision: dict[int, list[float]] = {k: [] for k in CUTS}
        self._values: dict[str, list[float]] = {}
        self._scores: list[float] = []
        self._labels: list[bool] = []
        self._abstained: list[bool] = []
        self._times: list[float] = []

    def add_time(self, milliseconds: float) -> None:
        """Add the time to the evidence of one question."""
        self._times.append(milliseconds)

    def add_places(self, places: Sequence[Place], evidence: Sequence[Place], gold: Sequence[Place]) -> None:
        """Compare the ranked `places`, and the `evidence`, of one question with its gold spans."""
        for k in CUTS:
            found, precise = character_recall_precision(places, gold, k)
            self._recall[k].append(found)
            self._precision[k].append(precise)
        self._add("evidence_hit@1", evidence_hit(evidence, gold, 1))
        self._add("evidence_hit@3", evidence_hit(evidence, gold, 3))

    def add_documents(self, ranked: Sequence[str], relevant: Sequence[str]) -> None:
        """Compare the ranked documents of one question with the relevant ones."""
        self._add("ndcg@10", ndcg(ranked, set(relevant), 10))
        self._add("recall@100", recall(ranked, set(relevant), 100))

    def add_answer(self, text: str, references: Sequence[str]) -> None:
        """Compare the text of one answer with the reference answers."""
        self._add("answer_f1", token_f1(text, references))

    def add_decision(self, score: float, answerable: bool, abstained: bool) -> None:
        """Add the score of one question, whether it has an answer, and whether the product abstained."""
        self._scores.append(score)
        self._labels.append(answerable)
        self._abstained.append(abstained)

    def figures(self) -> dict[str, object]:
        """Return the means and percentiles as a JSON value."""
        found: dict[str, object] = {}
        if self._recall[1]:
            found["recall@k"] = {str(k): _mean(values) for k, values in self._recall.items()}
            found["precision@k"] = {str(k): _mean(values) for k, values in self._precision.items()}
        found |= {name: _mean(values) for name, values in self._values.items()}
        separation = auroc(self._scores, self._labels)
        if separation is not None:
            found["abstention_auroc"] = round(separation, 4)
        found["wrong_refusals"] = _mean(
            [abstained for abstained, label in zip(self._abstained, self._labels, strict=True) if label]
        )
        found["p50_ms"] = round(percentile(self._times, 0.5), 1)
        found["p95_ms"] = round(percentile(self._times, 0.95), 1)
        return found

    def _add(self, name: str, value: float) -> None:
        self._values.setdefault(name, []).append(value)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def add_corpus(
    questions: QuestionSet,
    collection: Collection,
    embedder: Embedder,
    settings: Settings,
    progress: Progress = no_progress,
) -> dict[str, str]:
    """Add the texts that are missing in the collection as documents of one page; return sha256 by row id.

    The hash includes the id, so that two rows with the same text are two documents.
    """
    collection.stamp(embedder.identity)
    ids: dict[str, str] = {}
    for number, row in enumerate(questions.corpus, start=1):
        digest = sha256(f"{row.id}\0{row.text}".encode()).hexdigest()
        ids[row.id] = digest
        if collection.catalogue.is_searchable(digest):
            continue
        page = Page(1, row.text, structure(row.text))
        title = row.title or Path(row.id).stem
        chunks = chunk_document(digest, title, [page], embedder, settings.chunk_tokens)
        if chunks:
            document = Document(
                sha256=digest, name=row.id, path="", media_type="text/plain", title=title,
                state=DocumentState.READY, reason="", pages=1, chunks=len(chunks), ocr_pages=0, warnings=(),
                added=utc_now(), size=len(row.text.encode()),
            )  # fmt: skip
            embeddings = embedder.embed([chunk.text for chunk in chunks])
            annotation = annotate(digest, row.id, title, [page])
            collection.add(document, [page], [chunk.chunk for chunk in chunks], embeddings, annotation)
        progress("documents", number, len(questions.corpus))
    return ids
