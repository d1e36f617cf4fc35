"""Which words of a sentence are denied.

A denial reaches to the end of its clause; in a passive it also reaches back to the beginning.
"""

from __future__ import annotations

from functools import lru_cache

from rag.verification.lexicon.negation import (
    AUXILIARIES,
    BACKWARD_NEGATIONS,
    CLAUSE_BREAKS,
    CLAUSE_STARTS,
    NEGATIONS,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
    REPEATED_NEGATIONS,
)
from rag.verification.lexicon.verbs import BE
from rag.verification.quantities.numerals import word_at
from rag.verification.quantities.quantity import quantity_indices
from rag.verification.text.tokens import Kind, Tokens

_AFTER_AN_AND = CLAUSE_STARTS | BE | AUXILIARIES | PREPOSITIONS


@lru_cache(maxsize=8_192)
def negated(tokens: Tokens) -> tuple[bool, ...]:
    """Return for every token whether it is denied. Two denials cancel each other."""
    denied = [False] * len(tokens)
    in_quantity = quantity_indices(tokens)
    for index, token in enumerate(tokens):
        if index in in_quantity or token.kind is not Kind.WORD:
            continue
        for position in _reach(tokens, index):
            denied[position] = not denied[position]
    return tuple(denied)


@lru_cache(maxsize=8_192)
def subjects_of_denials(tokens: Tokens) -> frozenset[int]:
    """Return the indices of what is said not to be something.

    "The difference was not significant" does not deny the difference, yet it means the same as "no
    significant difference".
    """
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.lower == "not" and index and tokens[index - 1].lower in BE:
            found.update(range(_clause_start(tokens, index), index))
    return frozenset(found)


def _reach(tokens: Tokens, index: int) -> range:
    """Return the indices of what the word at `index` denies; an empty range if it denies nothing."""
    word, following = tokens[index].lower, word_at(tokens, index + 1)
    if word == "non":
        return range(index + 1, min(index + 2, len(tokens)))
    if _denies_backward(tokens, index) and following not in ("from", "to"):
        return range(_clause_start(tokens, index), index)
    if (word, following) == ("not", "only") or not _denies_forward(word, following):
        return range(0)
    passive = _is_denied_passive(tokens, index)
    start = _clause_start(tokens, index) if passive else index + 1
    end = _clause_end(tokens, index + 1, wide=word not in ("not", "nor"))
    if passive:
        # "Not covered by this policy" does not deny the policy.
        end = min((place for place in range(index, end) if tokens[place].lower == "by"), default=end)
    return range(start, end)


def _denies_backward(tokens: Tokens, index: int) -> bool:
    before = [token.lower for token in tokens[max(0, index - 3) : index]]
    return tokens[index].lower in BACKWARD_NEGATIONS and (bool(BE & set(before)) or ":" in before[-1:])


def _denies_forward(word: str, following: str) -> bool:
    if word == "free":
        return following in ("of", "from")
    return word in NEGATIONS or (word, following) in (("other", "than"), ("negative", "for"))


def _is_denied_passive(tokens: Tokens, index: int) -> bool:
    """Return whether a "not" stands in a passive: "may not be disclosed" denies what stands before it too."""
    neighbours = {
        token.lower for token in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
    }
    following = [token.lower for token in tokens[index + 1 : index + 3] if token.lower not in BE]
    if tokens[index].lower != "not" or not neighbours & BE or not following:
        return False
    return following[0].endswith("ed") and "but" not in {token.lower for token in tokens[index:]}


def _clause_end(tokens: Tokens, start: int, *, wide: bool) -> int:
    """Return where the clause ends that goes on at `start`; a `wide` denial reaches over commas."""
    for index in range(start, len(tokens)):
        token, following = tokens[index], word_at(tokens, index + 1)
        if token.is_mark(".;:!?") or (token.lower in CLAUSE_BREAKS and index > start):
            return index
        if (token.key == "," or token.lower in ("and", "or")) and following in REPEATED_NEGATIONS:
            return index
        if wide and _begins_place_or_time(tokens, start, index):
            return index
        if token.key == "," and (not wide or following in CLAUSE_STARTS | CLAUSE_BREAKS):
            return index
        if token.lower == "and" and following in _AFTER_AN_AND:
            return index
    return len(tokens)


def _begins_place_or_time(tokens: Tokens, start: int, index: int) -> bool:
    """Return whether what follows is not denied: "no haemorrhage was seen on the MRI" has an MRI."""
    word = tokens[index].lower
    if word in PLACE_PREPOSITIONS:
        return bool(BE & {token.lower for token in tokens[start:index]})
    return word == "during"


def _clause_start(tokens: Tokens, end: int) -> int:
    for index in range(end - 1, -1, -1):
        if tokens[index].is_mark(".;"):
            return index + 1
        if tokens[index].lower in CLAUSE_BREAKS:
            # A cause at the beginning is not denied with the rest: "Because of bradycardia it was stopped".
            cause = tokens[index + 1].lower in ("of", "to")
            return min(end, index + 3) if cause else index + 1
    return 0
