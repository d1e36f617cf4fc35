"""Guards on direction: what stands after "than", "against", "from" and "to" does so in the passage."""

from __future__ import annotations

from rag.verification.clauses.actors import actors_in
from rag.verification.text.tokens import Tokens

_REACH = 4
"""How many tokens after such a word are looked at."""


def comparison_is_reversed(statement: Tokens, passage: Tokens) -> str | None:
    """Return what the statement has after "than" and the passage only before it."""
    than = [place for place, token in enumerate(passage) if token.lower == "than"]
    for key in _keys_after(statement, "than", most=2):
        places = [place for place, token in enumerate(passage) if token.key == key]
        if than and places and max(places) < min(than):
            return f"“than {key}” is the other way round in the cited passage"
    return None


def opponent_differs(statement: Tokens, passage: Tokens) -> str | None:
    """Return whether "from" or "against" is said of another actor in the passage."""
    actors = actors_in(passage) & actors_in(statement)
    for word in ("from", "against"):
        stated, found = _keys_after(statement, word) & actors, _keys_after(passage, word) & actors
        if stated and found and not stated & found:
            return f"“{word}” is said of someone else in the cited passage"
    return None


def direction_is_reversed(statement: Tokens, passage: Tokens) -> str | None:
    """Return whether something stands after "from" in the one and only after "to" in the other."""
    for word, opposite in (("from", "to"), ("to", "from")):
        for key in _keys_after(statement, word):
            if key in _keys_after(passage, opposite) and key not in _keys_after(passage, word):
                return f"“{word}” is “{opposite}” in the cited passage"
    return None


def _keys_after(tokens: Tokens, word: str, most: int = 1) -> set[str]:
    """Return the keys of at most `most` content words after each `word`."""
    found: set[str] = set()
    for index, token in enumerate(tokens):
        if token.lower == word:
            following = [token for token in tokens[index + 1 : index + 1 + _REACH] if token.content]
            found |= {token.key for token in following[:most]}
    return found
