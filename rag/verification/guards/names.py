"""Guards on names: the passage has each name of the statement, and has names of several words together."""

from __future__ import annotations

from collections.abc import Iterator

from rag.verification.quantities.quantity import quantity_indices
from rag.verification.text.tokens import Kind, Token, Tokens

_APART = 2
"""How far apart two words of one name may stand in the passage."""


def name_is_missing(statement: Tokens, passage: Tokens) -> str | None:
    """Return which word with a capital the passage does not have."""
    known = {token.key for token in passage}
    for _, token in _names(statement):
        if token.key not in known:
            return f"the name “{token.text}” is not in the cited passage"
    return None


def names_are_apart(statement: Tokens, passage: Tokens) -> str | None:
    """Return which name of two words is not one name there, as "John Pike" in "John Hill and Mary Pike"."""
    places: dict[str, list[int]] = {}
    for place, token in enumerate(passage):
        places.setdefault(token.key, []).append(place)
    for index, token in _names(statement):
        before = statement[index - 1] if index else None
        if before is None or not before.capital or before.key not in places or token.key not in places:
            continue
        if not any(abs(i - j) <= _APART for i in places[before.key] for j in places[token.key]):
            return f"the name “{before.text} {token.text}” is not in the cited passage"
    return None


def _names(tokens: Tokens) -> Iterator[tuple[int, Token]]:
    """Yield the words with a capital that belong to no quantity, with their indices."""
    in_quantity = quantity_indices(tokens)
    for index, token in enumerate(tokens):
        if token.capital and token.kind is Kind.WORD and index not in in_quantity:
            yield index, token
