"""Answer "which …", "list all …" and "how many …" from a list of a document, whole."""

from __future__ import annotations

from collections.abc import Sequence

from rag.direct.answer import AnswerForm, AnswerRow, DirectAnswer
from rag.evidence.fit.people import fit_of_people
from rag.prose.items import ItemList, item_lists, item_text
from rag.question.question import Question
from rag.question.understanding.understood import Intent, Understood
from rag.tables.grids.source import TableSource
from rag.verification.verify import Verdict
from vault.annotations import AnnotatedSentence
from vault.text.words import stems

_LEAST_COVERAGE = 0.5
"""Share of what is asked about, by rarity, that the title of the list must name."""


def listed(
    question: Question,
    understood: Understood,
    sources: Sequence[tuple[TableSource, str, Sequence[AnnotatedSentence]]],
) -> DirectAnswer | None:
    """Return the items of the list whose title says what is asked; for a count, their number.

    `sources` are (source, sha256, sentences) of the documents that may hold it.
    """
    if understood.intent not in (Intent.LIST, Intent.COUNT):
        return None
    best: tuple[float, TableSource, str, ItemList] | None = None
    for source, sha256, sentences in sources:
        profile = source.sentences.profiles([sha256]).get(sha256)
        for candidate in item_lists(sentences):
            if any(fit_of_people(understood.names, one, profile) < 0 for one in candidate.items):
                continue
            kind = profile.kind if profile else ""
            own = question.coverage(question.topic, stems(f"{candidate.title} {kind}"))
            score = own + (0.1 if candidate.marked else 0.0)
            if own >= _LEAST_COVERAGE and (best is None or score > best[0]):
                best = (score, source, sha256, candidate)
    if best is None:
        return None
    score, source, sha256, found = best
    rows = [
        AnswerRow(label="", text=item_text(one), citation=source.cite_sentence(sha256, one))
        for one in found.items
    ]
    return list_or_count(understood, rows, [row.text.rstrip(".;") for row in rows], min(1.0, score))


def list_or_count(
    understood: Understood, rows: Sequence[AnswerRow], texts: Sequence[str], confidence: float
) -> DirectAnswer:
    """Return the answer that names all rows; for a count, their number first.

    `texts` say the rows in one line.
    """
    said = "; ".join(texts)
    counted = understood.intent is Intent.COUNT
    return DirectAnswer(
        text=f"{len(rows)}: {said}" if counted else said,
        verdict=Verdict.QUOTED,
        citations=tuple(row.citation for row in rows),
        form=AnswerForm.COUNT if counted else AnswerForm.LIST,
        confidence=confidence,
        rows=tuple(rows),
    )
