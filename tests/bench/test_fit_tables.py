"""How sure answers from tables are is learned from written and made questions, and measured on others."""

from __future__ import annotations

import random

import pytest

from bench.staff.question import StaffQuestion
from bench.tables.answered import Answered, table_of
from bench.tables.fitting import (
    MOST_WRONG,
    WRONG_COSTS,
    Scored,
    fit,
    left_out,
    nested,
    probability,
    stated,
    threshold,
)
from rag.direct.answer import AnswerForm, DirectAnswer
from rag.tables.signals import SIGNALS
from rag.verification.verify import Verdict

QUESTION = StaffQuestion(
    id="q", question="Potassium?", kind="plain fact", answerable=True, must=["4.1"], document="list.csv"
)
DIRECT = DirectAnswer("4.1", Verdict.QUOTED, (), AnswerForm.VALUE, 0.5, (), True, "")


def answered(collection: str, written: bool, right: bool, **signals: float) -> Answered:
    """An answer with these signals; the others are 0."""
    values = tuple(signals.get(name, 0.0) for name in SIGNALS)
    return Answered(collection, written, QUESTION, DIRECT, values, 0.5, right, "")


@pytest.fixture(scope="module")
def asked() -> list[Answered]:
    """Answers of four written collections and of many made ones: what is not met is wrong."""
    chance = random.Random(5)
    found = []
    for number in range(240):
        written = number % 4 == 0
        missed = float(chance.random() < 0.5)
        right = chance.random() < (0.1 if missed else 0.95)
        name = f"{'written' if written else 'made'} {number % 16}"
        found.append(answered(name, written, right, form_missed=missed, given=0.8))
    return found


def test_what_tells_wrong_answers_lowers_the_probability(asked: list[Answered]) -> None:
    weights = fit(asked, 0.003)
    met = answered("x", True, True, given=0.8)
    missed = answered("x", True, True, given=0.8, form_missed=1.0)
    assert probability(weights, met.signals) > 0.8 > 0.4 > probability(weights, missed.signals)


def test_a_fitted_weight_keeps_the_sign_that_is_expected(asked: list[Answered]) -> None:
    turned = [answered(one.collection, one.written, not one.right, form_missed=one.signals[
        SIGNALS.index("form_missed")]) for one in asked]  # fmt: skip
    assert fit(turned, 0.003)[1 + SIGNALS.index("form_missed")] <= 0


def test_written_questions_count_as_much_as_made_ones() -> None:
    few = [answered("w", True, True, limit=1.0) for _ in range(5)]
    few += [answered("w", True, False) for _ in range(5)]
    many = [answered("m", False, True) for _ in range(500)]
    weights = fit([*few, *many], 0.003)
    assert weights[1 + SIGNALS.index("limit")] > 0.3


def test_written_collections_are_scored_by_weights_of_the_others(asked: list[Answered]) -> None:
    scored = left_out(asked, 0.01)
    assert len(scored) == sum(one.written for one in asked)
    assert {one.collection for one in scored} == {one.collection for one in asked if one.written}


def test_the_threshold_keeps_wrong_answers_rare_and_gains_most() -> None:
    scored = [Scored(str(n % 3), 0.99 - n / 100, n not in (12, 20, 21, 22, 25)) for n in range(30)]
    least = threshold(scored)
    right, wrong = stated(scored, least)
    assert wrong <= MOST_WRONG * (right + wrong)
    gains = [stated(scored, one / 1000) for one in range(500, 971)]
    allowed = [r - WRONG_COSTS * w for r, w in gains if w <= MOST_WRONG * (r + w)]
    assert right - WRONG_COSTS * wrong == max(allowed)
    others = nested(scored)
    assert sum(others) <= len(scored)


def test_nothing_is_stated_where_nearly_all_answers_are_wrong() -> None:
    scored = [Scored("a", 0.6 + n / 100, False) for n in range(30)]
    assert stated(scored, threshold(scored))[0] == 0


def test_the_table_counts_each_question_once(asked: list[Answered]) -> None:
    lines = table_of(asked, 0.4)
    right = sum(one.right for one in asked)
    assert f"| all | {len(asked)} | {right} | {len(asked) - right} | 0 | 0 |" in lines
