"""Find the parts of a sentence that have a stance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vault.annotations import Stance
from vault.text.stance.triggers import (
    NOT_TRIGGER_STARTS,
    NOT_TRIGGERS,
    TRIGGERS_BY_START,
    Reach,
)

_CLAUSE_END = re.compile(
    r"[;.!?](?=\s|$)|\n\s*\n|,?\s+\b(?:but|however|although|though|whereas|except|apart from|yet|then"
    r"|now|aber|mais)\b"
    r"|,\s+(?=(?:and\s+)?(?:he|she|they|it|we|i|his|her|there|this|which|who)\b)"
    r"|,\s+(?=(?!or\b|nor\b|and\b)[^,;.]{2,60}?\s(?:is|was|are|were|has|had|have|remains?|seems?|takes?|lives?)\s)"
    r"|\s+and\s+(?=(?:is|was|are|were|has|had|drinks|lives|takes|smokes|works|he|she|they|it)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w[\w'’/-]*")
_PARTY_WILL = re.compile(
    r"\b(?:[Tt]he|[Ee]ither|[Ee]ach|[Nn]either)\s(?:[A-Z]\w+|party|parties)(?:\s[A-Z]\w+)?\s(?:will|is"
    r" to|are to)\b"
)
"""A party and its duty: no plan."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of a text, `text[start:end]`, and its stance."""

    start: int
    end: int
    stance: Stance


def find_stances(text: str) -> list[Scope]:
    """Return the parts of a sentence that have a stance, in order; a part may have several.

    Example: in "No fever, but her sister has asthma." `No fever` is denied and what follows `but` is
    about another person. What a contract forbids ("shall not") is no denial: it states a duty.
    """
    words = [(match.start(), match.group().lower()) for match in _WORD.finditer(text)]
    likely = [(start, word) for start, word in words if word in TRIGGERS_BY_START]
    if not likely:
        return []
    masked = _masked(text, words)
    matches = [
        (trigger, match)
        for start, word in likely
        for trigger in TRIGGERS_BY_START[word]
        if (not trigger.first or start == words[0][0]) and (match := trigger.pattern.match(masked, start))
    ]
    if not matches:
        return []
    ends = _clause_ends(text)
    duty = _PARTY_WILL.search(text)
    found: dict[Scope, None] = {}
    for trigger, match in matches:
        if duty is None or trigger.stance is not Stance.PLANNED or match.end() < duty.end():
            found[_scope(text, match, trigger.reach, trigger.stance, ends)] = None
    return sorted(found, key=lambda one: (one.start, one.end, one.stance))


def stances_of(text: str) -> frozenset[Stance]:
    """Return the stances that any part of a sentence has."""
    return frozenset(scope.stance for scope in find_stances(text))


def stances_at(scopes: Iterable[Scope], start: int, end: int) -> frozenset[Stance]:
    """Return the stances of the part of a text from `start` to `end`: of all scopes that reach into it."""
    return frozenset(scope.stance for scope in scopes if scope.start < end and start < scope.end)


def _masked(text: str, words: Sequence[tuple[int, str]]) -> str:
    """Return a text of the same length in which what only looks like a trigger is crossed out."""
    masked = text
    for start, word in words:
        if word in NOT_TRIGGER_STARTS and (found := NOT_TRIGGERS.match(masked, start)):
            masked = f"{masked[:start]}{'_' * len(found.group())}{masked[found.end() :]}"
    return masked


def _clause_ends(text: str) -> list[tuple[int, int]]:
    """Return (end of a clause, beginning of the next) for each clause, in order."""
    ends = [(found.start(), found.end()) for found in _CLAUSE_END.finditer(text)]
    return [*ends, (len(text), len(text))]


def _scope(
    text: str, match: re.Match[str], reach: Reach, stance: Stance, ends: list[tuple[int, int]]
) -> Scope:
    if reach is Reach.SENTENCE:
        return Scope(0, len(text), stance)
    begin = max((following for end, following in ends if following <= match.start()), default=0)
    end = next((end for end, _ in ends if end >= match.end()), len(text))
    if reach is Reach.AFTER:
        return Scope(match.start(), end, stance)
    if reach is Reach.BEFORE:
        return Scope(begin, match.end(), stance)
    return Scope(begin, end, stance)
