"""Find which documents a question names, and what it asks about them.

"Consider the supply agreement between Tolvane and Harrow & Pike: when does it end?" names a document by its
parties and asks for an end. The names stand in the head of that document and all over its text, so a search
for all words of the question finds the passages that repeat the parties' names, not the passage about the
end. So the words that name are separated from the words that ask (the focus), and the named documents are
searched for the focus.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.question.question import named_words, terms_in
from rag.weights.weights import load_weights
from vault.store.catalogue.document_index import DocumentIndex
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.words import content_words, stem, stems, words

_WEIGHTS = load_weights().routing

_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]{3,200})[\"”»]|[‘']([^‘’']{8,200})[’'](?!\w)")
_IDENTIFIER = re.compile(r"[^\W_]*\d[^\W_]*")
_INTRODUCTION = re.compile(r"[;:]\s+")
_SHORTEST_QUESTION = 4
"""Words that must follow an introduction: fewer are a list or an aside."""
_CLAUSE = re.compile(r"[;:?!]\s+|(?<=[\w)”\"])[.,]\s+|\n+")


@dataclass(frozen=True, slots=True)
class Route:
    """The documents that a question names."""

    documents: Mapping[str, float]
    """How surely each is meant, 0 to 1, by sha256; empty if the question names none."""
    named: frozenset[str] = frozenset()
    """Stems of the question's words that name them."""


NO_ROUTE = Route({})


def route(
    text: str,
    index: DocumentIndex,
    offsets: Callable[[str], Sequence[tuple[int, int]]],
    documents: Sequence[str] | None = None,
) -> Route:
    """Return which documents the question `text` names; only those in `documents` (sha256) if given.

    `offsets` is `Embedder.token_offsets`, which tells rare words from common ones.
    """
    total = index.count()
    common = max(_WEIGHTS.most_documents, math.ceil(total * _WEIGHTS.common_share))
    documents_by_word: dict[str, list[str]] = {}
    rarity: dict[str, float] = {}
    for word in naming_words(text, offsets):
        found = index.documents_with(word, common + 1)
        if 0 < len(found) <= common:
            documents_by_word[word] = found
            rarity[word] = math.log(1 + total / len(found))
    total_rarity = sum(rarity.values())
    if not total_rarity:
        return NO_ROUTE
    shares: dict[str, float] = {}
    for word, found in documents_by_word.items():
        for sha256 in found:
            shares[sha256] = shares.get(sha256, 0.0) + rarity[word] / total_rarity
    if documents is not None:
        shares = {sha256: shares[sha256] for sha256 in documents if sha256 in shares}
    best = max(shares.values(), default=0.0)
    near = {sha256: share for sha256, share in shares.items() if share >= _WEIGHTS.near_best * best}
    if best < _WEIGHTS.least_share or len(near) > _WEIGHTS.most_documents:
        return NO_ROUTE
    named = [word for word, found in documents_by_word.items() if near.keys() & set(found)]
    sureness = min(1.0, sum(rarity[word] for word in named) / _WEIGHTS.sure_rarity)
    return Route(
        {sha256: share * sureness for sha256, share in near.items()}, frozenset(stem(word) for word in named)
    )


def naming_words(text: str, offsets: Callable[[str], Sequence[tuple[int, int]]]) -> list[str]:
    """Return the words of a question that may name a document, each once, in order.

    They are names, words in quotation marks, and numbers of files and cases; without any of these, words that
    are rare in the language.
    """
    asked = content_words(text)
    rare = terms_in(asked, offsets)
    marked = set(named_words(text))
    for quoted in _QUOTED.finditer(text):
        marked.update(words(quoted.group(1) or quoted.group(2)))
    marked.update(word for word in words(text) if len(word) >= 4 and _IDENTIFIER.fullmatch(word))
    named = [word for word in asked if word in marked]
    # A rare word is asked about as often as it names, so it counts as a name only if there is no other.
    return named or [word for word in asked if stem(word) in rare]


def focus_of(text: str, named: frozenset[str]) -> str:
    """Return the question without the words that only name the document; all of it if nothing else is left.

    A clause in which most words name is dropped ("Consider the lease between A and B;"); the others lose
    their naming words. `named` holds stems.
    """
    if not named:
        return text
    clauses = [clause for clause in _clauses(text) if words(clause)]
    asking = [clause for clause in clauses if not _mostly_names(clause, named)]
    focus = " ".join(_without_names(clause, named) for clause in asking or clauses)
    return focus if _has_content(words(focus)) else text


def without_introduction(text: str, named: frozenset[str]) -> str:
    """Return the question without an introduction that names the document, for the reader.

    "Consider the lease between A and B; when does it end?" becomes "when does it end?". Names inside what is
    asked stay: they tell one letter from the next, and a sentence with gaps cannot be understood.
    """
    start = 0
    for end in _INTRODUCTION.finditer(text):
        introduces = stems(text[start : end.start()]) & named
        if introduces and len(words(text[end.end() :])) >= _SHORTEST_QUESTION:
            start = end.end()
    return text[start:]


def _clauses(text: str) -> Iterable[str]:
    start = 0
    for end in _CLAUSE.finditer(text):
        yield text[start : end.end()].strip()
        start = end.end()
    yield text[start:].strip()


def _mostly_names(clause: str, named: frozenset[str]) -> bool:
    content = [word for word in words(clause) if word not in STOP_WORDS]
    return 2 * sum(stem(word) in named for word in content) >= len(content)


def _without_names(clause: str, named: frozenset[str]) -> str:
    return " ".join(
        part
        for part in clause.split()
        if not (found := words(part)) or not all(stem(word) in named for word in found)
    )


def _has_content(found: Sequence[str]) -> bool:
    return any(word not in STOP_WORDS for word in found)
