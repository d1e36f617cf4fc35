"""Which sentences may carry a statement, and how many of its words they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from rag.verification.quantities.quantity import quantities_in, quantity_indices
from rag.verification.text.tokens import Token, Tokens, tokens_of

_GENERIC_WEIGHT = 0.3
"""What a generic word counts; other words count 1."""
_COVERED = 0.75
"""From which share of its words, by weight, a statement is covered."""
_MOST_IN_PAIRS = 8
"""How many sentences are tried in pairs: those that have most of the statement."""
_JOINING = frozenset({"and", "but", "while", "whereas", "which", "who"})
_REFERRING = frozenset({"it", "he", "she", "they", "this", "these", "such", "its", "his", "her", "their"})
_SEPARATOR = tokens_of(".")
"""Stands after each sentence, so that no cue reaches from one into the next."""


class Candidate(NamedTuple):
    """One sentence or two that may carry a statement together."""

    indices: tuple[int, ...]
    tokens: Tokens
    coverage: float
    """The share of the statement's words that they have, by weight: from 0 to 1."""
    missing: tuple[Token, ...]
    """The words of the statement that they lack, without the generic ones."""

    @property
    def gap(self) -> str | None:
        """Why too little of the statement is covered; None if enough is."""
        if self.missing:
            return f"“{self.missing[0].text}” is not in the cited passage"
        return None if self.coverage >= _COVERED else "the cited passage carries too little of it"


def candidates(statement: Tokens, sentences: Sequence[str]) -> Iterator[Candidate]:
    """Yield the sentences that share a word with the statement, best first, then pairs of them.

    Pairs of neighbours come before other pairs.
    """
    tokens = [tokens_of(sentence) for sentence in sentences]
    coverages = [_coverage(statement, sentence)[0] for sentence in tokens]
    ranked = sorted((i for i, coverage in enumerate(coverages) if coverage > 0), key=lambda i: -coverages[i])
    for index in ranked:
        yield _candidate(statement, tokens, (index,))
    pairs = combinations(sorted(ranked[:_MOST_IN_PAIRS]), 2)
    for one, other in sorted(
        pairs, key=lambda pair: (pair[1] - pair[0] > 1, -sum(coverages[i] for i in pair))
    ):
        if _may_carry_together(statement, tokens[one], tokens[other]):
            yield _candidate(statement, tokens, (one, other))


def _candidate(statement: Tokens, sentences: Sequence[Tokens], indices: tuple[int, ...]) -> Candidate:
    tokens = tuple(token for index in indices for token in (*sentences[index], *_SEPARATOR))
    return Candidate(indices, tokens, *_coverage(statement, tokens))


def _may_carry_together(statement: Tokens, one: Tokens, other: Tokens) -> bool:
    """Return whether each part of a compound statement rests on one of two sentences alone.

    Otherwise "the scan was normal" could be made of a normal X-ray in one and a scan in the other. A
    statement of one part may rest on both only if the second refers to the first ("It …").
    """
    known = [{token.key for token in sentence} for sentence in (one, other)]
    in_quantity = quantity_indices(statement)
    parts: list[set[str]] = [set()]
    for index, token in enumerate(statement):
        if token.lower in _JOINING or token.key in ",;":
            parts.append(set())
        elif token.content and not token.generic and index not in in_quantity:
            parts[-1].add(token.key)
    if sum(1 for part in parts if part) > 1:
        return all(any(part <= keys for keys in known) for part in parts)
    return bool(other) and other[0].lower in _REFERRING


def _coverage(statement: Tokens, passage: Tokens) -> tuple[float, tuple[Token, ...]]:
    """Return the weighted share of the statement's words that the passage has, and those it lacks."""
    known = {token.key for token in passage}
    in_quantity = quantity_indices(statement)
    content = [token for index, token in enumerate(statement) if token.content and index not in in_quantity]
    if not content:
        return 0.0, ()
    weights = [_GENERIC_WEIGHT if token.generic else 1.0 for token in content]
    # Numbers count as covered here: guards compare them.
    numbers = len(quantities_in(statement))
    covered = sum(weight for token, weight in zip(content, weights, strict=True) if token.key in known)
    missing = tuple(token for token in content if token.key not in known and not token.generic)
    return (numbers + covered) / (numbers + sum(weights)), missing
