"""Guards on modality: what the passage only permits, plans or suspects is not stated as done or as a duty."""

from __future__ import annotations

from rag.verification.clauses.modality import PLAINLY, modalities
from rag.verification.text.tokens import Tokens

_MAY_BE_ADDED = {"plan", "history", PLAINLY}
"""Ways of saying something that do not make a statement say more."""
_MAY_BE_DROPPED = {"must", "must not"}
"""That something must be done may be said without "must"."""
_PHRASES = {
    "must": "must", "may": "may", "should": "should", "history": "in the past or of someone else",
    "plan": "planned", "must not": "must not", "need not": "need not",
}  # fmt: skip


def modality_is_added(statement: Tokens, passage: Tokens) -> str | None:
    """Return which modal of the statement ("must", "may") the passage does not have for the same word."""
    found = modalities(passage)
    keys, anywhere = {token.key for token in passage}, set[str]().union(*found.values())
    for key, ways in modalities(statement).items():
        for way in sorted(ways - _MAY_BE_ADDED):
            if way not in (found.get(key, set()) if key in keys else anywhere):
                return f"the cited passage does not say “{_PHRASES[way]}” of this"
    return None


def modality_is_dropped(statement: Tokens, passage: Tokens) -> str | None:
    """Return which modal of the passage ("may", "planned") the statement leaves out."""
    stated = modalities(statement)
    spoken, anywhere = {token.key for token in statement if token.content}, set[str]().union(*stated.values())
    for key, ways in modalities(passage).items():
        if key not in spoken or PLAINLY in ways:
            continue
        # A modal that the statement has is not dropped, whatever word it qualifies there.
        dropped = sorted(ways - _MAY_BE_DROPPED - anywhere)
        if dropped:
            return f"the cited passage says this only as “{_PHRASES[dropped[0]]}”"
    return None
