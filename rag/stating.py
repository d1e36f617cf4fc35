"""State an answer: in the words of a language model, or in quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Event as Cancel

from rag.events import Statement, Waiting
from rag.evidence.evidence import EvidenceSentence
from rag.question.turn import Turn
from rag.retrieval.passage import Passage
from rag.verification.verify import Verdict
from rag.writing.context import ContextSize
from rag.writing.quoting import quote_evidence
from rag.writing.writer import Writer, Writing
from vault.errors import ModelError


def state(
    question: str,
    context: Sequence[Passage],
    evidence: Sequence[EvidenceSentence],
    history: Sequence[Turn],
    cancel: Cancel | None,
    writing: Writing,
    writer: Writer | None,
    quotes: int,
    answers: Callable[[str], bool],
) -> Iterator[Statement | Waiting]:
    """Yield the statements: of the language model if the documents support any of them, else quotes.

    `context` is what the model reads, and `quotes` the most sentences of `evidence` that are quoted.
    `answers` returns whether a sentence is of the kind that is asked for. What a small model writes counts
    only if it is, and rests on the best sentence: it chooses worse than our ranking.
    """
    if writer is not None:
        try:
            yield from writer.write(question, context, history, cancel, writing)
        except ModelError as error:
            writing.notes.append(f"The language model failed, so the documents are quoted. {error}")
            writing.statements.clear()  # half an answer may lack what matters
        wrote = bool(writing.statements)
        carried = [one for one in writing.statements if one.verdict is not Verdict.UNSUPPORTED]
        answering = carried
        if writing.reads is ContextSize.SHORT:
            answering = [one for one in carried if answers(one.text) and _rests_on_best(evidence, one)]
            writing.statements[:] = answering
        if answering:
            writing.mode = "generated"
            return
        if carried:
            writing.notes.append(
                "Quoted: the language model wrote nothing that answers as well as the best sentence."
            )
        elif wrote:
            writing.notes.append(
                "The documents support nothing that the language model wrote, so it is withheld and they "
                "are quoted."
            )
        # The record keeps what is withheld, under `written`.
        writing.statements.clear()
        writing.model = None
    for statement in quote_evidence(evidence, quotes):
        writing.statements.append(statement)
        yield statement


def _rests_on_best(evidence: Sequence[EvidenceSentence], statement: Statement) -> bool:
    """Return whether a place that the statement cites shares text with the best sentence that fits."""
    best = next((sentence.citation for sentence in evidence if sentence.fit.states), None)
    return best is not None and any(
        own.collection == best.collection and own.shares_text_with(best) for own in statement.citations
    )
