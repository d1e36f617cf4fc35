"""Fuse the scores of the two indexes into one score per chunk.

Scores are fused, not ranks: ranks 1 and 2 do not tell that one chunk holds all rare words of the question and
the next hardly any. With reciprocal ranks nDCG was two to three points lower on every set that has judged
passages (`bench/retrieval.py`).
"""

from __future__ import annotations

from collections.abc import Mapping


def fuse(
    lexical: Mapping[int, float], dense: Mapping[int, float], weights: tuple[float, float]
) -> list[tuple[int, float]]:
    """Return (chunk id, score), best first; the best score is 1, and equal scores are sorted by id.

    `lexical` holds BM25 scores (a chunk that is missing counts 0), `dense` holds cosines. Both are scaled so
    that the best hit is 1, multiplied by `weights` (lexical, dense) and added.

    Example: `fuse({1: 4.0, 2: 2.0}, {1: 0.3, 2: 0.8}, (0.4, 0.6))` gives `[(2, 1.0), (1, 0.5)]`.
    """
    lexical_weight, dense_weight = weights
    best_lexical = max(lexical.values(), default=0.0) or 1.0
    best_cosine, least_cosine = max(dense.values(), default=0.0), min(dense.values(), default=0.0)
    spread = (best_cosine - least_cosine) or 1.0
    scores = {
        chunk_id: lexical_weight * lexical.get(chunk_id, 0.0) / best_lexical
        + dense_weight * (dense.get(chunk_id, least_cosine) - least_cosine) / spread
        for chunk_id in {*lexical, *dense}
    }
    best = max(scores.values(), default=0.0) or 1.0
    return sorted(
        ((chunk_id, score / best) for chunk_id, score in scores.items()), key=lambda hit: (-hit[1], hit[0])
    )
