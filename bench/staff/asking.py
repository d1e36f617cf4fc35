"""Ask the questions of a set: each collection in a temporary vault of its own, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.staff.judge import Judged, judge
from bench.staff.question import StaffQuestion
from bench.staff.render import render
from bench.staff.sets import StaffCollection
from evaluation.temporary_vault import answer_to, temporary_vault
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.events import Answer
from rag.question.turn import Turn
from rag.reader.reader import Reader
from rag.writing.writer import Writer
from vault.embedding.embedder import Embedder
from vault.errors import EvaluationError
from vault.settings import Settings
from vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was answered."""

    collection: str
    question: StaffQuestion
    answer: dict[str, Any]
    """As `incamera ask --json` prints it."""
    judged: Judged

    def as_json(self) -> dict[str, object]:
        """Return the question, the judgement and the whole answer as a JSON value."""
        return {
            "collection": self.collection,
            **self.question.model_dump(),
            "judgement": self.judged.judgement.value,
            "why": self.judged.why,
            "gold_in_evidence": self.judged.gold_in_evidence,
            "answer": self.answer,
        }


def ask_all(
    collections: Sequence[StaffCollection],
    kinds: Sequence[str],
    folder: Path,
    embedder: Embedder,
    reader: Reader | None,
    settings: Settings,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Asked]:
    """Yield each question of these kinds (none: all) with its answer, after its documents are loaded.

    The files are made in `folder`, in one folder for each collection. `say` receives a sentence for each
    collection. Raises EvaluationError if a file cannot be read.
    """
    with ParserPool(settings) as parsers:
        for collection in collections:
            questions = [one for one in collection.questions if not kinds or one.kind in kinds]
            if not questions:
                continue
            say(f"{collection.name}: {len(collection.documents)} documents, {len(questions)} questions")
            files = folder / collection.name
            files.mkdir(parents=True, exist_ok=True)
            paths = [render(document, files) for document in collection.documents]
            with temporary_vault(settings) as (vault, kept):
                report = Ingest(kept, embedder, settings, parsers=parsers).run(paths)
                if unread := [*report.failed, *report.partial]:
                    reasons = "; ".join(f"{Path(one.path).name}: {one.reason}" for one in unread)
                    raise EvaluationError(f"{collection.name}: not read: {reasons} Correct {files}.")
                with _writer(vault, settings, embedder) as writer:
                    answerer = Answerer(vault, embedder, settings, writer, reader)
                    for question in questions:
                        answer = answer_of(answerer, question, settings.user).as_json()
                        judged = judge(question, answer, collection.documents_of(question))
                        yield Asked(collection.name, question, answer, judged)


def answer_of(answerer: Answerer, question: StaffQuestion, user: str) -> Answer:
    """Return the answer to a question, after those before it in its conversation were asked in turn."""
    history: list[Turn] = []
    for earlier in question.history:
        turn = answer_to(answerer, earlier, user, tuple(history)).as_turn(earlier)
        if turn is not None:
            history.append(turn)
    return answer_to(answerer, question.question, user, tuple(history))


@contextmanager
def _writer(vault: Vault, settings: Settings, embedder: Embedder) -> Iterator[Writer | None]:
    """Give the writer of the language model of the settings; None if it is off."""
    if settings.model == "off" and not settings.model_server:
        yield None
        return
    # Imported here: without a model nothing of it is needed.
    from rag.models.host import ModelHost

    host = ModelHost(vault, settings, lambda: embedder)
    try:
        yield host
    finally:
        host.close()
