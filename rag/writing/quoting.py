"""The answer without a language model: the best sentences, quoted."""

from __future__ import annotations

from collections.abc import Sequence

from rag.events import Statement
from rag.evidence.evidence import EvidenceSentence
from rag.verification.verify import Verdict
from vault.records import Citation
from vault.text.readable import readable
from vault.text.words import words

_NEAR_BEST = 0.28
"""How far below the best a sentence may score that is said as well. A distance and not a share of it: scores
are sums of weighted signals whose zero means nothing, and where the reader doubts, the best may be below it.
On the sample questions, whose best sentences score about 2.4, as much is said as with a share of 0.88."""
_GAP = 3
"""Characters between two sentences that follow each other: a space, a line end with its indentation."""


def quoted(evidence: Sequence[EvidenceSentence], most: int) -> list[Statement]:
    """The best sentence, and those nearly as good, as statements; `evidence` is best first.

    What stands word for word in several documents is said once and cited from each. Sentences that follow
    each other in a document are put in its order, at the place of the best of them.
    """
    said: dict[tuple[str, ...], list[Citation]] = {}
    for sentence in evidence:
        key = tuple(words(readable(sentence.citation.quote)))
        if sentence.score < evidence[0].score - _NEAR_BEST or (len(said) == most and key not in said):
            break
        said.setdefault(key, []).append(sentence.citation)
    return [
        Statement(readable(citations[0].quote), Verdict.QUOTED, tuple(citations))
        for citations in _in_order(list(said.values()))
    ]


def _in_order(quotes: list[list[Citation]]) -> list[list[Citation]]:
    """As they came, but what follows each other in a document stands together and in its order."""
    runs: list[list[list[Citation]]] = []
    for quote in quotes:
        before = [run for run in runs if _follows(run[-1][0], quote[0])]
        after = [run for run in runs if _follows(quote[0], run[0][0])]
        if before and after:
            before[0] += [quote, *after[0]]
            runs.remove(after[0])
        elif before:
            before[0].append(quote)
        elif after:
            after[0].insert(0, quote)
        else:
            runs.append([quote])
    return [quote for run in runs for quote in run]


def _follows(first: Citation, second: Citation) -> bool:
    return (first.collection, first.sha256, first.page) == (
        second.collection,
        second.sha256,
        second.page,
    ) and 0 <= second.start - first.end <= _GAP
