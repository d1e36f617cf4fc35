"""Answer with all that stands at a place, in order, when its words themselves are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.tables.grids.source import TableSource
from rag.verification.verify import Verdict
from vault.annotations import AnnotatedSentence
from vault.text.readable import readable

_MOST_SENTENCES = 12


def whole_text(
    source: TableSource, sha256: str, sentences: Sequence[AnnotatedSentence], goes_on: str
) -> DirectAnswer | None:
    """Return the first sentences of a place in a document; None if it has none.

    `goes_on` is the note where it has more than are shown.
    """
    said = sentences[:_MOST_SENTENCES]
    if not said:
        return None
    complete = len(sentences) <= _MOST_SENTENCES
    return DirectAnswer(
        text=" ".join(readable(one.text) for one in said),
        verdict=Verdict.QUOTED,
        citations=tuple(source.cite_sentence(sha256, one) for one in said),
        form=AnswerForm.WORDS,
        confidence=0.9,
        complete=complete,
        note="" if complete else goes_on,
    )
