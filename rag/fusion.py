"""Fuse two rankings of chunks into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

RANK_OFFSET = 60
"""The usual constant of reciprocal rank fusion: how little the very first ranks stand out."""


def fuse(
    rankings: Mapping[str, Sequence[int]], weights: Mapping[str, float], offset: int = RANK_OFFSET
) -> list[tuple[int, float]]:
    """(chunk id, score), best first, by weighted reciprocal rank; ties in the order of the ids.

    `rankings` holds chunk ids, best first, under the names that `weights` uses.
    """
    scores: dict[int, float] = {}
    for name, ranking in rankings.items():
        for rank, chunk_id in enumerate(ranking, start=1):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + weights[name] / (offset + rank)
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))
