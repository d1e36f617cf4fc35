"""How sure answers from tables are is learned from written and made questions, and measured on others."""

from __future__ import annotations

import random

import pytest

from bench.staff.question import StaffQuestion
from bench.tables.answered import Answered, table_of
from rag.direct.answer import AnswerForm, DirectAnswer
from rag.tables.signals import SIGNALS
from rag.verification.verify import Verdict
from tests.first_use import FirstUse

fitting = FirstUse("bench.tables.fitting")
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
    weights = fitting.fit(asked, 0.003)
    met = answered("x", True, True, given=0.8)
    missed = answered("x", True, True, given=0.8, form_missed=1.0)
    assert fitting.probability(weights, met.signals) > 0.8
    assert fitting.probability(weights, missed.signals) < 0.4


def test_a_fitted_weight_keeps_the_sign_that_is_expected(asked: list[Answered]) -> None:
    turned = [answered(one.collection, one.written, not one.right, form_missed=one.signals[
        SIGNALS.index("form_missed")]) for one in asked]  # fmt: skip
    assert fitting.fit(turned, 0.003)[1 + SIGNALS.index("form_missed")] <= 0


def test_written_questions_count_as_much_as_made_ones() -> None:
    few = [answered("w", True, True, limit=1.0) for _ in range(5)]
    few += [answered("w", True, False) for _ in range(5)]
    many = [answered("m", False, True) for _ in range(500)]
    weights = fitting.fit([*few, *many], 0.003)
    assert weights[1 + SIGNALS.index("limit")] > 0.3


def test_written_collections_are_scored_by_weights_of_the_others(asked: list[Answered]) -> None:
    scored = fitting.left_out(asked, 0.01)
    assert len(scored) == sum(one.written for one in asked)
    assert {one.collection for one in scored} == {one.collection for one in asked if one.written}


def test_the_threshold_keeps_wrong_answers_rare_and_gains_most() -> None:
    scored = [fitting.Scored(str(n % 3), 0.99 - n / 100, n not in (12, 20, 21, 22, 25)) for n in range(30)]
    least = fitting.threshold(scored)
    right, wrong = fitting.stated(scored, least)
    assert wrong <= fitting.MOST_WRONG * (right + wrong)
    gains = [fitting.stated(scored, one / 1000) for one in range(500, 971)]
    allowed = [r - fitting.WRONG_COSTS * w for r, w in gains if w <= fitting.MOST_WRONG * (r + w)]
    assert right - fitting.WRONG_COSTS * wrong == max(allowed)
    others = fitting.nested(scored)
    assert sum(others) <= len(scored)


def test_nothing_is_stated_where_nearly_all_answers_are_wrong() -> None:
    scored = [fitting.Scored("a", 0.6 + n / 100, False) for n in range(30)]
    assert fitting.stated(scored, fitting.threshold(scored))[0] == 0


def test_the_table_counts_each_question_once(asked: list[Answered]) -> None:
    lines = table_of(asked, 0.4)
    right = sum(one.right for one in asked)
    assert f"| all | {len(asked)} | {right} | {len(asked) - right} | 0 | 0 |" in lines
