"""Search for the questions of a set, read what is found, and cache it, so that fitting and reporting need not
search and read again."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.kept import kept
from evaluation.cached_vault import USER, cached_vault
from evaluation.measures import Place
from evaluation.question_set import TextQuestion
from evaluation.temporary_vault import COLLECTION
from rag.question.question import Question
from rag.reader.reader import Reader
from rag.retrieval.passage import Passage
from rag.retrieval.rerank import read_excerpts
from rag.retrieval.search import Scope, Search
from training.reduced import reduced, side_of
from training.sets import questions_of
from training.split import Side, linked
from vault.embedding.embedder import Embedder
from vault.settings import Settings

RANKED = 100
"""Passages kept for each question."""
EVIDENCE_PASSAGES = Settings(data=Path()).passages
"""Passages in which evidence is looked for, as in the product."""
ASKED = (
    ("cuad", False), ("cuad", True), ("contractnli", False), ("contractnli", True), ("squad2", True),
    ("policyqa", True), ("bioasq", False), ("medquad", False), ("pubmedqa", False), ("scifact", False),
)  # fmt: skip
"""(set, whether each question is asked of its own document only)"""


def scope_name(scoped: bool) -> str:
    """Return the name in the tables for a search of one document, or of all."""
    return "scoped" if scoped else "open"


@dataclass(frozen=True)
class FoundQuestion:
    """A question of a set with the passages found for it, in the order of the search, with their first
    readings."""

    asked: TextQuestion
    question: Question
    """The question as the search analysed it."""
    passages: tuple[Passage, ...]
    names: dict[str, str]
    """The documents' ids in the set, by sha256."""
    search_ms: float
    read_ms: float

    def places(self, passages: Sequence[Passage]) -> list[Place]:
        """Return the places of the passages, with the documents' ids in the set."""
        return [
            (self.names[passage.document.sha256], piece.span.start, piece.span.end)
            for passage in passages
            for piece in passage.slices
        ]

    def documents(self, passages: Sequence[Passage]) -> list[str]:
        """Return the ids of the passages' documents in the set, each once, in their order."""
        return list(dict.fromkeys(self.names[passage.document.sha256] for passage in passages))


def found_questions(
    shared: Path,
    keep: Path,
    name: str,
    scoped: bool,
    wanted: Side,
    limit: int,
    embedder: Embedder,
    reader: Reader,
) -> list[FoundQuestion]:
    """Return at most `limit` questions of one side of the set, searched in its part
    (`training/reduced.py`)."""
    file = keep / "found" / f"{name}-{scope_name(scoped)}-{wanted}-{limit}-{reader.sha256[:12]}.pickle"
    return kept(file, lambda: _find(shared, keep, name, scoped, wanted, limit, embedder, reader))


def _find(
    shared: Path,
    keep: Path,
    name: str,
    scoped: bool,
    wanted: Side,
    limit: int,
    embedder: Embedder,
    reader: Reader,
) -> list[FoundQuestion]:
    questions = reduced(questions_of(shared / "eval" / name), random.Random(1))
    links = linked([one.relevant for one in questions.questions if one.relevant])
    drawn = [one for one in questions.questions if side_of(name, one, links) is wanted]
    random.Random(7).shuffle(drawn)
    found = []
    with cached_vault(questions, keep, embedder) as cached:
        names = cached.names
        for question in drawn[:limit]:
            documents = (cached.ids[question.document],) if scoped and question.document else None
            started = time.perf_counter()
            result = Search(
                cached.vault, embedder, Scope(USER, (COLLECTION,), documents), candidates=RANKED, limit=RANKED
            ).find(question.question)
            searched = time.perf_counter()
            passages = read_excerpts(result.question, result.passages, reader, EVIDENCE_PASSAGES)
            read = time.perf_counter()
            names_found = {one.document.sha256: names[one.document.sha256] for one in passages}
            found.append(
                FoundQuestion(question, result.question, tuple(passages), names_found,
                              (searched - started) * 1000, (read - searched) * 1000)
            )  # fmt: skip
    print(f"{name} {scope_name(scoped)} {wanted}: {len(found)} questions", flush=True)
    return found


def without_readings(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages as the search returned them."""
    return [replace(one, latest_reading=None) for one in passages]
