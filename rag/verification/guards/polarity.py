"""Guards on denial: the passage denies what the statement denies, and nothing else of it."""

from __future__ import annotations

from rag.verification.clauses.actors import is_predicate
from rag.verification.clauses.negation import negated, subjects_of_denials
from rag.verification.lexicon.negation import BACKWARD_NEGATIONS, NEGATIONS
from rag.verification.lexicon.people import ROLES
from rag.verification.text.tokens import Tokens

_CUES = NEGATIONS | BACKWARD_NEGATIONS
_OPENINGS = frozenset("on in at during after before upon for".split())
_LONGEST_OPENING = 10
"""Tokens in which the comma after an opening is looked for."""


def only_statement_denies(statement: Tokens, passage: Tokens) -> str | None:
    """Return that the statement denies something and the passage denies nothing at all."""
    if any(negated(statement)) and not any(negated(passage)):
        return "the cited passage denies nothing"
    return None


def polarity_differs(statement: Tokens, passage: Tokens) -> str | None:
    """Return which word one asserts and the other denies."""
    stated, found = _polarities(statement), _polarities(passage)
    for key, polarities in stated.items():
        if key in found and not polarities & found[key]:
            word = next(token.text for token in statement if token.key == key)
            verb = "denies" if True in found[key] else "does not deny"
            return f"the cited passage {verb} what is said of “{word}”"
    return None


def _polarities(tokens: Tokens) -> dict[str, set[bool]]:
    """Return by key of each content word whether it is asserted (False), denied (True), or both."""
    found: dict[str, set[bool]] = {}
    start, subjects = _opening_end(tokens), subjects_of_denials(tokens)
    for index, (token, denied) in enumerate(zip(tokens, negated(tokens), strict=True)):
        if index < start or not token.content or token.lower in _CUES:
            continue
        if token.lower in ROLES and not is_predicate(tokens, index):
            continue
        found.setdefault(token.key, set()).update({True, False} if index in subjects else {denied})
    return found


def _opening_end(tokens: Tokens) -> int:
    """Return where the sentence goes on after an opening like "On weekends, …", which nothing denies."""
    if tokens and tokens[0].lower in _OPENINGS:
        for index, token in enumerate(tokens[:_LONGEST_OPENING]):
            if token.key == ",":
                return index + 1
    return 0
