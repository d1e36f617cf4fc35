"""What a date may mean, and which dates share a day."""

from __future__ import annotations

from datetime import date

import pytest

from vault.text.dates.find import find_dates
from vault.text.dates.found import NO_YEAR, FoundDate, Reading, range_of, reading_of


def only(text: str) -> FoundDate:
    (found,) = find_dates(text)
    return found


@pytest.mark.parametrize(
    ("year", "month", "day", "months", "iso"),
    [
        (2024, 5, 17, 1, "2024-05-17"),
        (2024, 2, None, 1, "2024-02"),
        (2024, None, None, 1, "2024"),
        (2025, 7, None, 3, "2025-07/2025-09"),
        (2025, 7, None, 6, "2025-07/2025-12"),
        (None, 5, 17, 1, "--05-17"),
        (None, 2, 29, 1, "--02-29"),
        (None, 5, None, 1, "--05"),
    ],
)
def test_a_reading_is_as_short_as_it_is_exact(
    year: int | None, month: int | None, day: int | None, months: int, iso: str
) -> None:
    reading = reading_of(year, month, day, months)
    assert reading is not None
    assert reading.iso == iso


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2023, 2, 29), (2024, 13, 1), (2024, 4, 31), (2024, 0, 3), (None, None, None)]
)
def test_a_day_that_does_not_exist_has_no_reading(
    year: int | None, month: int | None, day: int | None
) -> None:
    assert reading_of(year, month, day) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("17 May 2024", "2024-05-17"),
        ("17 May 2024", "in May 2024"),
        ("17 May 2024", "in 2024"),
        ("17 May 2024", "Q2 2024"),
        ("17 May 2024", "from 3 May to 9 June 2024"),
        ("04/05/2024", "4 May 2024"),
        ("04/05/2024", "5 April 2024"),
        ("17 May", "2024-05-17"),
        ("17 May", "17. Mai 2019"),
        ("in May", "17 May 2021"),
        ("from December to March", "3 January 2021"),
        ("from December to March", "28 December 2021"),
        ("12/03/48", "12 March 1948"),
        ("12/03/48", "3 December 2048"),
    ],
)
def test_dates_meet_if_they_share_a_day_in_any_reading(one: str, other: str) -> None:
    assert only(one).meets(only(other)) and only(other).meets(only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("17 May 2024", "18 May 2024"),
        ("17 May 2024", "17 May 2023"),
        ("17 May", "2024-05-16"),
        ("17 May", "18 May"),
        ("13/05/2024", "5 January 2024"),
        ("from December to March", "3 April 2021"),
        ("in 2024", "in 2023"),
        ("Q1 2024", "1 April 2024"),
    ],
)
def test_dates_that_share_no_day_do_not_meet(one: str, other: str) -> None:
    assert not only(one).meets(only(other)) and not only(other).meets(only(one))


def test_a_date_without_a_year_takes_one() -> None:
    reading = only("from 3 December to 9 January").readings[0]
    assert reading.yearless and reading.first.year == NO_YEAR
    assert reading.in_year(2024) == Reading(date(2024, 12, 3), date(2025, 1, 9))
    assert only("29 February").readings[0].in_year(2023).iso == "2023-02-28"
    dated = only("3 May 2024").readings[0]
    assert dated.in_year(1999) == dated


def test_a_range_that_ends_before_it_begins_is_none() -> None:
    may, june = reading_of(2024, 5, 3), reading_of(2024, 6, 9)
    assert may is not None and june is not None
    assert range_of(june, may) is None
    assert range_of(may, june) == Reading(date(2024, 5, 3), date(2024, 6, 9))
