"""Whether a question asks for what was before a change, or for what holds after it."""

from __future__ import annotations

import re

from rag.question.understanding.understood import Intent, Relation, Understood

_EARLIER = re.compile(
    r"\b(?:before|until|till|prior to|previous(?:ly)?|formerly?|used to|originally|up to then|"
    r"leading up to)\b",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:to be|will|next|due|booked|planned|scheduled|until|till|by when|expir\w*|ends?|deadline)\b", re.I
)


def asks_earlier(understood: Understood) -> bool:
    """Return whether it asks for what was so before a day or a change: "before 10 June", "previously"."""
    if understood.intent not in (Intent.FACT, Intent.LATEST):
        return False
    if understood.dates:
        return any(one.relation is Relation.BEFORE for one in understood.dates)
    return _EARLIER.search(understood.text) is not None


def asks_current(understood: Understood) -> bool:
    """Return whether it asks for what holds now, without naming a day."""
    if understood.dates or understood.intent not in (Intent.FACT, Intent.LATEST) or asks_earlier(understood):
        return False
    return understood.current or understood.intent is Intent.LATEST


def asks_of_days_to_come(understood: Understood) -> bool:
    """Return whether it asks for a day that no entry of notes has: an entry says what was done on its own."""
    return _TO_COME.search(understood.text) is not None
