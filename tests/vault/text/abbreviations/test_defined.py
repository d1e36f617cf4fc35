"""What a document defines itself is found, and nothing that it does not define."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.text.abbreviations.defined import find_definitions


@pytest.mark.parametrize(
    ("text", "definitions"),
    [
        (
            "Her left ventricular ejection fraction (LVEF) was 35 %.",
            [("LVEF", "left ventricular ejection fraction")],
        ),
        ("LVEF (left ventricular ejection fraction) 35 %", [("LVEF", "left ventricular ejection fraction")]),
        (
            "the estimated glomerular filtration rate (eGFR)",
            [("eGFR", "estimated glomerular filtration rate")],
        ),
        ("a non-disclosure agreement (NDA)", [("NDA", "non-disclosure agreement")]),
        ("a service level agreement (“SLA”)", [("SLA", "service level agreement")]),
        ("the Company (“Acme”)", [("Acme", "the Company")]),
        (
            'between (1) Acme Widgets Limited (the "Supplier") and (2) Harrow & Pike LLP (the "Customer").',
            [("Supplier", "Acme Widgets Limited"), ("Customer", "Harrow & Pike LLP")],
        ),
        ("Smith plc (hereinafter referred to as the “Buyer”)", [("Buyer", "Smith plc")]),
        (
            "Tolvane Ltd (“Tolvane”) and Harrow Ltd (“Harrow”)",
            [("Tolvane", "Tolvane Ltd"), ("Harrow", "Harrow Ltd")],
        ),
        (
            "the purchase price for the Shares (the “Purchase Price”) is due",
            [("Purchase Price", "the purchase price for the Shares")],
        ),
        (
            "“Business Day” means a day on which banks are open in London.",
            [("Business Day", "a day on which banks are open in London")],
        ),
    ],
)
def test_definitions_are_found(text: str, definitions: list[tuple[str, str]]) -> None:
    assert [(one.short, one.long) for one in find_definitions(text)] == definitions


@pytest.mark.parametrize(
    "text",
    ["He was well (see below) and (a) fine.", "in May (2024)", "the patient (John) came", "a fee (GBP 5)",
     "Dr Lee (KC)",
     "It (the first) is due.", "potassium (K) 3.4", "He said (“no”).", "()", "((("],
)  # fmt: skip
def test_brackets_that_define_nothing_are_left_out(text: str) -> None:
    assert find_definitions(text) == []


WORD = st.text("bcdfghlmnprst", min_size=4, max_size=9)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORD, min_size=2, max_size=6), st.booleans())
def test_the_initials_of_any_words_define_them(words: list[str], short_first: bool) -> None:
    long, short = " ".join(words), "".join(word[0] for word in words).upper()
    text = f"the {short} ({long}) fell" if short_first else f"and {long} ({short}) fell"
    (one,) = find_definitions(text)
    assert one.short == short and long.endswith(one.long) and one.long[0] == words[0][0]
    assert text[one.start : one.end].strip("the ") and short in text[one.start : one.end]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('abcABC ()“”"the.means\n'), max_size=80))
def test_definitions_lie_inside_the_text(text: str) -> None:
    for one in find_definitions(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.short and one.long
