"""The weights of fit are learned from made questions: what tells right sentences gets weight."""

from __future__ import annotations

import numpy as np
import pytest

from bench.fit_staff import (
    DECISION,
    RANKING,
    Collected,
    first_right,
    fit_decision,
    fit_ranking,
    halves,
    separation,
)
from rag.evidence import evidence

VALUES = {**evidence.READER_WEIGHTS, **evidence.FIT_WEIGHTS}
START = np.array([VALUES[name] for name in RANKING], dtype=np.float32)
START[RANKING.index("fit_date")] = 0.0


@pytest.fixture(scope="module")
def made() -> list[Collected]:
    """Forty questions: the date tells the right sentence, and a wide gap a right decision."""
    rng = np.random.default_rng(3)
    questions = []
    for number in range(40):
        signals = rng.normal(size=(6, len(RANKING))).astype(np.float32) * 0.1
        right = np.arange(6) == number % 6
        signals[:, RANKING.index("fit_date")] = np.where(right, 1.0, -1.0)
        sure = number % 2 == 0
        decision = (0.5, 0.9 if sure else 0.1)
        questions.append(Collected(f"collection {number % 4}", signals, right, decision, sure))
    return questions


def test_the_signal_that_tells_right_sentences_gets_weight_and_those_of_other_fits_stay(
    made: list[Collected],
) -> None:
    fitted = fit_ranking(made, START)
    assert fitted[RANKING.index("fit_date")] > 0.3
    others = [index for index, name in enumerate(RANKING) if name not in evidence.FIT_WEIGHTS]
    assert np.abs(fitted - START)[others].max() < 0.05
    before, after = (first_right(made, weights, 1) for weights in (START, fitted))
    assert before < after == 1.0


def test_the_decision_tells_right_sentences_from_wrong_ones(made: list[Collected]) -> None:
    weights = fit_decision(made)
    assert weights.shape == (1 + len(DECISION),)
    assert weights[1 + DECISION.index("gap")] > 1.0
    assert separation(made, weights) == 1.0


def test_a_half_shares_no_collection_with_the_other(made: list[Collected]) -> None:
    one, other = halves(made)
    assert len(one) == len(other) == 20
    assert not {question.collection for question in one} & {question.collection for question in other}


def test_questions_without_a_right_sentence_teach_nothing(made: list[Collected]) -> None:
    none = Collected("x", made[0].signals, np.zeros(6, dtype=bool), (), best_is_right=False)
    assert np.isnan(first_right([none], START, 1))
    assert np.allclose(fit_ranking([*made, none], START), fit_ranking(made, START))
