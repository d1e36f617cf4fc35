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


def is_left_to_work_out(
    asked: str, intent: Intent, evidence: Sequence[EvidenceSentence], passages: Sequence[Passage]
) -> bool:
    """Return whether a question asks for a count or a sum that the best fitting sentence does not say.

    Prose with a number may say it ("he has had three falls"). A row of a table is one of those that would
    have to be counted or added up.
    """
    if intent not in _WORKED_OUT and _WORK_OUT.search(asked) is None:
        return False
    best = next((sentence for sentence in evidence if sentence.fit.states), None)
    if best is None:
        return False
    row = passages[best.passage].sentences()[best.number].row
    return row or _NUMBER.search(best.citation.quote) is None
