"""The logistic function, which turns a weighted sum of signals into a probability."""

from __future__ import annotations

import math

_FARTHEST = 50.0
"""Beyond it the probability is 0 or 1 in all digits that count, and `exp` would run over."""


def probability_of(logit: float) -> float:
    """Return the probability, from 0 to 1.

    >>> probability_of(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, logit))))
