"""Guards on small words that turn a statement round: opposites, and words like "all", "only" and "some"."""

from __future__ import annotations

from rag.verification.clauses.surroundings import best_places
from rag.verification.lexicon.opposites import OPPOSITES, QUALIFIERS, WEAKENING_WORDS
from rag.verification.quantities.quantity import quantity_indices
from rag.verification.text.keys import key_of
from rag.verification.text.tokens import Kind, Tokens

_QUALIFIERS = tuple((group, frozenset(key_of(word) for word in group)) for group in QUALIFIERS)


def qualifier_is_added(statement: Tokens, passage: Tokens) -> str | None:
    """Return which small word of the statement ("all", "only", "always") the passage does not have."""
    words, keys = {token.lower for token in passage}, {token.key for token in passage}
    for index in _words(statement):
        token = statement[index]
        for group, group_keys in _QUALIFIERS:
            if token.lower in group and not (group & words or group_keys & keys):
                return f"“{token.text}” is not in the cited passage"
    return None


def opposite_is_stated(statement: Tokens, passage: Tokens) -> str | None:
    """Return which word of the statement ("left", "before") has its opposite in its place in the passage."""
    for index in _words(statement):
        token = statement[index]
        for pair in OPPOSITES:
            side = next((side for side in pair if token.lower in side), None)
            if side is None:
                continue
            places = [place for place, found in enumerate(passage) if any(found.lower in one for one in pair)]
            nearest = best_places(statement, index, passage, places)
            if places and not any(passage[place].lower in side for place in nearest):
                return f"“{token.text}” is “{passage[min(nearest)].text}” in the cited passage"
    return None


def weakening_is_dropped(statement: Tokens, passage: Tokens) -> str | None:
    """Return which word of the passage ("some", "rarely") the statement leaves out."""
    spoken = {token.key for token in statement}
    for index, token in enumerate(passage[:-1]):
        if token.lower in WEAKENING_WORDS and passage[index + 1].key in spoken and token.key not in spoken:
            return f"the cited passage says “{token.text}”"
    return None


def _words(tokens: Tokens) -> list[int]:
    """Return the indices of the words that belong to no quantity."""
    in_quantity = quantity_indices(tokens)
    return [
        index for index, token in enumerate(tokens) if token.kind is Kind.WORD and index not in in_quantity
    ]
