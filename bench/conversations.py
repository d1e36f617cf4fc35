"""How long the first statement of a follow-up takes: of one conversation, and of two that take turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

from rag.models.check import TimedModel
from rag.question.turn import Turn
from rag.retrieval.passage import Passage
from rag.writing.generate import ModelWriter
from rag.writing.writer import Writing
from vault.embedding.embedder import Embedder
from vault.settings import Settings

QUESTION = "Which subcontractor has been approved for the secondary data centre?"
ANSWER = "The Client consents to the use of Kestrow Hosting Limited."
FOLLOW_UP = "And which other subcontractors may Tolvane use?"


def following_up(
    settings: Settings, passages: Sequence[Passage], embedder: Embedder, rounds: int
) -> list[str]:
    """Seconds to the first statement of a first question and of a follow-up about the same passages."""
    assert settings.model_file is not None
    first, later, reused, whole = [], [], [], []
    for _ in range(rounds):
        model = TimedModel(settings.model_file, settings)
        writer = ModelWriter(model, embedder)
        _ = model.context_length  # loaded before the clock starts
        first.append(to_first_statement(writer, QUESTION, passages, ()))
        turn = Turn(QUESTION, ANSWER)
        later.append(to_first_statement(writer, FOLLOW_UP, passages, (turn,)))
        run = model.run
        reused.append(run.reused_tokens)
        whole.append(run.prompt_tokens)
        model.close()
    a, b = statistics.median(first), statistics.median(later)
    return [
        f"First statement after {a:.2f} s for a first question and {b:.2f} s for a follow-up about the same "
        f"passages: **{b / a:.2f}**. Of the follow-up's {whole[-1]:,} prompt tokens {reused[-1]:,} were not "
        "read again.",
    ]


def taking_turns(
    settings: Settings, passages: Sequence[Passage], embedder: Embedder, rounds: int
) -> list[str]:
    """The same for two conversations about different passages, of which now one and now the other goes on."""
    assert settings.model_file is not None
    conversations = (passages[::2], passages[1::2])
    first, later, size, reused, whole = [], [], 0, 0, 0
    for _ in range(rounds):
        model = TimedModel(settings.model_file, settings)
        writer = ModelWriter(model, embedder)
        _ = model.context_length
        first += [to_first_statement(writer, QUESTION, of_it, ()) for of_it in conversations]
        turn = Turn(QUESTION, ANSWER)
        reused = whole = 0
        for of_it in conversations:
            later.append(to_first_statement(writer, FOLLOW_UP, of_it, (turn,)))
            reused, whole = reused + model.run.reused_tokens, whole + model.run.prompt_tokens
        size = model.cache_bytes
        model.close()
    a, b = statistics.median(first), statistics.median(later)
    return [
        f"Two conversations that take turns: first statement after {a:.2f} s for their first questions and "
        f"{b:.2f} s for their follow-ups: **{b / a:.2f}**. Of the follow-ups' {whole:,} prompt tokens "
        f"{reused:,} were not read again. What was kept of the one that waited: {size / 2**20:.1f} MiB.",
    ]


def to_first_statement(
    writer: ModelWriter, question: str, passages: Sequence[Passage], history: Sequence[Turn]
) -> float:
    """Seconds to the first statement, after which the writing is stopped."""
    started = time.perf_counter()
    events = writer.write(question, passages, history, None, Writing())
    next(events)
    seconds = time.perf_counter() - started
    events.close()  # type: ignore[attr-defined]
    return seconds
