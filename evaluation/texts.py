"""`incamera evaluate` on a set of texts: retrieval, evidence, answers and abstention."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
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
from evaluation.own_vault import COLLECTION, Progress, answered, no_progress, throw_away_vault
from evaluation.question_set import QuestionSet
from ingest.chunking.chunk import chunk_document
from ingest.formats.text.text import structure
from rag.answer import Answerer
from rag.evidence.reading_order import reading_order
from rag.reader.reader import Reader
from rag.retrieval.rerank import searched_for
from rag.retrieval.search import Scope, Search
from vault.embedding.embedder import Embedder
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
    """Measure a set of plain texts; the shape is DESIGN's, with what the set's gold allows."""
    with throw_away_vault(settings) as (vault, collection):
        ids = add_corpus(questions, collection, embedder, settings, progress)
        names = {sha: row for row, sha in ids.items()}
        answerer = Answerer(vault, embedder, settings, reader=reader)
        tally = _Tally()
        asked = questions.questions[:limit]
        for number, question in enumerate(asked, start=1):
            inside = (ids[question.document],) if scope == "document" and question.document else None
            answer = answered(answerer, question.question, settings.user, inside)
            tally.time(answer.evidence_ms)
            within = Scope(settings.user, (COLLECTION,), inside)
            ranked = _as_shown(vault, embedder, reader, settings, within, question.question)
            places = [(names[sha256], span.start, span.end) for sha256, span in ranked]
            evidence = [
                (names[found.citation.sha256], found.citation.start, found.citation.end)
                for found in answer.evidence
            ]
            if question.spans:
                tally.spans(places, evidence, question.spans)
            if question.relevant:
                tally.relevant(list(dict.fromkeys(name for name, _, _ in places)), question.relevant)
            if question.answers:
                tally.answer(" ".join(s.text for s in answer.statements), question.answers)
            tally.decision(answer.answerability, question.answerable, answer.abstained)
            progress("questions", number, len(asked))
        return {"set": questions.name, "scope": scope, "questions": len(asked), **tally.result()}


def _as_shown(
    vault: Vault, embedder: Embedder, reader: Reader | None, settings: Settings, scope: Scope, question: str
) -> list[tuple[str, Span]]:
    """(sha256, span) of all that is found, in the order in which the product shows it: it searches, reads and
    orders as an answer does. Behind that follows what only a deeper search finds."""
    most = searched_for(settings.passages, reader)
    found = Search(vault, embedder, scope, candidates=settings.candidates, limit=most).find(question)
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


class _Tally:
    """Sums over the questions, each measure over those whose gold allows it."""

    def __init__(self) -> None:
        self._recall: dict[int, list[float]] = {k: [] for k in CUTS}
        self._precision: dict[int, list[float]] = {k: [] for k in CUTS}
        self._lists: dict[str, list[float]] = {}
        self._scores: list[float] = []
        self._labels: list[bool] = []
        self._refused: list[bool] = []
        self._times: list[float] = []

    def time(self, milliseconds: float) -> None:
        self._times.append(milliseconds)

    def spans(self, places: Sequence[Place], evidence: Sequence[Place], gold: Sequence[Place]) -> None:
        for k in CUTS:
            found, precise = character_recall_precision(places, gold, k)
            self._recall[k].append(found)
            self._precision[k].append(precise)
        self._note("evidence_hit@1", evidence_hit(evidence, gold, 1))
        self._note("evidence_hit@3", evidence_hit(evidence, gold, 3))

    def relevant(self, ranked: Sequence[str], relevant: Sequence[str]) -> None:
        self._note("ndcg@10", ndcg(ranked, set(relevant), 10))
        self._note("recall@100", recall(ranked, set(relevant), 100))

    def answer(self, text: str, references: Sequence[str]) -> None:
        self._note("answer_f1", token_f1(text, references))

    def decision(self, score: float, answerable: bool, refused: bool) -> None:
        self._scores.append(score)
        self._labels.append(answerable)
        self._refused.append(refused)

    def result(self) -> dict[str, object]:
        found: dict[str, object] = {}
        if self._recall[1]:
            found["recall@k"] = {str(k): _mean(values) for k, values in self._recall.items()}
            found["precision@k"] = {str(k): _mean(values) for k, values in self._precision.items()}
        found |= {name: _mean(values) for name, values in self._lists.items()}
        separation = auroc(self._scores, self._labels)
        if separation is not None:
            found["abstention_auroc"] = round(separation, 4)
        found["wrong_refusals"] = _mean(
            [refused for refused, label in zip(self._refused, self._labels, strict=True) if label]
        )
        found["p50_ms"] = round(percentile(self._times, 0.5), 1)
        found["p95_ms"] = round(percentile(self._times, 0.95), 1)
        return found

    def _note(self, name: str, value: float) -> None:
        self._lists.setdefault(name, []).append(value)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def add_corpus(
    questions: QuestionSet,
    collection: Collection,
    embedder: Embedder,
    settings: Settings,
    progress: Progress = no_progress,
) -> dict[str, str]:
    """Add the texts as one-page documents, those that are there already excepted; sha256 by row id.

    The id goes into the hash: two rows with the same text are two documents of the set.
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
                added=datetime.now(UTC).isoformat(timespec="seconds"), size=len(row.text.encode()),
            )  # fmt: skip
            embeddings = embedder.embed([chunk.text for chunk in chunks])
            collection.add(document, [page], [chunk.chunk for chunk in chunks], embeddings)
        progress("documents", number, len(questions.corpus))
    return ids
