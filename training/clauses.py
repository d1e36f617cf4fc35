"""What the clause before a verb says about it: whether it is negated, and whether it permits."""

from __future__ import annotations

import re

from rag.verification.lexicon.people import ROLES
from training.edits import ahead_of

MODAL = r"(?:shall|must|will|may|should)"
"""A pattern for the modal verbs of duty, permission and future."""
BE = r"(?:is|are|was|were)"
"""A pattern for the finite forms of "be"."""
DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|none|without|cannot|fails?|failure|unless)\b", re.IGNORECASE
)
"""Negations, and words that limit like one."""
_ENTITLED = ROLES - frozenset(
    """patient physician doctor nurse surgeon pharmacist midwife child mother father sister brother son
    daughter anaesthetist cardiologist therapist paramedic donor donee investigator author hospital
    state""".split()
)
"""Roles whose "may" is a permission; with any other subject it is a possibility."""


def clause_before(text: str, place: int) -> str:
    """Return the text before the place, from the last comma, semicolon or colon on."""
    return re.split(r"[,;:]", ahead_of(text, place, 250))[-1]


def denied(text: str, place: int) -> bool:
    """Return whether the clause before the place negates, as in "No party, however, shall"."""
    return bool(DENIES.search(clause_before(text, place)) or re.match(r"(?:No|None|Neither|Nothing)\b", text))


def permits(text: str, place: int) -> bool:
    """Return whether a "may" at the place is a permission: its subject is somebody, not a thing."""
    words = re.findall(r"[a-z]+", clause_before(text, place).lower())[-6:]
    return any(word.rstrip("s") in _ENTITLED or word in ("parties", "we", "you") for word in words)
