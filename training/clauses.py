"""What the clause before a verb says of it: that it is denied, and who may."""

from __future__ import annotations

import re

from rag.verification.lexicon import ROLES
from training.edits import ahead_of

MODAL = r"(?:shall|must|will|may|should)"
"""A pattern for a verb that commands, permits or foretells."""
BE = r"(?:is|are|was|were)"
"""A pattern for the finite forms of "be"."""
DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|none|without|cannot|fails?|failure|unless)\b", re.IGNORECASE
)
"""What denies, or limits as if it did."""
_ENTITLED = ROLES - frozenset(
    """patient physician doctor nurse surgeon pharmacist midwife child mother father sister brother son
    daughter anaesthetist cardiologist therapist paramedic donor donee investigator author hospital
    state""".split()
)
"""Who may do a thing because it is allowed; of the others it is said because it is possible."""


def clause_before(text: str, place: int) -> str:
    """What stands before the place since the last comma or the like."""
    return re.split(r"[,;:]", ahead_of(text, place, 250))[-1]


def denied(text: str, place: int) -> bool:
    """Whether the clause before the place denies, as "No party, however, shall" does."""
    return bool(DENIES.search(clause_before(text, place)) or re.match(r"(?:No|None|Neither|Nothing)\b", text))


def permits(text: str, place: int) -> bool:
    """Whether a "may" there permits: someone stands before it, not something that is possible."""
    words = re.findall(r"[a-z]+", clause_before(text, place).lower())[-6:]
    return any(word.rstrip("s") in _ENTITLED or word in ("parties", "we", "you") for word in words)
