"""The words of a question as terms: each with the other words that mean the same in a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.tables.asking.word_lists import GENERIC, SAME, SOFT, WHOSE_NUMBER
from vault.text.words import stem, words

_GENERIC = frozenset(map(stem, GENERIC))
_SOFT = frozenset(map(stem, SOFT))
_WHOSE_NUMBER = frozenset(map(stem, WHOSE_NUMBER))


@lru_cache(maxsize=1 << 14)
def phrase(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a text, in order."""
    return tuple(stem(word) for word in words(text)) or (("#",) if "#" in text else ())


@lru_cache(maxsize=1 << 16)
def stem_set(text: str) -> frozenset[str]:
    """Return the stems of the words of a text."""
    return frozenset(phrase(text))


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of the question, with everything that may stand for it in a table."""

    written: str
    own: tuple[str, ...]
    """The stems of the words of the question."""
    others: frozenset[tuple[str, ...]]
    """The stems of each other word or phrase."""
    texts: frozenset[str]
    """Its own words and the others as they are written, for the index: a stem has another stem."""

    @property
    def generic(self) -> bool:
        """Whether the answer need not account for it."""
        return all(part in _GENERIC for part in self.own)

    @property
    def soft(self) -> bool:
        """Whether it may stay unexplained, but chooses rows that hold it."""
        return len(self.own) == 1 and self.own[0] in _SOFT

    @property
    def of_a_number(self) -> bool:
        """Whether it only says whose number is asked for: a column "Number" need not say "hospital"."""
        return self.own[0] in _WHOSE_NUMBER

    @property
    def number(self) -> bool:
        """Whether it is written in digits, so that it counts only where the whole cell is that number."""
        return self.written.isdigit()

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """Its own words and the others."""
        return (self.own, *self.others)

    def stands_in(self, text: str) -> bool:
        """Return whether a text holds the term in some form.

        A form of one letter ("K") counts only where it is the whole text.
        """
        return bool(self.matched(phrase(text)))

    def may_stand_in(self, lower: str) -> bool:
        """Return whether a text in small letters may hold the term: a quick look that misses nothing.

        A stem ends otherwise than its word ("allergi"), so the last letters are not compared.
        """
        if not lower.isascii():
            return True
        return any(all(part[: max(2, len(part) - 2)] in lower for part in form) for form in self.forms)

    def matched(self, stems: Sequence[str]) -> frozenset[str]:
        """Return the stems among `stems` that are some form of the term; empty without a match."""
        present = frozenset(stems)
        best: frozenset[str] = frozenset()
        for form in self.forms:
            if not form or not present.issuperset(form):
                continue
            if len(form) == 1 and len(form[0]) == 1 and not form[0].isdigit() and present != {form[0]}:
                continue
            if len(form) > len(best):
                best = frozenset(form)
        return best


_SINGLE: Mapping[str, frozenset[str]] = {
    own: frozenset(other for group in SAME if own in map(stem, group) for other in group)
    for own in {stem(word) for group in SAME for word in group if " " not in word}
}
"""Other words for the stem of a word, whatever the question."""


def terms_of(
    topic: Iterable[str], expansions: Mapping[str, Sequence[str]], without: Collection[str] = ()
) -> tuple[Term, ...]:
    """Return the terms of a topic. `without` are stems that something else accounts for already.

    A phrase of the question that has other words ("blood pressure" for "BP") is one term, and its words are
    none of their own.
    """
    stems = [(word, stem(word)) for word in topic]
    stems = [(word, own) for word, own in stems if own not in without]
    present = {own for _, own in stems}
    others: dict[tuple[str, ...], set[str]] = {}
    for key, words_for_it in expansions.items():
        parts = phrase(key)
        if parts and present.issuperset(parts):
            others.setdefault(parts, set()).update(words_for_it)
    found: list[Term] = []
    used: set[str] = set()
    for parts in sorted((parts for parts in others if len(parts) > 1), key=len, reverse=True):
        if used.isdisjoint(parts):
            used.update(parts)
            written = " ".join(next(word for word, own in stems if own == part) for part in parts)
            found.append(_term(written, parts, others[parts]))
    for word, own in stems:
        if own not in used:
            used.add(own)
            written = re.sub(r"['’]s$", "", word)
            found.append(_term(written, (own,), others.get((own,), set()) | _SINGLE.get(own, frozenset())))
    return tuple(found)


def _term(written: str, own: tuple[str, ...], others: Collection[str]) -> Term:
    return Term(written, own, frozenset(map(phrase, others)) - {(), own}, frozenset({written, *others}))
