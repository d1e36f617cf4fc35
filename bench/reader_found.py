"""What a search finds for the questions of a set, read by the reader; kept, so that fitting and reporting
need not search and read again."""

from __future__ import annotations

import pickle
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.kept_vault import USER, kept_vault
from evaluation.measures import Place
from evaluation.own_vault import COLLECTION
from evaluation.question_set import Question
from rag.question.question import Question as Understood
from rag.reader.reader import Reader
from rag.retrieval.passage import Passage
from rag.retrieval.rerank import first_read
from rag.retrieval.search import Scope, Search
from training.reduced import reduced, side_of
from training.sets import questions_of
from training.split import Side, linked
from vault.embedding.embedder import Embedder
from vault.settings import Settings

RANKED = 100
"""Passages kept of a question."""
CLOSELY = Settings(data=Path()).passages
"""Passages that evidence is looked for in, as the product does."""
ASKED = (
    ("cuad", False), ("cuad", True), ("contractnli", False), ("contractnli", True), ("squad2", True),
    ("policyqa", True), ("bioasq", False), ("medquad", False), ("pubmedqa", False), ("scifact", False),
)  # fmt: skip
"""(set, whether the question is asked of its document only)"""


def how(scoped: bool) -> str:
    """What the tables call a search of one document, and one of all."""
    return "scoped" if scoped else "open"


@dataclass(frozen=True)
class Held:
    """A question with what was found for it, in the order of the search and read as a first time."""

    asked: Question
    understood: Understood
    passages: tuple[Passage, ...]
    names: dict[str, str]
    """The set's ids of the documents among the passages, by sha256."""
    search_ms: float
    read_ms: float

    def places(self, passages: Sequence[Passage]) -> list[Place]:
        """Where the passages stand, by the set's ids of their documents."""
        return [
            (self.names[passage.document.sha256], piece.span.start, piece.span.end)
            for passage in passages
            for piece in passage.slices
        ]

    def documents(self, passages: Sequence[Passage]) -> list[str]:
        """The set's ids of the passages' documents, each once, in their order."""
        return list(dict.fromkeys(self.names[passage.document.sha256] for passage in passages))


def held(
    shared: Path,
    keep: Path,
    name: str,
    scoped: bool,
    wanted: Side,
    most: int,
    embedder: Embedder,
    reader: Reader,
) -> list[Held]:
    """At most `most` questions of one side of the set, searched for in its part (`training/reduced.py`)."""
    cache = keep / "found" / f"{name}-{how(scoped)}-{wanted}-{most}-{reader.sha256[:12]}.pickle"
    if cache.is_file():
        kept: list[Held] = pickle.loads(cache.read_bytes())  # our own file, written below
        return kept
    questions = reduced(questions_of(shared / "eval" / name), random.Random(1))
    links = linked([one.relevant for one in questions.questions if one.relevant])
    some = [one for one in questions.questions if side_of(name, one, links) is wanted]
    random.Random(7).shuffle(some)
    found = []
    with kept_vault(questions, keep, embedder) as there:
        names = there.names
        for question in some[:most]:
            inside = (there.ids[question.document],) if scoped and question.document else None
            started = time.perf_counter()
            result = Search(
                there.vault, embedder, Scope(USER, (COLLECTION,), inside), candidates=RANKED, limit=RANKED
            ).find(question.question)
            searched = time.perf_counter()
            passages = first_read(result.question, result.passages, reader, CLOSELY)
            read = time.perf_counter()
            here = {one.document.sha256: names[one.document.sha256] for one in passages}
            found.append(
                Held(question, result.question, tuple(passages), here,
                     (searched - started) * 1000, (read - searched) * 1000)
            )  # fmt: skip
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_bytes(pickle.dumps(found))
    print(f"{name} {how(scoped)} {wanted}: {len(found)} questions", flush=True)
    return found


def without_readings(passages: Sequence[Passage]) -> list[Passage]:
    """The passages as a search gives them."""
    return [replace(one, read=None) for one in passages]
