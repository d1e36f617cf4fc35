"""End an answer of a language model that goes wrong: it repeats itself, runs on, or fails its check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.verification.verify import Verdict
from rag.writing.statements import Draft
from vault.text.words import words

_FAILED_IN_A_ROW = 2
"""Sentences that fail their check one after the other, from which the rest is not waited for."""
_LONGEST = 200
"""Words of one sentence. Clauses of a contract come near; a model that goes on has lost itself."""
_LONGEST_CHARACTERS = 4000
"""Of one sentence, for scripts without spaces and for signs without end."""
_PERIODS = {1: 6, 2: 4, **dict.fromkeys(range(3, 25), 3)}
"""How often so many words must follow each other to be a loop, by their number."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_]*(?=\s)|\n")


class Ending:
    """Watches one answer while it is written."""

    def __init__(self, most_pieces: int | None = None, most_sentences: int | None = None) -> None:
        """An answer of more than `most_pieces` runs on. After `most_sentences` it is complete."""
        self._most_pieces = most_pieces
        self._most_sentences = most_sentences
        self._said: set[tuple[str, ...]] = set()
        self._failed = 0
        self.reason = ""
        """Why the answer was ended, to follow "because it"; empty as long as it goes well."""
        self.complete = False
        """Whether it has as many sentences as it may have."""

    def watch(self, pieces: Iterable[str]) -> Iterator[str]:
        """Yield the pieces of the model, up to where it repeats itself or runs on."""
        sentence, number = "", 0
        for number, piece in enumerate(pieces, start=1):
            if self._most_pieces is not None and number > self._most_pieces:
                self.reason = "ran on"
                return
            sentence += piece
            ends = [match.end() for match in _SENTENCE_END.finditer(sentence)]
            said = sentence.split()
            if _is_loop(said):
                self.reason = "repeated itself"
            elif len(said) > _LONGEST or len(sentence) > _LONGEST_CHARACTERS:
                self.reason = "ran on"
            if self.reason:
                return
            yield piece
            if ends:
                sentence = sentence[ends[-1] :]

    def repeats(self, draft: Draft) -> bool:
        """Note a sentence; return whether it says again what was said before."""
        key = tuple(words(draft.text))
        if key in self._said:
            self.reason = "repeated itself"
            return True
        self._said.add(key)
        self.complete = self._most_sentences is not None and len(self._said) >= self._most_sentences
        return False

    def failed(self, verdict: Verdict) -> bool:
        """Note the verdict of a sentence; return whether too many in a row have failed."""
        self._failed = self._failed + 1 if verdict is Verdict.UNSUPPORTED else 0
        if self._failed == _FAILED_IN_A_ROW:
            self.reason = "wrote two sentences in a row that the documents do not support"
        return bool(self.reason)


def _is_loop(said: list[str]) -> bool:
    """Return whether the words end with the same few words again and again."""
    for period, times in _PERIODS.items():
        tail = said[-period * times :]
        if len(tail) < period * times or not any(character.isalpha() for character in "".join(tail[:period])):
            continue
        if all(tail[place] == tail[place - period] for place in range(period, len(tail))):
            return True
    return False
