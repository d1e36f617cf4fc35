"""Decide whether the checked sentence of a language model becomes the direct answer.

This is the one place for that rule; `INCAMERA_MODEL_DIRECT` chooses between its forms, so that they can be
measured against each other (`bench/answers.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.events import Statement
from rag.question.question import holds
from rag.question.understanding.understood import Intent, Understood
from rag.question.wanted import Wanted
from rag.retrieval.passage import Passage
from rag.verification.verify import Verdict
from vault.records import Citation, ElementKind
from vault.text.quantities.find import find_quantities
from vault.text.quantities.units import Dimension
from vault.text.readable import readable
from vault.text.words import stems, words

Rule = Literal["never", "missing", "agreeing", "always"]

SAID = frozenset({Intent.FACT, Intent.YES_NO, Intent.DEFINITION})
"""Questions that one sentence answers. Rows, lists and what is computed are for code."""
_TABLE = (ElementKind.TABLE_ROW, ElementKind.TABLE_HEADER)


def written_direct(
    rule: Rule,
    statements: Sequence[Statement],
    direct: DirectAnswer | None,
    understood: Understood,
    passages: Sequence[Passage],
) -> DirectAnswer | None:
    """Return the direct answer in the model's words; None where `direct` stays as it is.

    `statements` are those of the model and `passages` what it read. The verifier has held the numbers, dates
    and names of each against its source. What is not of the kind that is asked for is not taken. A yes or no,
    and words that the sentence does not say (with the rule "agreeing"), stay.
    """
    first = next((one for one in statements if one.verdict is not Verdict.UNSUPPORTED), None)
    if rule == "never" or first is None or understood.intent not in SAID:
        return None
    if not is_of_kind(first.text, understood) or any(
        _in_table(citation, passages) for citation in first.citations
    ):
        return None
    if direct is not None and (rule == "missing" or direct.form is not AnswerForm.WORDS):
        return None
    if direct is not None and rule == "agreeing" and not _says(first.text, direct.text):
        return None
    confidence = 0.7 if direct is None else direct.confidence
    return DirectAnswer(first.text, first.verdict, first.citations, AnswerForm.SENTENCE, confidence)


def is_of_kind(text: str, understood: Understood) -> bool:
    """Return whether a sentence holds the kind of thing that is asked for: a date, a sum, a span of time."""
    if understood.wanted is Wanted.DURATION:
        return any(one.dimension is Dimension.DURATION for one in find_quantities(text))
    if understood.wanted is Wanted.DOSE:
        return bool(find_quantities(text))
    return holds(understood.wanted, text, frozenset(stems(understood.text)))


def _says(sentence: str, line: str) -> bool:
    """Return whether the words of a line stand in the sentence, one after the other."""
    said, wanted = words(readable(sentence)), words(readable(line))
    return any(said[start : start + len(wanted)] == wanted for start in range(len(said) - len(wanted) + 1))


def _in_table(citation: Citation, passages: Sequence[Passage]) -> bool:
    return any(
        piece.kind in _TABLE
        and (passage.document.sha256, piece.span.page) == (citation.sha256, citation.page)
        and piece.span.start < citation.end
        and citation.start < piece.span.end
        for passage in passages
        for piece in passage.slices
    )
