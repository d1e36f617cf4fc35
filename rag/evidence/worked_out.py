"""Notice questions whose answer must be counted or worked out, which no single row of a table says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.evidence.evidence import EvidenceSentence
from rag.question.understanding.understood import Intent
from rag.retrieval.passage import Passage

_WORKED_OUT = frozenset({Intent.COUNT, Intent.SUM, Intent.AVERAGE, Intent.DIFFERENCE})
_WORK_OUT = re.compile(
    r"\b(?:work out|calculate|add up|adds? up|in total|altogether|all told|total (?:cost|of|amount)|minus)\b"
    r"|(?:\b(?:cost|price|charge|amount|volume|dose|grams?|ml)\b|[£$€]).*\btotal\b|\btotal\W*[£$€]\W*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:no|none|once|twice|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)\b",
    re.IGNORECASE,
)
_RESULTS = frozenset({Intent.SUM, Intent.AVERAGE, Intent.DIFFERENCE})
_RESULT = re.compile(
    r"\b(?:total(?:s|led|ling)?|altogether|in all|sum|difference|average[ds]?|mean|lost|gained|reduc\w+"
    r"|increas\w+|decreas\w+|fell|fallen|rose|risen|apart|more than"
    r"|less than)\b|\bby\s+[£$€]?\d[\d.,]*\s?[a-z%]",
    re.IGNORECASE,
)
"""How prose says a sum, an average or a difference itself."""


def is_left_to_work_out(
    asked: str, intent: Intent, evidence: Sequence[EvidenceSentence], passages: Sequence[Passage]
) -> bool:
    """Return whether a question asks for a count or a sum that the best fitting sentence does not say.

    Prose with a number may say it ("he has had three falls"). A row of a table is one of those that would
    have to be counted or added up, and one of two weights is not the difference between them.
    """
    if intent not in _WORKED_OUT and _WORK_OUT.search(asked) is None:
        return False
    best = next((sentence for sentence in evidence if sentence.fit.states), None)
    if best is None:
        return False
    row = passages[best.passage].sentences()[best.number].row
    said = best.citation.quote
    if row or _NUMBER.search(said) is None:
        return True
    return intent in _RESULTS and _RESULT.search(said) is None
