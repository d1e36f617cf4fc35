"""Measures of retrieval, evidence, answers and abstention.

Sources: LegalBench-RAG (character recall and precision), Järvelin & Kekäläinen 2002 (nDCG), SQuAD (token F1),
Mann & Whitney 1947 (AUROC).
"""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Collection, Sequence

CUTS = (1, 2, 4, 8, 16, 32, 64)
BUDGET_CHARACTERS = 500
"""k stands for a budget of k times this many characters, so that different chunk sizes compare fairly."""

Place = tuple[str, int, int]
"""(document id, start, end)"""


def character_recall_precision(
    retrieved: Sequence[Place], gold: Sequence[Place], k: int
) -> tuple[float, float]:
    """Return (share of gold characters retrieved, share of retrieved characters that are gold).

    Only the first k * 500 retrieved characters count, in rank order; the last place is cut where the budget
    ends, and a character that is retrieved twice counts once.
    """
    kept: set[tuple[str, int]] = set()
    left = k * BUDGET_CHARACTERS
    for document, start, end in retrieved:
        if left <= 0:
            break
        end = min(end, start + left)
        left -= end - start
        kept.update((document, position) for position in range(start, end))
    wanted = {(document, position) for document, start, end in gold for position in range(start, end)}
    shared = len(kept & wanted)
    return (shared / len(wanted) if wanted else 0.0, shared / len(kept) if kept else 0.0)


def ndcg(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return nDCG at k with binary relevance, 0 to 1."""
    gain = sum(1 / math.log2(rank + 2) for rank, item in enumerate(ranked[:k]) if item in relevant)
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(k, len(relevant))))
    return gain / ideal if ideal else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of the relevant items that are among the first k."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def evidence_hit(sentences: Sequence[Place], gold: Sequence[Place], k: int) -> bool:
    """Return whether one of the first k sentences covers at least half of a gold span."""
    return any(
        document == gold_document
        and 2 * (min(end, gold_end) - max(start, gold_start)) >= gold_end - gold_start
        for document, start, end in sentences[:k]
        for gold_document, gold_start, gold_end in gold
        if min(end, gold_end) > max(start, gold_start)
    )


def token_f1(answer: str, references: Sequence[str]) -> float:
    """Return the best token F1 of `answer` with any reference, normalised as in SQuAD."""
    return max((_f1(_tokens(answer), _tokens(reference)) for reference in references), default=0.0)


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """Return the chance that a positive scores above a negative, a tie counting half.

    None without both kinds.
    """
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    order = sorted(range(len(scores)), key=lambda index: scores[index])
    rank_sum = 0.0
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and scores[order[last + 1]] == scores[order[first]]:
            last += 1
        mean_rank = (first + last) / 2 + 1
        rank_sum += mean_rank * sum(labels[order[index]] for index in range(first, last + 1))
        first = last + 1
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile; `share` is from 0 to 1. 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))] if ordered else 0.0


def _tokens(text: str) -> list[str]:
    kept = "".join(" " if character in string.punctuation else character for character in text.lower())
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


def _f1(answer: list[str], reference: list[str]) -> float:
    shared = sum((Counter(answer) & Counter(reference)).values())
    if not shared:
        return 0.0
    precision, found = shared / len(answer), shared / len(reference)
    return 2 * precision * found / (precision + found)
