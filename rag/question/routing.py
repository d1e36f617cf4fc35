"""Which documents a question names, and what it asks of them.

"Consider the supply agreement between Tolvane and Harrow & Pike: when does it end?" names a document by its
parties and asks for an end. The names stand in the head of that document and all over its text, so a search
for all words of the question finds the passages that name the parties most often, and not the one about the
end. The words that name are therefore told from the words that ask (the focus), and the focus is searched
inside the documents that are named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.question.question import named_words, terms_in
from vault.store.heads import HeadIndex
from vault.text.words import STOP_WORDS, content_words, stem, stems, words

_MOST_ROUTED = 8
"""A name that more documents carry tells none of them from the others."""
_LEAST_SHARE = 0.5
"""How much of the question's naming words a document's head must hold, weighted by rarity."""
_NEAR_BEST = 0.9
_SURE = 25.0
"""Rarity of the naming words, summed, from which a document is surely meant: one name among thousands of
documents (about 8) may be what is asked about, the two parties and the kind of an agreement are not."""
_COMMON = 0.2
"""A word in a greater share of the heads names no document."""

_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]{3,200})[\"”»]|[‘']([^‘’']{8,200})[’'](?!\w)")
_IDENTIFIER = re.compile(r"[^\W_]*\d[^\W_]*")
_INTRODUCTION = re.compile(r"[;:]\s+")
_ASKING = 4
"""Words that must follow an introduction: fewer are a list or an aside."""
_CLAUSE = re.compile(r"[;:?!]\s+|(?<=[\w)”\"])[.,]\s+|\n+")


@dataclass(frozen=True, slots=True)
class Route:
    """The documents that a question names."""

    documents: Mapping[str, float]
    """sha256 → how surely it is meant, 0 to 1; empty without any."""
    named: frozenset[str] = frozenset()
    """Stems of the words of the question by which they were recognised."""


NOWHERE = Route({})


def route(
    text: str,
    heads: HeadIndex,
    offsets: Callable[[str], Sequence[tuple[int, int]]],
    among: Sequence[str] | None = None,
) -> Route:
    """The documents, of those `among` (sha256) if given, that the question `text` names.

    `offsets` is `Embedder.token_offsets`, which tells rare words from common ones.
    """
    total = heads.count()
    common = max(_MOST_ROUTED, math.ceil(total * _COMMON))
    held: dict[str, list[str]] = {}
    weights: dict[str, float] = {}
    for word in naming_words(text, offsets):
        inside = heads.documents_with(word, common + 1)
        if 0 < len(inside) <= common:
            held[word] = inside
            weights[word] = math.log(1 + total / len(inside))
    whole = sum(weights.values())
    if not whole:
        return NOWHERE
    shares: dict[str, float] = {}
    for word, inside in held.items():
        for sha256 in inside:
            shares[sha256] = shares.get(sha256, 0.0) + weights[word] / whole
    if among is not None:
        shares = {sha256: shares[sha256] for sha256 in among if sha256 in shares}
    best = max(shares.values(), default=0.0)
    near = {sha256: share for sha256, share in shares.items() if share >= _NEAR_BEST * best}
    if best < _LEAST_SHARE or len(near) > _MOST_ROUTED:
        return NOWHERE
    carried = [word for word, inside in held.items() if near.keys() & set(inside)]
    sure = min(1.0, sum(weights[word] for word in carried) / _SURE)
    return Route(
        {sha256: share * sure for sha256, share in near.items()}, frozenset(stem(word) for word in carried)
    )


def naming_words(text: str, offsets: Callable[[str], Sequence[tuple[int, int]]]) -> list[str]:
    """The words of a question that may name a document, each once, in order: names, what stands in
    quotation marks, numbers of files and cases, words that are rare in the language."""
    asked = content_words(text)
    rare = terms_in(asked, offsets)
    marked = set(named_words(text))
    for quoted in _QUOTED.finditer(text):
        marked.update(words(quoted.group(1) or quoted.group(2)))
    marked.update(word for word in words(text) if len(word) >= 4 and _IDENTIFIER.fullmatch(word))
    named = [word for word in asked if word in marked]
    # A rare word is asked about as often as it names: it is taken for a name only where nothing else is.
    return named or [word for word in asked if stem(word) in rare]


def focus_of(text: str, named: frozenset[str]) -> str:
    """The question without what only names the document; the whole of it when nothing else is left.

    A clause of which most words name goes as a whole ("Consider the lease between A and B;"), in the
    others the naming words alone.
    """
    if not named:
        return text
    clauses = [clause for clause in _clauses(text) if words(clause)]
    asking = [clause for clause in clauses if not _names_mostly(clause, named)]
    kept = " ".join(_without(clause, named) for clause in asking or clauses)
    return kept if _says_something(words(kept)) else text


def asking_of(text: str, named: frozenset[str]) -> str:
    """The question without an introduction that names the document ("Consider the lease between A and B;
    when does it end?"), for whoever reads it: the names inside what is asked stay, as they tell one letter
    from the next, and a sentence with holes is not understood."""
    start = 0
    for end in _INTRODUCTION.finditer(text):
        if stems(text[start : end.start()]) & named and len(words(text[end.end() :])) >= _ASKING:
            start = end.end()
    return text[start:]


def _clauses(text: str) -> Iterable[str]:
    start = 0
    for end in _CLAUSE.finditer(text):
        yield text[start : end.end()].strip()
        start = end.end()
    yield text[start:].strip()


def _names_mostly(clause: str, named: frozenset[str]) -> bool:
    said = [word for word in words(clause) if word not in STOP_WORDS]
    return 2 * sum(stem(word) in named for word in said) >= len(said)


def _without(clause: str, named: frozenset[str]) -> str:
    return " ".join(
        part
        for part in clause.split()
        if not (found := words(part)) or not all(stem(word) in named for word in found)
    )


def _says_something(said: Sequence[str]) -> bool:
    return any(word not in STOP_WORDS for word in said)
