"""Guards on near copies: the closer a statement is to the words of a passage, the more its few changes say.

If both run side by side, a "not", a "may", an "all" or a number that only one of them has is the difference
between them, whatever else they share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from rag.verification.lexicon.copies import SMALL_WORDS
from rag.verification.quantities.quantity import quantity_indices
from rag.verification.text.tokens import Kind, Token, Tokens

_COPIED = 0.7
"""From which share of the statement's words, in the same order as in the passage, it counts as a copy."""
_KINDS: dict[str, str] = {word: kind for kind, group in SMALL_WORDS.items() for word in group}
_SAY_LESS = ("may", "should", "some", "most", "few")
"""Kinds of words that make a statement say more if they are left out. "Must" may be left out."""
_FULL_STOP = "."


class _Unit(NamedTuple):
    """A word, a number or a full stop with what it is compared by."""

    key: str
    token: Token

    @property
    def kind(self) -> str:
        """The kind of a small word; "" for other words."""
        return _KINDS.get(self.key, "")


_Units = Sequence[_Unit]


class _Copy(NamedTuple):
    """A statement beside the words of the passage that it copies."""

    statement: _Units
    copied: _Units
    """From the first word that both have to the last."""
    sentence: _Units
    """From the beginning of the sentence of the passage to the last word that both have."""
    changes: Sequence[tuple[_Units, _Units]]
    """What the statement has in place of what the passage has; either may be empty."""


def small_word_is_changed(statement: Tokens, passage: Tokens) -> str | None:
    """Return the small word that makes the difference between a copy and its source."""
    copy = _copy_of(statement, passage)
    if copy is None:
        return None
    stated, copied, found = _kinds(copy.statement), _kinds(copy.copied), _kinds(copy.sentence)
    added = {kind for kind in stated if stated[kind] > found[kind]}
    dropped = {kind for kind in _SAY_LESS if copied[kind] > stated[kind]}
    if stated["not"] != found["not"]:
        added.add("not")
    if "not" in added:
        dropped.add("not")
    for said, replaced in copy.changes:
        word = _first_of(said, added) or _first_of(replaced, dropped)
        if word:
            return f"“{word}” is the difference from the cited passage"
    return None


def number_is_changed(statement: Tokens, passage: Tokens) -> str | None:
    """Return the number that a copy has in place of another one of its source."""
    copy = _copy_of(statement, passage)
    for said, replaced in copy.changes if copy else ():
        stated, found = _numbers(said), _numbers(replaced)
        if stated and found and not {token.key for token in stated} & {token.key for token in found}:
            return f"“{stated[0].text}” is the difference from the cited passage"
    return None


@lru_cache(maxsize=1_024)
def _copy_of(statement: Tokens, passage: Tokens) -> _Copy | None:
    """Return the statement beside what it copies; None if it is not a copy of the passage."""
    said, found = [unit for unit in _units(statement) if unit.key != _FULL_STOP], _units(passage)
    matcher = SequenceMatcher(None, _keys(said), _keys(found), autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not said or sum(block.size for block in blocks) < _COPIED * len(said):
        return None
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    stop = max((place for place, key in enumerate(_keys(found[:start])) if key == _FULL_STOP), default=-1)
    changes = [
        (said[i:j], found[k:m])
        for change, i, j, k, m in matcher.get_opcodes()
        if change != "equal" and k <= end and m >= stop
    ]
    return _Copy(said, found[start:end], found[stop + 1 : end], changes)


def _units(tokens: Tokens) -> list[_Unit]:
    """Return words, numbers and full stops with what they are compared by.

    "Shall not" and "may not" forbid alike, and "not this but that" counts as "that".
    """
    units: list[_Unit] = []
    in_quantity = quantity_indices(tokens)  # "not less than 30" is one quantity
    for index, token in enumerate(tokens):
        if token.kind is Kind.MARK:
            if token.key in ".;":
                units.append(_Unit(_FULL_STOP, token))
        elif token.lower == "not" and units and units[-1].kind in ("must", "may"):
            units[-1] = _Unit("forbidden", token)
        elif token.lower == "but" and "not" in _keys(units[-4:]):
            while units.pop().key != "not":
                pass
        else:
            units.append(_Unit(_key(token, index in in_quantity), token))
    return units


def _key(token: Token, in_quantity: bool) -> str:
    """Return what a word is compared by. "May" with a capital is a month, and no small word."""
    if token.lower in _KINDS and not token.capital and not in_quantity:
        return token.lower
    return token.key.upper() if token.key in _KINDS else token.key


def _keys(units: _Units) -> list[str]:
    return [unit.key for unit in units]


def _kinds(units: _Units) -> Counter[str]:
    """Return how many small words of each kind there are."""
    return Counter(unit.kind for unit in units if unit.kind)


def _first_of(units: _Units, kinds: Collection[str]) -> str:
    """Return the first small word of these kinds; "" without one."""
    return next((unit.token.text for unit in units if unit.kind in kinds), "")


def _numbers(units: _Units) -> list[Token]:
    return [unit.token for unit in units if unit.token.kind is Kind.NUMBER]
