"""Fit how probable it is that an answer from tables is right, and from when it is stated.

Made sheets are many and regular, questions that people wrote few and varied: each of the two counts as much
as the other. What is measured is measured on written collections that the fit has not seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from bench.tables.answered import Answered
from rag.tables.signals import SIGNALS
from rag.weights.logistic import probability_of

WRONG_COSTS = 3.0
"""How many silent answers one wrong answer that is stated costs."""
MOST_WRONG = 0.1
"""The part of the stated answers that may be wrong."""
HOLDS = (0.003, 0.01, 0.03)
"""Prices of leaving the weight that is expected; the best one is chosen on collections left out."""
_LOWEST, _HIGHEST = 0.5, 0.97
_STEPS = 400
_EXPECTED = {
    "given": 1.0, "unexplained": -2.0, "unexplained_share": -1.0, "idle": -0.3, "named_target": 0.5,
    "target_unsaid": -0.5, "by_unit": -0.3, "no_target": -0.3, "person_sure": 0.5, "nobody_of_several": -1.5,
    "unknown_name": -2.0, "dates_not_met": -3.0, "dated_by_heading": -0.5, "two_readings": -0.5,
    "rival": -0.3, "more_plans": -0.5, "form": -0.3, "no_header": -1.0, "wanted_met": 0.3,
    "wanted_missed": -1.0, "several_values": -1.0, "not_certain": -1.0, "corrected": -0.3,
    "uncounted": -0.7, "in_long_text": -0.3, "form_missed": -1.5, "asks_more": -1.0, "undated_latest": -1.0,
    "second_try": -1.0, "who_on_a_day": 1.0,
}  # fmt: skip
"""What signals count before anything is fitted. A fitted weight keeps this sign: few questions have two
people of one name or a date that no row was compared with."""


@dataclass(frozen=True)
class Scored:
    """The probability of an answer, by weights that were fitted without its collection."""

    collection: str
    probability: float
    right: bool


def fit(answered: Sequence[Answered], hold: float) -> list[float]:
    """Return intercept and weights of the probability that an answer is right."""
    given = [one for one in answered if one.direct is not None]
    x = torch.tensor([[1.0, *one.signals] for one in given])
    y = torch.tensor([float(one.right) for one in given])
    written = sum(one.written for one in given)
    made = len(given) - written
    shares = [1 / written if one.written else 1 / made for one in given]
    weight = torch.tensor(shares) / sum(shares)
    expected = torch.tensor([0.0, *(_EXPECTED.get(name, 0.0) for name in SIGNALS)])
    found = expected.clone().requires_grad_(True)
    optimiser = torch.optim.Adam([found], lr=0.04)
    for _ in range(_STEPS):
        optimiser.zero_grad()
        each = torch.nn.functional.binary_cross_entropy_with_logits(x @ found, y, reduction="none")
        loss = (weight * each).sum() + hold * ((found - expected)[1:] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        with torch.no_grad():
            found[expected > 0] = found[expected > 0].clamp(min=0)
            found[expected < 0] = found[expected < 0].clamp(max=0)
    return [float(one) for one in found.detach()]


def probability(weights: Sequence[float], signals: Sequence[float]) -> float:
    """Return how probable it is that an answer with these signals is right."""
    total = sum(weight * value for weight, value in zip(weights, (1.0, *signals), strict=True))
    return probability_of(total)


def left_out(answered: Sequence[Answered], hold: float) -> list[Scored]:
    """Return the answers to written questions, each scored by what all other collections fit."""
    found = []
    for name in sorted({one.collection for one in answered if one.written}):
        weights = fit([one for one in answered if one.collection != name], hold)
        found += [
            Scored(name, probability(weights, one.signals), one.right)
            for one in answered
            if one.collection == name and one.direct is not None
        ]
    return found


def log_loss(scored: Sequence[Scored]) -> float:
    """Return the mean loss of the probabilities, in nats."""
    return -sum(math.log(one.probability if one.right else 1 - one.probability) for one in scored) / len(
        scored
    )


def threshold(scored: Sequence[Scored]) -> float:
    """Return the probability from which stating gains most: a wrong answer costs three silent ones.

    Of what is stated at most a tenth may be wrong; where no threshold keeps that, the highest one is
    returned.
    """
    best, most = _HIGHEST, 0.0
    for least in _candidates(scored):
        right, wrong = stated(scored, least)
        gain = right - WRONG_COSTS * wrong
        if gain > most and wrong <= MOST_WRONG * (right + wrong):
            best, most = least, gain
    return best


def stated(scored: Sequence[Scored], least: float) -> tuple[int, int]:
    """Return how many answers are stated rightly and wrongly from a probability on."""
    kept = [one.right for one in scored if one.probability >= least]
    return sum(kept), len(kept) - sum(kept)


def nested(scored: Sequence[Scored]) -> tuple[int, int]:
    """Return how many are stated rightly and wrongly where the threshold, too, is chosen without them."""
    right = wrong = 0
    for name in sorted({one.collection for one in scored}):
        least = threshold([one for one in scored if one.collection != name])
        found = stated([one for one in scored if one.collection == name], least)
        right, wrong = right + found[0], wrong + found[1]
    return right, wrong


def _candidates(scored: Sequence[Scored]) -> Iterator[float]:
    """Yield thresholds halfway between neighbouring probabilities, the highest first."""
    ordered = sorted({one.probability for one in scored}, reverse=True)
    for upper, lower in zip(ordered, [*ordered[1:], 0.0], strict=True):
        middle = (upper + lower) / 2
        if _LOWEST <= middle <= _HIGHEST:
            yield round(middle, 3)
