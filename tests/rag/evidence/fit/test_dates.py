"""A sentence fits a date that is asked for by its own dates, else by those around it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evidence.fit.dates import fit_of_dates, meets
from rag.question.understanding.understood import AskedDate, Relation
from tests.rag.evidence.annotated import asked
from vault.text.dates.find import find_dates
from vault.text.dates.found import FoundDate, Reading

MAY = date(2024, 5, 3)
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def on(day: date) -> FoundDate:
    return FoundDate(0, 0, (Reading(day, day),))


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("What was her potassium on 3 May 2024?", "On 3 May 2024 it was 4.1.", 1.0),
        ("What was her potassium on 3 May 2024?", "On 03/05/2024 it was 4.1.", 1.0),
        ("What was her potassium on 3 May 2024?", "On 4 May 2024 it was 4.6.", -1.0),
        ("What was her potassium on 3 May 2024?", "It was 4.1.", 0.0),
        ("What was her potassium in May 2024?", "On 31 May 2024 it was 4.1.", 1.0),
        ("What was her potassium in May 2024?", "On 1 June 2024 it was 4.1.", -1.0),
        ("What was owed before 3 May 2024?", "On 2 May 2024 £90 was owed.", 1.0),
        ("What was owed before 3 May 2024?", "On 3 May 2024 £90 was owed.", -1.0),
        ("What has been paid since 3 May 2024?", "On 3 May 2024 £90 was paid.", 1.0),
        ("What has been paid since 3 May 2024?", "On 2 May 2024 £90 was paid.", -1.0),
        ("What was her potassium?", "On 4 May 2024 it was 4.6.", 0.0),
    ],
)
def test_the_dates_of_a_sentence_are_compared_with_those_of_the_question(
    question: str, text: str, fits: float
) -> None:
    assert fit_of_dates(asked(question).dates, find_dates(text), ()) == fits


def test_a_day_without_a_year_may_be_of_any_year() -> None:
    dates = asked("What was her potassium on 3 May?").dates
    assert fit_of_dates(dates, find_dates("On 3 May 2019 it was 4.1."), ()) == 1.0
    assert fit_of_dates(dates, find_dates("On 4 May 2019 it was 4.1."), ()) == -1.0


def test_the_date_around_a_sentence_counts_less_than_its_own_and_only_without_a_fitting_one() -> None:
    dates = asked("What was her potassium on 3 May 2024?").dates
    assert fit_of_dates(dates, (), [on(MAY)]) == 0.5
    assert fit_of_dates(dates, [on(MAY)], [on(MAY + timedelta(days=1))]) == 1.0


@given(DAYS, DAYS)
def test_a_day_is_before_another_or_else_since_it(day: date, other: date) -> None:
    def meeting(relation: Relation) -> bool:
        return meets(AskedDate("", relation, ((other, other),), year=other.year), [on(day)])

    assert meeting(Relation.BEFORE) is (day < other) is not meeting(Relation.SINCE)
    assert meeting(Relation.AFTER) is (day > other) is not meeting(Relation.UNTIL)
    assert meeting(Relation.ON) is (day == other)
