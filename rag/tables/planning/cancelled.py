"""Rows of what was called off: an appointment that was cancelled is none when the question asks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.understanding.understood import Intent
from rag.question.wanted import Wanted
from rag.tables.asking.asked import Asked
from rag.tables.grids.grid import GridRow

_CALLED_OFF = re.compile(
    r"^\W*(?:cancel\w*|canx|cx['’]?d|dna|did not attend|did not come|not attended|no[- ]show|moved|"
    r"rescheduled|"
    r"re-?booked|postponed|withdrawn|void(?:ed)?|superseded|deleted|entered in error|replaced by|"
    r"abgesagt|annulé\w*)\b",
    re.I,
)
_LONGEST = 40
"""Characters of a cell that says what became of its row."""
_ASKS_FOR_THEM = re.compile(
    r"\b(?:cancel\w*|canx|dna\w*|attend\w*|no[- ]shows?|mov\w+|reschedul\w*|re-?book\w*|postpon\w*|"
    r"withdrawn|void\w*|"
    r"miss(?:ed)?|original(?:ly)?|first|earlier|previous(?:ly)?|before|were|was|did|had)\b",
    re.I,
)
_OCCASION = re.compile(
    r"\b(?:appointments?|book(?:ed|ing)s?|com(?:e|ing)|next|due|visits?|sessions?|slots?|clinic|hearings?|listed)\b",
    re.I,
)


def without_called_off(asked: Asked, rows: Sequence[GridRow]) -> list[GridRow]:
    """Return the rows that still hold where the question asks when something is; all for other questions."""
    text = asked.understood.text
    one = asked.intent in (Intent.FACT, Intent.LATEST, Intent.EARLIEST)
    when = asked.understood.wanted is Wanted.DATE or _OCCASION.search(text)
    if not one or not when or _ASKS_FOR_THEM.search(text):
        return list(rows)
    kept = [row for row in rows if not any(_is_called_off(text) for text in row.texts())]
    return kept or list(rows)


def _is_called_off(cell: str) -> bool:
    return len(cell) <= _LONGEST and _CALLED_OFF.match(cell) is not None
