"""What a language model is given to read of what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from rag.evidence.evidence import EvidenceSentence
from rag.retrieval.passage import Passage
from vault.records import Slice, Span


class Reads(StrEnum):
    """How much of each passage a model reads; `bench/generation.py` measures them side by side."""

    SENTENCES = "sentences"
    """The sentences that bear on the question, with the one before and the one after."""
    PASSAGES = "passages"
    """Whole passages."""
    SECTIONS = "sections"
    """Passages with what stands before and after them in the same section."""


_SENTENCES = 12
"""Sentences that bear on the question, of all passages together."""

SectionOf = Callable[[Passage], Sequence[Slice]]
"""A passage with its neighbours in the same section, in the document's order."""


def context_of(
    passages: Sequence[Passage], ranked: Sequence[EvidenceSentence], reads: Reads, section_of: SectionOf
) -> list[Passage]:
    """The passages as the model reads them, in the order in which they are worth reading.

    `ranked` holds all sentences of the passages, best first.
    """
    if reads is Reads.SENTENCES:
        return _narrowed(passages, ranked[:_SENTENCES])
    if reads is Reads.SECTIONS:
        return _widened(passages, section_of)
    return list(passages)


def _narrowed(passages: Sequence[Passage], ranked: Sequence[EvidenceSentence]) -> list[Passage]:
    """Of each passage the sentences in `ranked` with their neighbours; the passage of the best one first."""
    wanted: dict[int, list[Span]] = {}
    for sentence in ranked:
        place = sentence.citation
        wanted.setdefault(sentence.passage, []).append(Span(place.page, place.start, place.end))
    narrowed = []
    for index, spans in wanted.items():
        passage = passages[index]
        sentences = list(passage.sentences())
        found = [number for number, sentence in enumerate(sentences) if sentence.span in spans]
        kept = sorted({number + step for number in found for step in (-1, 0, 1)} & set(range(len(sentences))))
        slices = tuple(
            Slice(sentences[number].span, sentences[number].quote, sentences[number].kind) for number in kept
        )
        narrowed.append(replace(passage, slices=slices))
    return narrowed


def _widened(passages: Sequence[Passage], section_of: SectionOf) -> list[Passage]:
    """The passages with their neighbours; what an earlier passage holds already is not given again."""
    given: set[tuple[str, str, Span]] = set()
    widened = []
    for passage in passages:
        where = (passage.collection, passage.document.sha256)
        slices = tuple(piece for piece in section_of(passage) if (*where, piece.span) not in given)
        given.update((*where, piece.span) for piece in slices)
        if slices:
            widened.append(replace(passage, slices=slices))
    return widened
