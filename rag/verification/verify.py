"""Does a passage carry a statement? Decided without a model, sentence by sentence.

A statement is *quoted* when its words stand in a sentence as they are, *supported* when one sentence
or two carry every word that says something and every guard agrees, and *unsupported* otherwise.
Showing support that is not there is the failure that counts: in doubt the answer is *unsupported*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rag.reader.reader import Support
from rag.verification.edits import edited
from rag.verification.numbers import counted_in, quantities
from rag.verification.orders import gives_orders
from rag.verification.quantities import quantities_disagree
from rag.verification.quoted import quoted_in
from rag.verification.roles import names_missing, opposites_exchanged, sides_exchanged
from rag.verification.scope import conditions_dropped, modality_disagrees, polarity_disagrees
from rag.verification.words import Token, plain, tokens_of

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosine of the first text to each of the others, from -1 to 1."""
Judge = Callable[[str, str], Support]
"""What the second text does for the first, by the reader."""


class Verdict(StrEnum):
    """What the passages do for a statement."""

    QUOTED = "quoted"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one statement, and why.

    `sentences` are the indices of those that carry it, empty without support; `reason` is for people.
    """

    verdict: Verdict
    sentences: tuple[int, ...]
    reason: str


_GUARDS: tuple[Callable[[tuple[Token, ...], tuple[Token, ...]], str | None], ...] = (
    quantities_disagree,
    names_missing,
    polarity_disagrees,
    modality_disagrees,
    opposites_exchanged,
    sides_exchanged,
    conditions_dropped,
    edited,
)
_SOFT_WEIGHT = 0.3
"""What a word that says little counts; see `rag.verification.lexicon.SOFT`."""
_COVERAGE = 0.75
_LEAST_SIMILARITY = 0.45
"""Below this cosine the words agree by accident."""
_SURE = 0.9
"""From which probability on the judge's word counts; see `bench/verification.py`."""
_NEAR = 0.5
"""Words of the statement, weighted, that a sentence must share before a judge may find the others in it."""
_JUDGED = 2
"""Sentences that are put to the judge for support: the ones that come nearest."""
_PAIRED = 8
"""Sentences looked at in pairs: the ones that carry most."""

_JOINING = frozenset({"and", "but", "while", "whereas", "which", "who"})
_REFERRING = frozenset({"it", "he", "she", "they", "this", "these", "such", "its", "his", "her", "their"})

_MARKS = re.compile(r"\s*\[\s*\d+(?:\s*[,;–-]\s*\d+)*\s*\]")
_LEAD = re.compile(r"^\s*(?:[-*•‣–]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)")
_REFUSAL = re.compile(
    r"\b(?:documents?|passages?|texts?|sources?|files?|records?|context)\b.{0,40}\b(?:do|does)(?: not|n't)\s+"
    r"(?:say|contain|mention|state|specify|provide|include|answer)\b|\bno (?:relevant )?information\b"
    r"|\b(?:i |we )?(?:cannot|can not|can't|am unable to|are unable to) (?:answer|find|determine)\b",
    re.IGNORECASE,
)


def verify(
    statement: str,
    sentences: Sequence[str],
    *,
    similarity: Similarity | None = None,
    judge: Judge | None = None,
) -> Verification:
    """The verdict on `statement`, resting on `sentences` (those of the cited passages first).

    `similarity`, when given, is one more requirement for support; it never makes support. `judge`, when
    given, refuses what it finds contradicted, and lets other words stand for those of a sentence where it is
    sure and every guard agrees.
    """
    # An order is no ground, though its words are; it keeps its place, for the indices of the others.
    sentences = ["" if gives_orders(sentence) else sentence for sentence in sentences]
    text = _bare(statement)
    words = tokens_of(text)
    if not any(token.content for token in words) or text.endswith("?"):
        return Verification(Verdict.UNSUPPORTED, (), "there is nothing in it to check")
    limited = ""
    for indices in _alone_then_neighbours(len(sentences)):
        quoted, reason = quoted_in(text, " ".join(sentences[index] for index in indices))
        if quoted:
            return Verification(Verdict.QUOTED, indices, "its words stand in the passage")
        limited = limited or reason
    if limited:
        return Verification(Verdict.UNSUPPORTED, (), limited)
    if _REFUSAL.search(text):
        return Verification(Verdict.UNSUPPORTED, (), "it says what the documents do not say")
    return _supported(text, words, sentences, similarity, judge)


def _supported(
    text: str,
    words: tuple[Token, ...],
    sentences: Sequence[str],
    similarity: Similarity | None,
    judge: Judge | None,
) -> Verification:
    best, reason = -1.0, "no passage was found for it"
    near: list[tuple[float, tuple[int, ...]]] = []
    parsed = [tokens_of(sentence) for sentence in sentences]
    alone = [_coverage(words, tokens) for tokens in parsed]
    for indices in _candidates(alone):
        passage = tuple(token for index in indices for token in (*parsed[index], *_STOP))
        if len(indices) == 2 and not _shared_out(words, [parsed[index] for index in indices]):
            continue
        coverage, missing = _missing(words, passage)
        if coverage < best:
            continue
        uncovered = _uncovered(coverage, missing)
        guarded = None
        if uncovered is None or (judge is not None and coverage >= _NEAR):
            guarded = next((why for guard in _GUARDS if (why := guard(words, passage))), None)
            if uncovered is not None and guarded is None:
                near.append((coverage, indices))
        disagreement = uncovered or guarded
        joined = " ".join(sentences[index] for index in indices)
        if disagreement is None and similarity and max(similarity(text, [joined])) < _LEAST_SIMILARITY:
            disagreement = "the cited passage is about something else"
        if disagreement is None and judge is not None and judge(text, joined).contradicted > _SURE:
            disagreement = "the cited passage says otherwise"
        if disagreement is None:
            return Verification(Verdict.SUPPORTED, indices, "a passage carries it")
        if coverage > best:
            best, reason = coverage, disagreement
    for _, indices in sorted(near, key=lambda found: -found[0])[:_JUDGED] if judge is not None else ():
        joined = " ".join(sentences[index] for index in indices)
        if judge is not None and judge(text, joined).supported > _SURE:
            return Verification(Verdict.SUPPORTED, indices, "a passage carries it in other words")
    return Verification(Verdict.UNSUPPORTED, (), reason)


_STOP = tokens_of(".")
"""Between two sentences, so that no cue reaches from one into the other."""


def _bare(statement: str) -> str:
    """The statement without citation marks, list marks and the quotation marks around it."""
    text = plain(_LEAD.sub("", _MARKS.sub("", statement)))
    if len(text) > 1 and text[0] == '"' and text.rstrip(".,;")[-1:] == '"':
        text = text[1:].rstrip(".,;")[:-1]
    return text.strip()


def _alone_then_neighbours(count: int) -> Iterator[tuple[int, ...]]:
    yield from ((index,) for index in range(count))
    yield from ((index, index + 1) for index in range(count - 1))


def _candidates(alone: Sequence[float]) -> Iterator[tuple[int, ...]]:
    """Single sentences, then pairs, the ones that carry most first."""
    ranked = sorted((index for index, carried in enumerate(alone) if carried > 0), key=lambda i: -alone[i])
    yield from ((index,) for index in ranked)
    pairs = combinations(sorted(ranked[:_PAIRED]), 2)
    yield from sorted(pairs, key=lambda pair: (pair[1] - pair[0] > 1, -alone[pair[0]] - alone[pair[1]]))


def _shared_out(words: tuple[Token, ...], pair: Sequence[tuple[Token, ...]]) -> bool:
    """Whether each part of a compound statement rests on one sentence of the pair alone.

    Else "the scan was normal" would be made of a normal X-ray in one and a scan in the other.
    """
    known = [{token.key for token in sentence} for sentence in pair]
    referring = bool(pair[1]) and pair[1][0].lower in _REFERRING
    counted = counted_in(words)
    parts: list[set[str]] = [set()]
    for index, token in enumerate(words):
        if token.lower in _JOINING or token.key in ",;":
            parts.append(set())
        elif token.content and not token.soft and index not in counted:
            parts[-1].add(token.key)
    carried = [any(part <= keys for keys in known) for part in parts]
    return all(carried) if len([part for part in parts if part]) > 1 else referring


def _coverage(words: tuple[Token, ...], passage: tuple[Token, ...]) -> float:
    return _missing(words, passage)[0]


def _missing(words: tuple[Token, ...], passage: tuple[Token, ...]) -> tuple[float, list[Token]]:
    """The weighted share of the statement's words that the passage has, and the weighty ones it lacks."""
    known = {token.key for token in passage}
    counted = counted_in(words)
    content = [token for index, token in enumerate(words) if token.content and index not in counted]
    if not content:
        return 0.0, []
    weights = [_SOFT_WEIGHT if token.soft else 1.0 for token in content]
    # Numbers are held to more than this by a guard of their own: here they count as carried.
    numbers = len(quantities(words))
    carried = numbers + sum(w for token, w in zip(content, weights, strict=True) if token.key in known)
    return carried / (numbers + sum(weights)), [t for t in content if t.key not in known and not t.soft]


def _uncovered(coverage: float, missing: Sequence[Token]) -> str | None:
    if missing:
        return f"“{missing[0].text}” is not in the cited passage"
    return None if coverage >= _COVERAGE else "the cited passage carries too little of it"
