"""Which words of a sentence are commanded, permitted, recommended, planned or past."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.verification.clauses.negation import negated
from rag.verification.lexicon.modality import (
    BEFORE_A_WILL,
    BEFORE_TO,
    BETWEEN_MODAL_AND_VERB,
    MODAL_ADJECTIVES,
    MODALS,
)
from rag.verification.lexicon.verbs import BE
from rag.verification.quantities.numerals import word_at
from rag.verification.quantities.quantity import quantity_indices
from rag.verification.text.tokens import Kind, Token, Tokens

PLAINLY = "plainly"
"""The modality of a word that no modal qualifies where it stands."""
_MODAL_WORDS = frozenset[str]().union(*MODALS.values())
_COMMANDS = ("shall", "must", "will")
_CAUSATIVES = ("ensure", "procure")


@lru_cache(maxsize=8_192)
def modalities(tokens: Tokens) -> dict[str, set[str]]:
    """Return by key of each word that a modal qualifies in which ways the text says it.

    The ways are the kinds of `MODALS`, "must not", "need not", and `PLAINLY` where it also stands without
    a modal. Words that no modal qualifies anywhere are left out.
    """
    found: dict[str, set[str]] = {}
    qualified: set[int] = set()
    for index, token in enumerate(tokens):
        for kind, modals in MODALS.items():
            if token.lower not in modals or not _is_modal(tokens, index):
                continue
            for place in _qualified_by(tokens, index):
                found.setdefault(tokens[place].key, set()).add(_way(tokens, index, kind, place))
                qualified.add(place)
    for index, token in enumerate(tokens):
        if index not in qualified and token.key in found:
            found[token.key].add(PLAINLY)
    return found


def _is_modal(tokens: Tokens, index: int) -> bool:
    """Return whether a word that may be a modal is one here."""
    token = tokens[index]
    if token.kind is not Kind.WORD:
        return False
    if token.lower in BEFORE_TO and word_at(tokens, index + 1) not in ("to", "not"):
        return False
    return not (token.lower == "will" and index and tokens[index - 1].lower in BEFORE_A_WILL)


def _qualified_by(tokens: Tokens, index: int) -> Iterator[int]:
    """Yield the indices of the words that the modal at `index` qualifies."""
    verb = _next_content(tokens, index, 1)
    if verb is not None:
        yield verb
        if tokens[verb].lower in _CAUSATIVES:
            # What someone must ensure must be: that is everything the rest says.
            yield from (place for place in range(verb, len(tokens)) if tokens[place].content)
    if tokens[index].lower in MODAL_ADJECTIVES and index:
        subject = _next_content(tokens, index, -1)
        if subject is not None and BE & {token.lower for token in tokens[max(0, index - 3) : index]}:
            yield subject


def _way(tokens: Tokens, index: int, kind: str, place: int) -> str:
    """Return in which way the modal at `index` qualifies the word at `place`, its denial included."""
    modal, denied = tokens[index].lower, negated(tokens)
    if modal in ("need", "needs") and word_at(tokens, index + 1) == "not":
        return "need not"
    if kind == "must" and denied[index] and modal not in _COMMANDS:
        return "need not"  # not required
    return "must not" if kind in ("may", "must") and denied[place] else kind


def _next_content(tokens: Tokens, index: int, step: int) -> int | None:
    """Return the index of the next word that a modal may qualify, forward (step 1) or backward (-1)."""
    in_quantity = quantity_indices(tokens)
    position = index + step
    while 0 <= position < len(tokens) and not tokens[position].is_mark(".;"):
        token = tokens[position]
        if token.content and not _is_passed_over(token) and position not in in_quantity:
            return position
        position += step
    return None


def _is_passed_over(token: Token) -> bool:
    word = token.lower
    return (
        word in ("time", "times")
        or word in _MODAL_WORDS
        or word.endswith("ly")
        or word in BETWEEN_MODAL_AND_VERB
    )
