"""Decide whether sentences carry a statement.

A statement is *quoted* if its words stand in a sentence as they are, *supported* if one sentence or two have
every word that says something and every guard agrees, and *unsupported* otherwise. The failure that counts is
to show support that is not there: in doubt a statement is *unsupported*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rag.reader.reader import Support
from rag.verification.candidates import Candidate, candidates
from rag.verification.guards.guard import Denial, Guard, first_denial
from rag.verification.guards.registry import GUARDS
from rag.verification.quotation import find_quotation
from rag.verification.text.plain import plain
from rag.verification.text.tokens import Tokens, tokens_of
from vault.text.instructions import gives_orders

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosine of the first text to each of the others, from -1 to 1."""
Judge = Callable[[str, str], Support]
"""What the second text does for the first, as the reader finds it."""


class Verdict(StrEnum):
    """What the passages do for a statement."""

    QUOTED = "quoted"
    SUPPORTED = "supported"
    COMPUTED = "computed"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one statement, and why."""

    verdict: Verdict
    sentences: tuple[int, ...]
    """The indices of the sentences that carry it; empty without support."""
    reason: str
    """For people."""
    guard: str = ""
    """The name of the guard that denied support; "" with support.

    One of `GUARDS`, or a step before or after them: "content" (there is nothing to check), "quotation" (its
    words stand where they are limited or denied), "refusal", "passage" (no sentence shares a word with it),
    "words" (a word of it is missing), "similarity", "judge".
    """


_LEAST_SIMILARITY = 0.45
"""Below this cosine the words agree by accident."""
_SURE = 0.9
"""From which probability the judge is believed; see `bench/verification.py`."""
_NEARLY_COVERED = 0.5
"""The coverage from which a judge may find the missing words in other words."""
_MOST_JUDGED = 2
"""How many nearly covering candidates the judge is asked about: the best ones."""

_CITATION_MARKS = re.compile(r"\s*\[\s*\d+(?:\s*[,;–-]\s*\d+)*\s*\]")
_LIST_MARK = re.compile(r"^\s*(?:[-*•‣–]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)")
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
    guards: Sequence[Guard] = GUARDS,
) -> Verification:
    """Return the verdict on a statement.

    Args:
        statement: one sentence that a model wrote, with or without citation marks.
        sentences: what it may rest on, those of the cited passages first.
        similarity: if given, one more requirement for support; it never makes support.
        judge: if given, it denies what it finds contradicted, and accepts other words for those of a sentence
            if it is sure and every guard agrees.
        guards: those that are asked, in order; leave some out to measure them.

    >>> verify("The fee is 6 euro.", ["The fee is 5 euro."]).guard
    'number'
    """
    # An order carries no statement. It keeps its place for the indices of the others.
    sentences = ["" if gives_orders(sentence) else sentence for sentence in sentences]
    text = _bare(statement)
    tokens = tokens_of(text)
    if not any(token.content for token in tokens) or text.endswith("?"):
        return _denied(Denial("content", "there is nothing in it to check"))
    quotation = _quotation(text, sentences)
    if quotation is not None:
        return quotation
    if _REFUSAL.search(text):
        return _denied(Denial("refusal", "it says what the documents do not say"))
    return _Search(text, tokens, sentences, similarity, judge, guards).result()


class _Search(NamedTuple):
    """The search for sentences that support a statement."""

    text: str
    tokens: Tokens
    sentences: Sequence[str]
    similarity: Similarity | None
    judge: Judge | None
    guards: Sequence[Guard]

    def result(self) -> Verification:
        """Return the first candidate that supports the statement, else why the best one does not."""
        best, reason = -1.0, Denial("passage", "no passage was found for it")
        nearly: list[Candidate] = []
        for candidate in candidates(self.tokens, self.sentences):
            if candidate.coverage < best:
                continue
            gap = candidate.gap
            if gap is None:
                denial = self._denial(candidate)
                if denial is None:
                    return Verification(Verdict.SUPPORTED, candidate.indices, "a passage carries it")
            else:
                denial = Denial("words", gap)
                if self._may_be_judged(candidate):
                    nearly.append(candidate)
            if candidate.coverage > best:
                best, reason = candidate.coverage, denial
        return self._in_other_words(nearly) or _denied(reason)

    def _denial(self, candidate: Candidate) -> Denial | None:
        """Return who denies support by a candidate that covers the statement: a guard, or a model."""
        denial = first_denial(self.guards, self.tokens, candidate.tokens)
        if denial is not None:
            return denial
        passage = self._text_of(candidate)
        if self.similarity and max(self.similarity(self.text, [passage])) < _LEAST_SIMILARITY:
            return Denial("similarity", "the cited passage is about something else")
        if self.judge is not None and self.judge(self.text, passage).contradicted > _SURE:
            return Denial("judge", "the cited passage says otherwise")
        return None

    def _may_be_judged(self, candidate: Candidate) -> bool:
        """Return whether the judge may find that a candidate says the missing words in other words."""
        if self.judge is None or candidate.coverage < _NEARLY_COVERED:
            return False
        return first_denial(self.guards, self.tokens, candidate.tokens) is None

    def _in_other_words(self, nearly: Sequence[Candidate]) -> Verification | None:
        """Return support by the best of the candidates that the judge is sure of; None without one."""
        if self.judge is None:
            return None
        for candidate in sorted(nearly, key=lambda candidate: -candidate.coverage)[:_MOST_JUDGED]:
            if self.judge(self.text, self._text_of(candidate)).supported > _SURE:
                return Verification(
                    Verdict.SUPPORTED, candidate.indices, "a passage carries it in other words"
                )
        return None

    def _text_of(self, candidate: Candidate) -> str:
        return " ".join(self.sentences[index] for index in candidate.indices)


def _denied(denial: Denial) -> Verification:
    return Verification(Verdict.UNSUPPORTED, (), denial.reason, denial.guard)


def _bare(statement: str) -> str:
    """Return the statement without citation marks, list marks and quotation marks around it."""
    text = plain(_LIST_MARK.sub("", _CITATION_MARKS.sub("", statement)))
    if len(text) > 1 and text[0] == '"' and text.rstrip(".,;")[-1:] == '"':
        text = text[1:].rstrip(".,;")[:-1]
    return text.strip()


def _quotation(text: str, sentences: Sequence[str]) -> Verification | None:
    """Return the verdict if the words stand in a sentence or in two neighbours; None if they do not."""
    limit = ""
    for indices in _single_then_neighbours(len(sentences)):
        quoted, reason = find_quotation(text, " ".join(sentences[index] for index in indices))
        if quoted:
            return Verification(Verdict.QUOTED, indices, "its words stand in the passage")
        limit = limit or reason
    return _denied(Denial("quotation", limit)) if limit else None


def _single_then_neighbours(count: int) -> Iterator[tuple[int, ...]]:
    yield from ((index,) for index in range(count))
    yield from ((index, index + 1) for index in range(count - 1))
