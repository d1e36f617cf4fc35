"""The reader: a small model of our own that reads a question together with passages, or a statement with its
grounds. It reranks, points at sentences and words, says whether the answer is there, and judges support.

It works offline from the first minute: its weights lie in this package, its word vectors are those of the
embedding model. `docs/reader.md` is its card: data, method, figures, limits.
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
READER_SHA256 = "7067c6d1412799cb4a037511c3d3b99ce881f2df916fdb0cfcb8a611e91973c6"
"""Of the weights in this package; `training/export.py` writes them."""
_LONGEST_WORDS = 48
"""Most tokens of the words that answer."""


class Support(NamedTuple):
    """What a passage does for a statement: probabilities that sum to 1."""

    supported: float
    contradicted: float
    not_addressed: float


NOTHING_READ = Support(0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader says of one passage, read with a question."""

    relevance: float
    """Comparable between the passages of one question."""
    answerable: float
    """Logit: whether the answer stands in the passage."""
    sentences: tuple[float, ...]
    """Logit of each sentence: whether it answers; minus infinity for one that holds nothing to read."""
    places: NDArray[np.int32]
    """(tokens, 3): sentence, start, end of each token that was read."""
    edges: NDArray[np.float32]
    """(tokens, 2): how far each begins and ends the words that answer."""

    def words(self, sentence: int) -> tuple[int, int] | None:
        """Start and end, in characters of the sentence, of the words in it that answer; None without any."""
        inside = np.flatnonzero(self.places[:, 0] == sentence)
        if not len(inside):
            return None
        begins, ends = self.edges[inside, 0], self.edges[inside, 1]
        scores = begins[:, None] + ends[None, :]
        steps = np.arange(len(inside))
        length = steps[None, :] - steps[:, None]
        scores[(length < 0) | (length >= _LONGEST_WORDS)] = -np.inf
        first, last = np.unravel_index(int(np.argmax(scores)), scores.shape)
        return int(self.places[inside[first], 1]), int(self.places[inside[last], 2])


@runtime_checkable
class Reader(Protocol):
    """Reads; safe to use from several threads."""

    @property
    def sha256(self) -> str:
        """Of the weights."""
        ...

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading | None]:
        """One reading a passage, in order; None for one without a letter or digit."""
        ...

    def support(self, statement: str, passages: Sequence[ReaderPassage]) -> list[Support]:
        """What each passage does for the statement; of a long one, its window that says most."""
        ...


class ReaderBase(ABC):
    """What does not depend on what runs the network."""

    def __init__(self, sha256: str, tokens: ReaderTokens) -> None:
        self.sha256 = sha256
        self._tokens = tokens

    @abstractmethod
    def run(self, pairs: Sequence[Pair]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """((tokens, 3), (5,)) of each pair, as `ReaderNetwork` gives them; tokens may be padded."""

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading | None]:
        """See `Reader`."""
        pairs = self._tokens.pairs(question, passages)
        windows: list[list[tuple[Pair, NDArray[np.float32], NDArray[np.float32]]]] = [[] for _ in passages]
        for pair, (tokens, judged) in zip(pairs, self.run(pairs), strict=True):
            windows[pair.passage].append((pair, tokens[pair.text : pair.text + len(pair.places)], judged))
        return [
            _joined(some, len(passage.sentences)) if some else None
            for some, passage in zip(windows, passages, strict=True)
        ]

    def support(self, statement: str, passages: Sequence[ReaderPassage]) -> list[Support]:
        """See `Reader`."""
        pairs = self._tokens.pairs(statement, passages)
        found = [NOTHING_READ] * len(passages)
        for pair, (_, judged) in zip(pairs, self.run(pairs), strict=True):
            odds = np.exp(judged[2:] - judged[2:].max())
            says = Support(*(float(value) for value in odds / odds.sum()))
            if says.not_addressed < found[pair.passage].not_addressed:
                found[pair.passage] = says
        return found


def _joined(windows: Sequence[tuple[Pair, NDArray[np.float32], NDArray[np.float32]]], count: int) -> Reading:
    """One reading of the windows of a passage."""
    places = np.concatenate([np.array(pair.places, dtype=np.int32) for pair, _, _ in windows])
    tokens = np.concatenate([tokens for _, tokens, _ in windows])
    sums = np.bincount(places[:, 0], weights=tokens[:, 0], minlength=count)
    held = np.bincount(places[:, 0], minlength=count)
    sentences = np.where(held > 0, sums / np.maximum(held, 1), -np.inf)
    return Reading(
        relevance=max(float(judged[0]) for _, _, judged in windows),
        answerable=max(float(judged[1]) for _, _, judged in windows),
        sentences=tuple(float(score) for score in sentences),
        places=places,
        edges=np.ascontiguousarray(tokens[:, 1:]),
    )
