"""How an answer is held against its gold: by words, by numbers, and by what it rests on."""

from __future__ import annotations

import pytest

from bench.answers.gold import contradicts, holds, not_in_source
from bench.answers.judged import COLUMNS, Judged, figures, table

LONG = "You must report a change of address to the office within ten days of moving house."


@pytest.mark.parametrize(
    ("text", "gold", "held"),
    [
        ("It was founded in 1920.", "1920", True),
        ("It was founded in 1920.", "1921", False),
        ("The fee is £1,250.00 a month.", "£1250", True),
        ("A change of address must be reported within ten days.", LONG, True),
        ("The office is open on Mondays.", LONG, False),
        ("Nothing.", "", False),
    ],
)
def test_an_answer_holds_short_gold_as_it_is_and_half_of_the_words_of_longer(
    text: str, gold: str, held: bool
) -> None:
    assert holds(text, (gold,)) is held
    assert holds(text, ("something else altogether", gold)) is held


def test_other_numbers_than_those_of_the_gold_contradict_it() -> None:
    assert contradicts("It was founded in 1921.", "When was it founded?", ("1920",))
    assert not contradicts("It was founded in 1920 or 1921.", "When was it founded?", ("1920",))
    assert not contradicts("It was founded long ago.", "When was it founded?", ("1920",))
    assert not contradicts("It uses DVB-S2 and MPEG-4.", "What does it use?", ("DVB-S2", "MPEG-2"))
    assert not contradicts("It came in 1921.", "Who came?", ("Bede",))
    assert not contradicts("In 1921 ten came.", "How many came in 1921?", ("ten",))


def test_names_and_numbers_that_no_quote_holds_are_told() -> None:
    assert not_in_source("The fee is 30 euro.", "What is the fee?", "The fee is 20 euro.") == {"30"}
    assert not_in_source("Then Bede wrote it.", "Who wrote it?", "It was written by Bede.") == set()
    assert not_in_source("Then Alcuin wrote it.", "Who wrote it?", "It was written by Bede.") == {"Alcuin"}


def made(way: str, **values: object) -> Judged:
    """An answerable question that was answered wrongly, with a generated statement, but for the `values`."""
    fields: dict[str, object] = {
        "set": "squad2", "way": way, "question": "When?", "answerable": True, "golds": ("1920",),
        "outcome": "answered", "mode": "generated", "first": "In 1921.", "right": False, "in_evidence": True,
        "statements": (), "contradicted": False, "strange": (), "model_refused": False, "seconds": 2.0,
    }  # fmt: skip
    return Judged(**{**fields, **values})  # type: ignore[arg-type]


def test_figures_count_refusals_against_what_can_be_answered() -> None:
    answers = [
        made("raw", right=True),
        made("raw", contradicted=True, in_evidence=False),
        made("raw", mode="quoted", outcome="unsure"),
        made("raw", mode="quoted", model_refused=True, right=True),
        made("raw", answerable=False, outcome="not_found", mode="quoted", golds=()),
        made("raw", answerable=False, mode="quoted", golds=(), model_refused=True),
    ]
    found = figures(answers)
    assert found["right"] == 50.0 and found["right, gold in evidence"] == 66.7
    assert found["generated and checked"] == 50.0 and found["contradicted"] == 50.0
    assert found["refused rightly"] == 50.0 and found["refused wrongly"] == 25.0
    assert found["model refused rightly"] == 100.0 and found["model refused wrongly"] == 33.3
    assert figures([]) == dict.fromkeys(COLUMNS)


def test_the_table_has_a_line_for_each_set_and_way_and_one_for_all() -> None:
    lines = table([made("quotes"), made("adapter"), made("adapter", set="samples")])
    assert [line.split(" | ")[:2] for line in lines[2:]] == [
        ["| squad2", "quotes"], ["| squad2", "adapter"], ["| samples", "quotes"], ["| samples", "adapter"],
        ["| all", "quotes"], ["| all", "adapter"],
    ]  # fmt: skip
    assert len({line.count("|") for line in lines}) == 1
