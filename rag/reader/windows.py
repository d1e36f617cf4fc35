"""A question and a passage as one sequence of tokens, so that the reader reads both at once.

`[CLS] question [SEP] where it stands [SEP] sentences … [SEP]`, at most `MAX_TOKENS`. A passage that is longer
is read in several windows of whole sentences, about equally long; nothing of it is left out, but for the end
of a single sentence that is longer than a window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_TOKENS = 256
_QUESTION = 64
"""Most tokens of the question: what a person asks; a longer one is read from its end, where the asking is."""
_WHERE = 20
"""Most tokens of the title and of the headings, each."""
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class ReaderPassage:
    """A passage as the reader reads it."""

    title: str
    heading: str
    sentences: tuple[str, ...]
    """As they stand in the document: places that are given back count these characters."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One window: its tokens, and where in which sentence each stands."""

    passage: int
    """Index of the passage that it is a window of."""
    ids: tuple[int, ...]
    asked: int
    """Tokens of the question with the marks around it; the passage's begin there."""
    text: int
    """Where the sentences begin."""
    places: tuple[tuple[int, int, int], ...]
    """(sentence, start, end) of each token from `text` on, the last mark left out."""


class ReaderTokens:
    """Makes pairs; the tokenizer is the embedding model's, whose word vectors the reader has."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def pairs(self, question: str, passages: Sequence[ReaderPassage], limit: int = MAX_TOKENS) -> list[Pair]:
        """The windows of all passages, in order; a passage without a sentence gets none."""
        asked = self._ids(question)[-_QUESTION:]
        head = (_CLS, *asked, _SEP)
        found: list[Pair] = []
        for index, passage in enumerate(passages):
            where = (*self._ids(passage.title)[:_WHERE], *self._ids(passage.heading)[-_WHERE:])
            start = (*head, *where, _SEP) if where else head
            room = limit - len(start) - 1
            encoded = self._tokenizer.encode_batch(list(passage.sentences), add_special_tokens=False)
            lengths = [min(len(one.ids), room) for one in encoded]
            for window in windows(lengths, room):
                ids, places = list(start), []
                for sentence in window:
                    kept = lengths[sentence]
                    ids += encoded[sentence].ids[:kept]
                    places += [(sentence, *offsets) for offsets in encoded[sentence].offsets[:kept]]
                if places:
                    found.append(Pair(index, (*ids, _SEP), len(head), len(start), tuple(places)))
        return found

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def windows(lengths: Sequence[int], room: int) -> list[range]:
    """Runs of sentences of `lengths` tokens, each run at most `room` long, as few as need be and about equal.

    Every length is at most `room`.
    """
    whole = sum(lengths)
    if whole <= room:
        return [range(len(lengths))] if lengths else []
    parts = -(-whole // room)
    aim = whole / parts
    found, start, held = [], 0, 0
    for index, length in enumerate(lengths):
        if index > start and (held + length > room or held + length / 2 > aim):
            found.append(range(start, index))
            start, held = index, 0
        held += length
    found.append(range(start, len(lengths)))
    return found


def padded(pairs: Sequence[Pair]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(ids, mask, kinds), each (pairs, longest): kinds are 0 for the question and 1 for the passage."""
    longest = max(len(pair.ids) for pair in pairs)
    ids = np.zeros((len(pairs), longest), dtype=np.int64)
    mask, kinds = np.zeros_like(ids), np.zeros_like(ids)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = pair.ids
        mask[row, : len(pair.ids)] = 1
        kinds[row, pair.asked : len(pair.ids)] = 1
    return ids, mask, kinds
