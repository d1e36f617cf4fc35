"""The weights of fit are learned from made questions: what tells right sentences gets weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.evidence import evidence
from tests.first_use import FirstUse

if TYPE_CHECKING:
    from bench.fit_staff import Collected

fitting = FirstUse("bench.fit_staff")

VALUES = {**evidence.READER_WEIGHTS, **evidence.FIT_WEIGHTS}


@pytest.fixture(scope="module")
def start() -> NDArray[np.float32]:
    """The weights before fitting: those of the product, but the date counts for nothing."""
    weights = np.array([VALUES[name] for name in fitting.RANKING], dtype=np.float32)
    weights[fitting.RANKING.index("fit_date")] = 0.0
    return weights


@pytest.fixture(scope="module")
def made() -> list[Collected]:
    """Forty questions: the date tells the right sentence, and a wide gap a right decision."""
    rng = np.random.default_rng(3)
    questions = []
    for number in range(40):
        signals = rng.normal(size=(6, len(fitting.RANKING))).astype(np.float32) * 0.1
        right = np.arange(6) == number % 6
        signals[:, fitting.RANKING.index("fit_date")] = np.where(right, 1.0, -1.0)
        sure = number % 2 == 0
        decision = (0.5, 0.9 if sure else 0.1)
        questions.append(fitting.Collected(f"collection {number % 4}", signals, right, decision, sure))
    return questions


@pytest.mark.slow
def test_the_signal_that_tells_right_sentences_gets_weight_and_those_of_other_fits_stay(
    made: list[Collected], start: NDArray[np.float32]
) -> None:
    fitted = fitting.fit_ranking(made, start)
    assert fitted[fitting.RANKING.index("fit_date")] > 0.3
    others = [index for index, name in enumerate(fitting.RANKING) if name not in evidence.FIT_WEIGHTS]
    assert np.abs(fitted - start)[others].max() < 0.05
    before, after = (fitting.first_right(made, weights, 1) for weights in (start, fitted))
    assert before < after == 1.0


@pytest.mark.slow
def test_the_decision_tells_right_sentences_from_wrong_ones(made: list[Collected]) -> None:
    weights = fitting.fit_decision(made)
    assert weights.shape == (1 + len(fitting.DECISION),)
    assert weights[1 + fitting.DECISION.index("gap")] > 1.0
    assert fitting.separation(made, weights) == 1.0


def test_a_half_shares_no_collection_with_the_other(made: list[Collected]) -> None:
    one, other = fitting.halves(made)
    assert len(one) == len(other) == 20
    assert not {question.collection for question in one} & {question.collection for question in other}


@pytest.mark.slow
def test_questions_without_a_right_sentence_teach_nothing(
    made: list[Collected], start: NDArray[np.float32]
) -> None:
    none = fitting.Collected("x", made[0].signals, np.zeros(6, dtype=bool), (), best_is_right=False)
    assert np.isnan(fitting.first_right([none], start, 1))
    assert np.allclose(fitting.fit_ranking([*made, none], start), fitting.fit_ranking(made, start))


def test_as_many_sentences_are_quoted_as_help_and_no_more() -> None:
    places = np.arange(3)
    asked = fitting.Collected(
        "a",
        signals=np.zeros((3, len(fitting.RANKING)), dtype=np.float32),
        right=places == 1,
        decision=(0.5, 0.1),
        best_is_right=False,
        states=np.ones(3, dtype=bool),
        tempting=places == 2,
        scores=np.array([2.0, 1.89, 1.5], dtype=np.float32),
    )
    assert fitting.fit_quoting([asked] * 4) == 0.12
    assert fitting.quoted_well([asked], 0.12) == 1.0
    assert fitting.quoted_well([asked], 0.0) == fitting.quoted_well([asked], 0.6) == -1.0
