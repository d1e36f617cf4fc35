"""No number of a text is two things."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.text.facts import facts_in

PIECE = st.sampled_from(
    ["13 March 2026", "04/05/2024", "clause 4.2(b)", "R-04417", "500 mg", "£1,200", "thirty (30) days",
     "120/80 mmHg",
     "Invoice No. 4417", "page 14", "Q3 2025", "from 3 to 9 May 2024", "13-Mar-2026", "2024/ABC/117",
     "3.4 mmol/L"]
)  # fmt: skip
KINDS = {"13 March 2026": 0, "04/05/2024": 0, "Q3 2025": 0, "from 3 to 9 May 2024": 0, "13-Mar-2026": 0,
         "clause 4.2(b)": 1, "R-04417": 1, "Invoice No. 4417": 1, "page 14": 1, "2024/ABC/117": 1,
         "500 mg": 2, "£1,200": 2, "thirty (30) days": 2, "120/80 mmHg": 2, "3.4 mmol/L": 2}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECE, max_size=6), st.sampled_from(["; ", " was seen, ", ".\n", " | "]))
def test_each_piece_is_found_as_what_it_is(pieces: list[str], between: str) -> None:
    facts = facts_in(between.join(pieces))
    assert tuple(map(len, facts)) == tuple(sum(KINDS[piece] == kind for piece in pieces) for kind in range(3))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("0123456789.-/() ,MayclauseQ£%mgR\n"), max_size=60))
def test_nothing_overlaps(text: str) -> None:
    places = sorted((one.start, one.end) for kind in facts_in(text) for one in kind)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@pytest.mark.parametrize(
    ("text", "dates", "references", "quantities"),
    [
        ("Invoice 2024-05 is due", [], ["2024-05"], []),
        ("Potassium on 13 March 2026 was 3.4 mmol/L", ["2026-03-13"], [], ["3.4 mmol/l"]),
        ("under clause 4.2 within 30 days", [], ["clause 4.2"], ["30 day"]),
        ("2021-06-03 | 140 | 4.1", ["2021-06-03"], [], ["140", "4.1"]),
    ],
)
def test_figures_are_sorted_into_dates_references_and_quantities(
    text: str, dates: list[str], references: list[str], quantities: list[str]
) -> None:
    facts = facts_in(text)
    assert [one.iso for one in facts.dates] == dates
    assert [one.normal for one in facts.references] == references
    assert [one.normal for one in facts.quantities] == quantities
