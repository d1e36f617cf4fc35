"""Choose what a language model reads of the passages that were found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from rag.evidence.evidence import EvidenceSentence
from rag.retrieval.passage import Passage
from rag.writing.numbering import single_sentences
from vault.records import Slice, Span


class ContextSize(StrEnum):
    """How much of each passage a language model reads; `bench/generation.py` compares them."""

    SHORT = "short"
    """The best sentences by themselves, for the prompt of small models."""
    SENTENCES = "sentences"
    """The sentences that bear on the question, with the one before and the one after."""
    PASSAGES = "passages"
    """Whole passages."""
    SECTIONS = "sections"
    """Passages with the text before and after them in the same section."""


_MOST_SENTENCES = 12
"""Sentences that bear on the question, of all passages together."""

_SMALL = 1_000_000_000
"""Values of a model. One with fewer gets lost in whole passages."""
_SLOW = 40.0
"""Tokens read in a second. Whole passages have about 2,500: at that speed the first sentence would come after
a minute."""

SectionOf = Callable[[Passage], Sequence[Slice]]
"""Returns a passage with its neighbours in the same section, in the document's order."""


def fitting_size(parameters: int, reading_speed: float | None) -> ContextSize:
    """Return what a model of that many values reads, at a speed in tokens per second.

    0 values and None for the speed mean that it is not known.
    """
    small = 0 < parameters < _SMALL
    slow = reading_speed is not None and reading_speed < _SLOW
    return ContextSize.SHORT if small or slow else ContextSize.PASSAGES


def choose_context(
    passages: Sequence[Passage], ranked: Sequence[EvidenceSentence], size: ContextSize, section_of: SectionOf
) -> list[Passage]:
    """Return the passages as the model reads them, best first; for a short prompt, one for each sentence.

    `ranked` holds all sentences of the passages, best first.
    """
    if size is ContextSize.SHORT:
        return single_sentences(passages, ranked)
    if size is ContextSize.SENTENCES:
        return _best_sentences(passages, ranked[:_MOST_SENTENCES])
    if size is ContextSize.SECTIONS:
        return _sections(passages, section_of)
    return list(passages)


def _best_sentences(passages: Sequence[Passage], ranked: Sequence[EvidenceSentence]) -> list[Passage]:
    """Return the passages, the best first, with only the sentences in `ranked` and their neighbours."""
    wanted: dict[int, list[Span]] = {}
    for sentence in ranked:
        place = sentence.citation
        wanted.setdefault(sentence.passage, []).append(Span(place.page, place.start, place.end))
    shortened = []
    for index, spans in wanted.items():
        passage = passages[index]
        sentences = passage.sentences()
        found = [number for number, sentence in enumerate(sentences) if sentence.span in spans]
        kept = sorted({number + step for number in found for step in (-1, 0, 1)} & set(range(len(sentences))))
        slices = tuple(
            Slice(sentences[number].span, sentences[number].quote, sentences[number].kind) for number in kept
        )
        shortened.append(replace(passage, slices=slices))
    return shortened


def _sections(passages: Sequence[Passage], section_of: SectionOf) -> list[Passage]:
    """Return the passages with their neighbours; text that an earlier passage holds is not repeated."""
    seen: set[tuple[str, str, Span]] = set()
    extended = []
    for passage in passages:
        document = (passage.collection, passage.document.sha256)
        slices = tuple(piece for piece in section_of(passage) if (*document, piece.span) not in seen)
        seen.update((*document, piece.span) for piece in slices)
        if slices:
            extended.append(replace(passage, slices=slices))
    return extended
