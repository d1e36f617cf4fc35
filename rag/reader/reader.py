"""The reader: a small model of our own that reads a question, or a statement, together with passages.

It reranks passages, finds the sentences and words that answer, says whether an answer is there, and judges
whether a passage supports a statement. Its weights are in this package and its word vectors are those of the
embedding model, so it works offline from the start. Its model card is `docs/reader.md`: data, method,
figures, limits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from rag.reader.windows import Pair, ReaderPassage, ReaderTokens

READER_FILE = Path(__file__).parent / "reader.safetensors"
READER_SHA256 = "80c8cddc92fd1585d2891be3e65df7cda441ef7e1f87ae825ef997205126567c"
"""Hash of the weights in this package, which `training/export.py` writes."""
SUPPORTS = ("supported", "contradicted", "not_addressed")
"""The classes of the support head, in its order."""
_LONGEST_ANSWER = 48
"""Most tokens of the words that answer."""


class Support(NamedTuple):
    """Whether a passage supports a statement: three probabilities that sum to 1."""

    supported: float
    contradicted: float
    not_addressed: float


NO_SUPPORT = Support(0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader's result for one passage, read with a question."""

    relevance: float
    """Logit, comparable between the passages of one question."""
    answerable: float
    """Logit: whether the passage holds the answer."""
    sentences: tuple[float, ...]
    """Logit of each sentence: whether it answers; minus infinity for an empty one."""
    places: NDArray[np.int32]
    """(tokens, 3): sentence, start and end of each token that was read."""
    edges: NDArray[np.float32]
    """(tokens, 2): logits that each token begins and ends the words that answer."""

    def words(self, sentence: int) -> tuple[int, int] | None:
        """Return (start, end) of the words that answer, in characters of the sentence; None if empty."""
        tokens = np.flatnonzero(self.places[:, 0] == sentence)
        if not len(tokens):
            return None
        begins, ends = self.edges[tokens, 0], self.edges[tokens, 1]
        scores = begins[:, None] + ends[None, :]
        positions = np.arange(len(tokens))
        length = positions[None, :] - positions[:, None]
        scores[(length < 0) | (length >= _LONGEST_ANSWER)] = -np.inf
        first, last = np.unravel_index(int(np.argmax(scores)), scores.shape)
        return int(self.places[tokens[first], 1]), int(self.places[tokens[last], 2])


@runtime_checkable
class Reader(Protocol):
    """Reads passages with a question or a statement; safe to use from several threads."""

    @property
    def sha256(self) -> str:
        """Hash of the weights."""
        ...

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading | None]:
        """Return one reading for each passage, in order; None for a passage without sentences."""
        ...

    def support(self, statement: str, passages: Sequence[ReaderPassage]) -> list[Support]:
        """Return for each passage whether it supports the statement, by its clearest window."""
        ...


class ReaderBase(ABC):
    """The part of a reader that does not depend on what runs the network."""

    def __init__(self, sha256: str, tokens: ReaderTokens) -> None:
        self.sha256 = sha256
        self._tokens = tokens

    @abstractmethod
    def run(self, pairs: Sequence[Pair]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Return the logits of each pair, (tokens, 3) and (5,), as `ReaderNetwork`; tokens may be padded."""

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading | None]:
        """See `Reader`."""
        pairs = self._tokens.pairs(question, passages)
        windows: list[list[_WindowLogits]] = [[] for _ in passages]
        for pair, (token_logits, pair_logits) in zip(pairs, self.run(pairs), strict=True):
            text_logits = token_logits[pair.text : pair.text + len(pair.places)]
            windows[pair.passage].append((pair, text_logits, pair_logits))
        return [
            _join_windows(of_passage, len(passage.sentences)) if of_passage else None
            for of_passage, passage in zip(windows, passages, strict=True)
        ]

    def support(self, statement: str, passages: Sequence[ReaderPassage]) -> list[Support]:
        """See `Reader`."""
        pairs = self._tokens.pairs(statement, passages)
        found = [NO_SUPPORT] * len(passages)
        for pair, (_, pair_logits) in zip(pairs, self.run(pairs), strict=True):
            odds = np.exp(pair_logits[2:] - pair_logits[2:].max())
            support = Support(*(float(value) for value in odds / odds.sum()))
            if support.not_addressed < found[pair.passage].not_addressed:
                found[pair.passage] = support
        return found


_WindowLogits = tuple[Pair, NDArray[np.float32], NDArray[np.float32]]
"""A window, the logits of its text tokens (tokens, 3), and its own logits (5,)."""


def _join_windows(windows: Sequence[_WindowLogits], sentence_count: int) -> Reading:
    """Return one reading for the windows of a passage."""
    places = np.concatenate([np.array(pair.places, dtype=np.int32) for pair, _, _ in windows])
    token_logits = np.concatenate([logits for _, logits, _ in windows])
    sums = np.bincount(places[:, 0], weights=token_logits[:, 0], minlength=sentence_count)
    counts = np.bincount(places[:, 0], minlength=sentence_count)
    sentences = np.where(counts > 0, sums / np.maximum(counts, 1), -np.inf)
    return Reading(
        relevance=max(float(logits[0]) for _, _, logits in windows),
        answerable=max(float(logits[1]) for _, _, logits in windows),
        sentences=tuple(float(score) for score in sentences),
        places=places,
        edges=np.ascontiguousarray(token_logits[:, 1:]),
    )
