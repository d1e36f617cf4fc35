"""Every quantity is found however it is written, with its unit in one spelling."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.text.quantities.find import find_quantities
from vault.text.quantities.found import plain_digits
from vault.text.quantities.spelled import in_words
from vault.text.quantities.units import DIMENSIONS, UNITS, Dimension, dimension_of


def found(text: str) -> list[tuple[str, str]]:
    """Each quantity as it is written and in one spelling."""
    return [(text[one.start : one.end], one.normal) for one in find_quantities(text)]


WHOLE = st.integers(0, 999_999_999)
CENTS = st.integers(0, 99)
WORDS = [
    name for name in UNITS if name not in ("an", "times", "time") and len(name) > 1 and name[0].isalpha()
]


@settings(max_examples=150, deadline=None)
@given(WHOLE, CENTS)
def test_a_sum_is_the_same_in_every_way_of_writing_thousands_and_decimals(whole: int, cents: int) -> None:
    value = Decimal(whole) + Decimal(cents) / 100
    groups = f"{whole:,}"
    for form in (
        f"{groups}.{cents:02}",
        f"{whole}.{cents:02}",
        f"{groups.replace(',', '.')},{cents:02}",
        f"{groups.replace(',', chr(0x202F))},{cents:02}",
        f"{groups.replace(',', ' ')},{cents:02}",
        f"{groups.replace(',', chr(39))}.{cents:02}",
    ):
        for text in (f"the price is EUR {form} in all", f"€{form}", f"pay {form} euros"):
            (one,) = find_quantities(text)
            assert (one.value, one.unit, one.dimension) == (value, "eur", Dimension.MONEY), text


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 999_999), st.sampled_from(["days", "tablets", "per cent", "pounds"]))
def test_a_number_in_words_is_the_one_in_digits(number: int, unit: str) -> None:
    one, other = found(f"within {in_words(number)} {unit} of it"), found(f"within {number} {unit} of it")
    assert [normal for _, normal in one] == [normal for _, normal in other]
    assert one[0][0] == f"{in_words(number)} {unit}"


@pytest.mark.parametrize("name", WORDS)
def test_every_name_of_a_unit_is_folded(name: str) -> None:
    for text in (f"was 7 {name} then", f"was 7.5 {name}"):
        (one,) = find_quantities(text)
        assert one.unit == UNITS[name]
        assert one.dimension == DIMENSIONS[UNITS[name]]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("0123456789.,-/ £$€%mgLhalfonetw()kx½°\n"), max_size=60))
def test_quantities_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    last = 0
    for one in find_quantities(text):
        assert last <= one.start < one.end <= len(text)
        assert one.dimension == dimension_of(one.unit)
        last = one.end


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from([" to ", "-", "–", " - "]), st.booleans())
def test_a_range_has_two_ends(low: int, more: int, tie: str, twice: bool) -> None:
    text = f"gave {low}{' mg' if twice else ''}{tie}{low + more} mg of it"
    (one,) = find_quantities(text)
    assert (one.value, one.upper, one.unit) == (low, low + more, "mg")


def test_what_is_something_else_is_left_out() -> None:
    text = "On 13 March 2026 he took 5 mg"
    assert [one.normal for one in find_quantities(text, besides=[(3, 16)])] == ["5 mg"]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("take 500 mg daily", [("500 mg daily", "500 mg/day")]),
        ("500mg OD", [("500mg", "500 mg")]),
        ("2x500mg", [("500mg", "500 mg")]),
        ("2 500 mg tablets", [("2", "2"), ("500 mg", "500 mg")]),
        ("a rent of £1,200", [("£1,200", "1200 gbp")]),
        ("EUR 3.000,00", [("EUR 3.000,00", "3000 eur")]),
        ("€ 1.200 fällig", [("€ 1.200", "1200 eur")]),
        ("1 200,50 € par mois", [("1 200,50 € par mois", "1200.5 eur/month")]),
        ("CHF 1'200.50", [("CHF 1'200.50", "1200.5 chf")]),
        ("US$1,000,000", [("US$1,000,000", "1000000 usd")]),
        ("$5k", [("$5k", "5000 usd")]),
        ("£5-10k", [("£5-10k", "5000-10000 gbp")]),
        ("£1.2m", [("£1.2m", "1200000 gbp")]),
        ("1.2m euros", [("1.2m euros", "1200000 eur")]),
        ("2 million dollars", [("2 million dollars", "2000000 usd")]),
        ("1.2m wide", [("1.2m", "1.2 metre")]),
        (
            "three hundred thousand pounds (£300,000)",
            [("three hundred thousand pounds (£300,000)", "300000 gbp")],
        ),
        ("thirty (30) days", [("thirty (30) days", "30 day")]),
        ("five (5) Business Days", [("five (5) Business Days", "5 business day")]),
        ("twenty-five per cent (25%)", [("twenty-five per cent (25%)", "25 %")]),
        ("ninety (90) calendar days", [("ninety (90) calendar days", "90 day")]),
        ("thirty (40) days", [("thirty", "30"), ("40", "40")]),
        ("15 %", [("15 %", "15 %")]),
        ("12,5 Prozent", [("12,5 Prozent", "12.5 %")]),
        ("5.00% per annum", [("5.00% per annum", "5 %/year")]),
        ("£500 pcm", [("£500 pcm", "500 gbp/month")]),
        ("£40 an hour", [("£40 an hour", "40 gbp/hour")]),
        ("£18 per square foot", [("£18 per square foot", "18 gbp/sq ft")]),
        ("between 5 and 10 mg", [("5 and 10 mg", "5-10 mg")]),
        ("from 5 mg to 10 mg", [("5 mg to 10 mg", "5-10 mg")]),
        ("5 mg and 10 mg", [("5 mg", "5 mg"), ("10 mg", "10 mg")]),
        ("5 mg to 10 ml", [("5 mg", "5 mg"), ("10 ml", "10 ml")]),
        ("half a tablet", [("half a tablet", "0.5 tablet")]),
        ("half an hour", [("half an hour", "0.5 hour")]),
        ("1/2 tablet", [("1/2 tablet", "0.5 tablet")]),
        ("1½ tablets", [("1½ tablets", "1.5 tablet")]),
        ("two and a half years", [("two and a half years", "2.5 year")]),
        ("one tablet", [("one tablet", "1 tablet")]),
        ("a hundred patients", [("a hundred", "100")]),
        ("potassium 3.4 mmol/L", [("3.4 mmol/L", "3.4 mmol/l")]),
        ("Na 140 mmol / l", [("140 mmol / l", "140 mmol/l")]),
        ("glucose 120 mg/dL", [("120 mg/dL", "120 mg/dl")]),
        ("eGFR 45 ml/min/1.73m2", [("45 ml/min/1.73m2", "45 ml/minute/1.73m2")]),
        ("WCC 4.5 x 10^9/L", [("4.5 x 10^9/L", "4.5 10^9/l")]),
        ("HbA1c 48 mmol/mol", [("48 mmol/mol", "48 mmol/mol")]),
        ("5 mg/kg/day", [("5 mg/kg/day", "5 mg/kg/day")]),
        ("BP 120/80", [("120/80", "120/80 mmhg")]),
        ("blood pressure was 135 / 85", [("135 / 85", "135/85 mmhg")]),
        ("120/80 mmHg", [("120/80 mmHg", "120/80 mmhg")]),
        ("37.5°C", [("37.5°C", "37.5 °c")]),
        ("98.6 °F", [("98.6 °F", "98.6 °f")]),
        ("base excess -5 mmol/l", [("-5 mmol/l", "-5 mmol/l")]),
        ("250 sq ft", [("250 sq ft", "250 sq ft")]),
        ("2 L of oxygen", [("2 L", "2 l")]),
        ("20 units", [("20 units", "20 unit")]),
        ("for 12 hours", [("12 hours", "12 hour")]),
        ("24 Monate", [("24 Monate", "24 month")]),
        ("six months' notice", [("six months", "6 month")]),
        ("90 days", [("90 days", "90 day")]),
        ("68 bpm", [("68 bpm", "68 bpm")]),
        (".5 mg", [(".5 mg", "0.5 mg")]),
        ("He has three brothers", [("three", "3")]),
        ("K | 5.9 | mmol/L", [("5.9", "5.9")]),
    ],
)
def test_quantities_are_found_as_they_are_written(text: str, quantities: list[tuple[str, str]]) -> None:
    assert found(text) == quantities


@pytest.mark.parametrize(
    "text",
    ["twice daily", "3 times a day", "once it ends", "B12 and HbA1c", "R-04417", "10:30", "9 am",
     "the 3rd party",
     "one of them", "no one", "a second opinion", "ratio 1/2", "2024/ABC/117", "10.0.0.1", "half of it",
     "hundreds", "someone often"],
)  # fmt: skip
def test_what_only_looks_like_a_quantity_is_left_out(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("unit", "dimension"),
    [
        (None, Dimension.NUMBER),
        ("mg", Dimension.MASS),
        ("mg/day", Dimension.MASS),
        ("mg/dl", Dimension.CONCENTRATION),
        ("mmol/mol", Dimension.CONCENTRATION),
        ("10^9/l", Dimension.CONCENTRATION),
        ("ml/minute", Dimension.FLOW),
        ("gbp/month", Dimension.MONEY),
        ("gbp/sq ft", Dimension.MONEY),
        ("mg/kg", Dimension.RATIO),
        ("%/year", Dimension.PERCENTAGE),
        ("breath/minute", Dimension.FREQUENCY),
    ],
)
def test_a_composed_unit_has_a_dimension(unit: str | None, dimension: Dimension) -> None:
    assert dimension_of(unit) is dimension


def test_digits_are_plain() -> None:
    assert [plain_digits(Decimal(text)) for text in ("1E+3", "3.40", "300", "0.50")] == [
        "1000",
        "3.4",
        "300",
        "0.5",
    ]
