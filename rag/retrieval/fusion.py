"""Fuse what two indexes say of chunks into one score.

Scores are fused and not ranks: that one chunk holds all rare words of the question and the next hardly any
is lost in ranks 1 and 2. `bench/retrieval.py` measures it; reciprocal ranks were two to three points of nDCG
lower on every set that has judged passages.
"""

from __future__ import annotations

from collections.abc import Mapping


def fuse(
    lexical: Mapping[int, float], dense: Mapping[int, float], weights: tuple[float, float]
) -> list[tuple[int, float]]:
    """(chunk id, score), best first, the best 1; ties in the order of the ids.

    `lexical` holds BM25 scores (0 for a chunk that is not in it), `dense` cosines. The scores of each are
    put on a scale from 0 to 1, its best hit, and added by `weights`.
    """
    words, meaning = weights
    most = max(lexical.values(), default=0.0) or 1.0
    top, least = max(dense.values(), default=0.0), min(dense.values(), default=0.0)
    spread = (top - least) or 1.0
    scores = {
        chunk_id: words * lexical.get(chunk_id, 0.0) / most
        + meaning * (dense.get(chunk_id, least) - least) / spread
        for chunk_id in {*lexical, *dense}
    }
    best = max(scores.values(), default=0.0) or 1.0
    return sorted(
        ((chunk_id, score / best) for chunk_id, score in scores.items()), key=lambda hit: (-hit[1], hit[0])
    )
