"""Put a question and a passage into one sequence of tokens, so that the reader reads both together.

The sequence is `[CLS] question [SEP] title and headings [SEP] sentences … [SEP]`, at most `MAX_TOKENS`. A
longer passage is read in several windows of whole sentences and about the same length. Nothing is left out,
except the end of a single sentence that is longer than a window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_TOKENS = 256
_QUESTION_TOKENS = 64
"""Most tokens of the question. Of a longer one the end is read, because it holds what is asked."""
_TITLE_TOKENS = 28
"""Most tokens of the title with subject and date."""
_HEADING_TOKENS = 20
"""Most tokens of the headings; of longer ones the end is read, the nearest heading."""
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class ReaderPassage:
    """A passage as the reader reads it."""

    title: str
    heading: str
    sentences: tuple[str, ...]
    """Exactly as in the document: the places in a reading count these characters."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One window of a passage with the question: its tokens, and the sentence and place of each."""

    passage: int
    """Index of the passage."""
    ids: tuple[int, ...]
    passage_start: int
    """Index of the passage's first token; before it stands the question with its special tokens."""
    text: int
    """Index of the first token of the sentences."""
    places: tuple[tuple[int, int, int], ...]
    """(sentence, start, end) of each token from `text` on, without the special token at the end."""


class ReaderTokens:
    """Makes pairs with the tokenizer of the embedding model, whose word vectors the reader uses."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds the embedding model."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def pairs(self, question: str, passages: Sequence[ReaderPassage], limit: int = MAX_TOKENS) -> list[Pair]:
        """Return the windows of all passages, in order; a passage without sentences has none.

        `limit` is the most tokens of a window.
        """
        question_ids = self._ids(question)[-_QUESTION_TOKENS:]
        head = (_CLS, *question_ids, _SEP)
        found: list[Pair] = []
        for index, passage in enumerate(passages):
            title = (
                *self._ids(passage.title)[:_TITLE_TOKENS],
                *self._ids(passage.heading)[-_HEADING_TOKENS:],
            )
            start = (*head, *title, _SEP) if title else head
            room = limit - len(start) - 1
            encoded = self._tokenizer.encode_batch(list(passage.sentences), add_special_tokens=False)
            lengths = [min(len(sentence.ids), room) for sentence in encoded]
            for window in windows(lengths, room):
                ids, places = list(start), []
                for number in window:
                    length = lengths[number]
                    ids += encoded[number].ids[:length]
                    places += [(number, *offsets) for offsets in encoded[number].offsets[:length]]
                if places:
                    found.append(Pair(index, (*ids, _SEP), len(head), len(start), tuple(places)))
        return found

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def windows(lengths: Sequence[int], room: int) -> list[range]:
    """Divide sentences of `lengths` tokens into few runs of similar length, each of at most `room` tokens.

    Every length must be at most `room`. Example: `windows([40, 40, 40], 100)` gives `[range(0, 2), range(2,
    3)]`.
    """
    total = sum(lengths)
    if total <= room:
        return [range(len(lengths))] if lengths else []
    count = -(-total // room)
    target = total / count
    found, start, size = [], 0, 0
    for index, length in enumerate(lengths):
        if index > start and (size + length > room or size + length / 2 > target):
            found.append(range(start, index))
            start, size = index, 0
        size += length
    found.append(range(start, len(lengths)))
    return found


def padded(pairs: Sequence[Pair]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return (ids, mask, types), each (pairs, longest); type 0 is the question, 1 the passage."""
    longest = max(len(pair.ids) for pair in pairs)
    ids = np.zeros((len(pairs), longest), dtype=np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = pair.ids
        mask[row, : len(pair.ids)] = 1
        types[row, pair.passage_start : len(pair.ids)] = 1
    return ids, mask, types
