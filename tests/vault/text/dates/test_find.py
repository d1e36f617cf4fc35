"""Every date is found in each form that people write, and nothing else is."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.text.dates.find import find_dates
from vault.text.dates.months import MONTHS

GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def found(text: str) -> list[tuple[str, str]]:
    """Each date as it is written and in ISO 8601."""
    return [(text[one.start : one.end], one.iso) for one in find_dates(text)]


def ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def forms(day: date) -> list[str]:
    """The same day in every form that has one reading."""
    d, month, year = day.day, MONTHS[day.month - 1], day.year
    short = month[:3]
    return [
        day.isoformat(), f"{year}/{day.month:02}/{d:02}", f"{year}.{day.month}.{d}",
        f"{d} {month} {year}", f"{d:02} {month} {year}", f"{ordinal(d)} {month} {year}",
        f"{d} {month}, {year}",
        f"{ordinal(d)} of {month} {year}", f"{ordinal(d)} of {month}, {year}",
        f"{ordinal(d)} day of {month} {year}",
        f"{month} {d}, {year}", f"{month} {ordinal(d)}, {year}", f"{month} {d} {year}",
        f"{month.upper()} {d}, {year}",
        f"{d} {short} {year}", f"{d} {short}. {year}", f"{short} {d}, {year}", f"{short}. {d}, {year}",
        f"{d}-{short}-{year}", f"{d}/{short}/{year}", f"{d}{short.upper()}{year}",
        f"{d} {month.lower()} {year}",
        f"{d}. {GERMAN[day.month - 1]} {year}", f"{d} {FRENCH[day.month - 1]} {year}",
        f"{'1er' if d == 1 else d} {FRENCH[day.month - 1]} {year}",
    ]  # fmt: skip


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
AROUND = st.sampled_from(
    [
        ("On ", " she was seen."),
        ("", ""),
        ("(", ")"),
        ("Date: ", "\n"),
        ("is due by ", ", and"),
        ("“", "”"),
        ("| ", " |"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(DAYS, AROUND)
def test_a_day_is_found_in_each_form_that_it_is_written_in(day: date, around: tuple[str, str]) -> None:
    before, after = around
    for form in forms(day):
        (one,) = find_dates(f"{before}{form}{after}")
        assert [reading.iso for reading in one.readings] == [day.isoformat()], form
        assert (one.start, one.end) == (len(before), len(before) + len(form)), form


@settings(max_examples=100, deadline=None)
@given(DAYS, st.sampled_from("/.-"), st.booleans())
def test_a_day_in_figures_has_a_second_reading_where_day_and_month_may_be_exchanged(
    day: date, mark: str, padded: bool
) -> None:
    width = 2 if padded else 1
    (one,) = find_dates(f"seen {day.day:0{width}}{mark}{day.month:0{width}}{mark}{day.year} in clinic")
    assert one.iso == day.isoformat()
    both = day.day <= 12 and day.day != day.month
    others = [date(day.year, day.day, day.month).isoformat()] if both else []
    assert [reading.iso for reading in one.readings[1:]] == others


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2029, 12, 31)), st.sampled_from("/.-"))
def test_a_year_of_two_figures_is_of_this_century(day: date, mark: str) -> None:
    (one,) = find_dates(f"seen {day.day:02}{mark}{day.month:02}{mark}{day.year % 100:02}")
    assert one.iso == day.isoformat()


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("0123456789/.-: ,MayJunothQ3İ5äé\n"), max_size=60))
def test_dates_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    last = 0
    for one in find_dates(text):
        assert last <= one.start < one.end <= len(text)
        assert one.readings and all(reading.first <= reading.last for reading in one.readings)
        last = one.end


@settings(max_examples=100, deadline=None)
@given(DAYS, DAYS, st.sampled_from([" to ", "–", " - ", " until ", " bis "]))
def test_two_dates_that_are_joined_are_a_range_if_the_first_is_not_later(
    one: date, other: date, tie: str
) -> None:
    first, last = (f"{each.day} {MONTHS[each.month - 1]} {each.year}" for each in (one, other))
    dates = find_dates(f"from {first}{tie}{last}")
    if one <= other:
        (whole,) = dates
        assert (whole.first, whole.last) == (one, other)
    else:
        assert [each.first for each in dates] == [one, other]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("born 13 Mar 26.", [("13 Mar 26", "2026-03-13")]),
        ("the 13th of March", [("13th of March", "--03-13")]),
        ("On March 13 she fell.", [("March 13", "--03-13")]),
        ("since March 2026", [("March 2026", "2026-03")]),
        ("in Mar '26", [("Mar '26", "2026-03")]),
        ("for 05/2024", [("05/2024", "2024-05")]),
        ("period 2026-03", [("2026-03", "2026-03")]),
        ("in May", [("May", "--05")]),
        ("It ends in 2024.", [("2024", "2024")]),
        ("married since 2019", [("2019", "2019")]),
        ("the financial year 2023", [("2023", "2023")]),
        ("Companies Act 2006", [("2006", "2006")]),
        ("Smith (2019) says", [("2019", "2019")]),
        ("in Q3 2025", [("Q3 2025", "2025-07/2025-09")]),
        ("2025-Q1 accounts", [("2025-Q1", "2025-01/2025-03")]),
        ("the third quarter of 2025", [("third quarter of 2025", "2025-07/2025-09")]),
        ("im 3. Quartal 2025", [("3. Quartal 2025", "2025-07/2025-09")]),
        ("the last quarter of 2024", [("last quarter of 2024", "2024-10/2024-12")]),
        ("the second half of 2024", [("second half of 2024", "2024-07/2024-12")]),
        ("H1 2024 results", [("H1 2024", "2024-01/2024-06")]),
        ("from 3 to 9 May 2024", [("3 to 9 May 2024", "2024-05-03/2024-05-09")]),
        ("3–9 May 2024", [("3–9 May 2024", "2024-05-03/2024-05-09")]),
        ("May 3-9, 2024", [("May 3-9, 2024", "2024-05-03/2024-05-09")]),
        ("from 3 May to 9 June 2024", [("3 May to 9 June 2024", "2024-05-03/2024-06-09")]),
        ("from 28 December to 3 January 2025", [("28 December to 3 January 2025", "2024-12-28/2025-01-03")]),
        ("5 May 2024-7 June 2024", [("5 May 2024-7 June 2024", "2024-05-05/2024-06-07")]),
        ("between January and March 2025", [("January and March 2025", "2025-01/2025-03")]),
        ("from December to March 2025", [("December to March 2025", "2024-12/2025-03")]),
        ("between 2019 and 2021", [("2019 and 2021", "2019/2021")]),
        ("1998–2003", [("1998–2003", "1998/2003")]),
        ("17.05.24 bis 19.05.24", [("17.05.24 bis 19.05.24", "2024-05-17/2024-05-19")]),
        ("vom 3. bis 9. Mai 2024", [("3. bis 9. Mai 2024", "2024-05-03/2024-05-09")]),
        ("du 3 au 9 mai 2024", [("3 au 9 mai 2024", "2024-05-03/2024-05-09")]),
        ("am 4.5. gesehen", [("4.5.", "--05-04")]),
        ("am 4. 5. 2024", [("4. 5. 2024", "2024-05-04")]),
        (
            "on 3, 5 and 9 May 2024",
            [("3", "2024-05-03"), ("5", "2024-05-05"), ("9 May 2024", "2024-05-09")],
        ),
        ("in January and March 2025", [("January", "2025-01"), ("March 2025", "2025-03")]),
        ("moved from 3 May to 9 May 2024", [("3 May", "2024-05-03"), ("9 May 2024", "2024-05-09")]),
        ("the 3rd day of June, 2021", [("3rd day of June, 2021", "2021-06-03")]),
        ("in March 13 patients fell", [("March", "--03")]),
        ("04.05.24 Seen in clinic", [("04.05.24", "2024-05-04")]),
        ("12/03/48", [("12/03/48", "1948-03-12")]),
        ("on 3 may", [("3 may", "--05-03")]),
        ("Agreement dated December 1, 2023", [("December 1, 2023", "2023-12-01")]),
        ("2021-06-03 | 140 | 4.1", [("2021-06-03", "2021-06-03")]),
    ],
)
def test_dates_are_found_as_they_are_written(text: str, dates: list[tuple[str, str]]) -> None:
    assert found(text) == dates


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("on 13 March 2026 at 14:30", time(14, 30)),
        ("2024-05-17T08:30:00Z", time(8, 30)),
        ("2024-05-17 08:30", time(8, 30)),
        ("3 March 2025, 9.30 am", time(9, 30)),
        ("9 December 2025 at 9 pm", time(21, 0)),
        ("12/05/2024 12:05 am", time(0, 5)),
        ("17.05.2024 um 8:30 Uhr", time(8, 30)),
        ("le 3 juin 2021 à 14h30", time(14, 30)),
        ("13 March 2026, 30 patients", None),
        ("13 March 2026", None),
    ],
)
def test_the_time_after_a_date_belongs_to_it(text: str, clock: time | None) -> None:
    (one,) = find_dates(text)
    assert one.clock == clock
    assert text[one.end :].strip() in ("", ", 30 patients")


@pytest.mark.parametrize(
    "text",
    [
        "a value of 3.2", "clause 4.5.24 applies", "4.5.12 The Supplier shall", "version 1.2.24",
        "see section 12",
        "call 020 7946 0018", "Tel. 01632 960 983", "BP 120/80", "a ratio of 1/2", "MRN 55-1203", "R-04417",
        "2024/ABC/117", "NHS 943 476 5919", "12-34-56-78", "10.0.0.1", "32/13/2024", "30 February 2024",
        "between 2000 and 2500 ml", "2000 ml", "at 10:30", "the company may terminate", "section 3 may apply",
        "the march of time", "a mayor in marching order", "£2,024.50", "room 2024", "page 12", "USD 2020",
        "in 2000 patients", "15.05 mmol", "5.5.5.5", "3/4 of them",
        "Decimal Marble Junction Augment", "no. 2019",
        "every second quarter", "March on", "item 13 March", "1.2.3",
    ],
)  # fmt: skip
def test_numbers_and_words_that_are_no_dates_are_left_out(text: str) -> None:
    assert found(text) == []
