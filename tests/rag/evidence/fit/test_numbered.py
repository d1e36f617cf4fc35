"""Things with the same name and another number are told apart."""

from __future__ import annotations

import pytest

from rag.evidence.fit.numbered import is_of_another_number


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was the pump in plot 7 checked?", "The pump in plot 3 was checked on 7 May 2022."),
        ("Who sleeps in bed 4?", "Bed 12: Mr Ofori, since the 4th."),
        ("How old is the roof of unit 2a?", "The roof of unit 2 is 9 years old."),
    ],
)
def test_the_number_of_another_thing_is_no_match(question: str, sentence: str) -> None:
    assert is_of_another_number(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was the pump in plot 7 checked?", "The pump in plot 7 was checked on 3 May 2022."),
        ("When was the pump in plot 7 checked?", "Plots 6 and 7 were checked on 3 May 2022."),
        ("When was the pump in plot 7 checked?", "Plot 07 was checked on 3 May."),
        ("When was the pump checked in May 2022?", "The pump was checked in May 2021."),
        ("What does clause 4 say of the rent?", "Subject to clause 7 the rent is paid monthly."),
        ("Is she on atorvastatin 40 mg?", "She takes atorvastatin 20 mg."),
        ("When was the pump checked?", "The pump in plot 3 was checked on 7 May."),
    ],
)
def test_what_has_the_number_or_no_number_stays(question: str, sentence: str) -> None:
    assert not is_of_another_number(question, sentence)
