"""The answer without a language model: the best sentences, quoted."""

from __future__ import annotations

from collections.abc import Sequence

from rag.events import Statement
from rag.evidence.evidence import EvidenceSentence
from rag.verification.verify import Verdict
from rag.weights.weights import load_weights
from vault.records import Citation
from vault.text.readable import readable
from vault.text.words import words

_NEAR_BEST = load_weights().quoting.near_best
"""How far below the best sentence's score another one may be. A distance and not a share: the zero of a sum
of weighted signals means nothing, and where the reader doubts, the best score may be negative."""
_GAP = 3
"""Characters between two sentences that follow each other: a space, a line end with its indentation."""


def quote_evidence(evidence: Sequence[EvidenceSentence], limit: int) -> list[Statement]:
    """Return the best sentence that fits, and those nearly as good, as at most `limit` statements.

    `evidence` is sorted, best first. Words that several documents share become one statement that cites each.
    Sentences that follow each other in a document stand in its order, at the place of the best of them.
    """
    citations: dict[tuple[str, ...], list[Citation]] = {}
    fitting = [sentence for sentence in evidence if sentence.fit.states]
    for sentence in fitting:
        key = tuple(words(readable(sentence.citation.quote)))
        if sentence.score < fitting[0].score - _NEAR_BEST or (
            len(citations) == limit and key not in citations
        ):
            break
        citations.setdefault(key, []).append(sentence.citation)
    return [
        Statement(readable(places[0].quote), Verdict.QUOTED, tuple(places))
        for places in _in_document_order(list(citations.values()))
    ]


def _in_document_order(quotes: list[list[Citation]]) -> list[list[Citation]]:
    """Return the quotes with those that follow each other in a document together, in its order."""
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
    """Return whether the second sentence stands right after the first one, on the same page."""
    return (first.collection, first.sha256, first.page) == (
        second.collection,
        second.sha256,
        second.page,
    ) and 0 <= second.start - first.end <= _GAP
