"""Dates as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui.services.dates import Period, format_day, parse_periods


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-5", "2024-05-01", "2024-05-31"),
        (" 2024-05-01 ", "2024-05-01", "2024-05-01"),
        ("2024/05/01", "2024-05-01", "2024-05-01"),
        ("2026-11-26T14:03:59+00:00", "2026-11-26", "2026-11-26"),
        ("1.5.2024", "2024-05-01", "2024-05-01"),
        ("May 2024", "2024-05-01", "2024-05-31"),
        ("1 May 2024", "2024-05-01", "2024-05-01"),
        ("1st of May, 2024", "2024-05-01", "2024-05-01"),
        ("Sept. 3, 2024", "2024-09-03", "2024-09-03"),
        ("September 3rd 2024", "2024-09-03", "2024-09-03"),
        ("13/04/2024", "2024-04-13", "2024-04-13"),
        ("04/13/2024", "2024-04-13", "2024-04-13"),
        ("04-04-2024", "2024-04-04", "2024-04-04"),
    ],
)
def test_a_date_means_all_of_its_days(written: str, first: str, last: str) -> None:
    assert parse_periods(written) == (Period(date.fromisoformat(first), date.fromisoformat(last)),)


@pytest.mark.parametrize(
    "written",
    ["", "soon", "7", "24", "2024-13", "2024-02-30", "31.4.2024", "32 May 2024", "1 Mayo 2024", "ma 2024",
     "0000", "9999999", "2024-05-01x", "may", "1 may"],
)  # fmt: skip
def test_text_that_is_not_a_date_has_no_period(written: str) -> None:
    assert parse_periods(written) == ()


def test_an_ambiguous_date_has_two_periods() -> None:
    assert [str(one) for one in parse_periods("03/04/2024")] == ["3 April 2024", "4 March 2024"]


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_every_day_is_parsed_from_its_own_words(day: date) -> None:
    alone = (Period(day, day),)
    assert (
        parse_periods(day.isoformat())
        == parse_periods(format_day(day))
        == parse_periods(f"{day:%d.%m.%Y}")
        == alone
    )
    (month,) = parse_periods(f"{day:%Y-%m}")
    assert month.first <= day <= month.last
    assert (month.last + timedelta(days=1)).day == 1 == month.first.day
