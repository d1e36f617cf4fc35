"""Every guard is needed, is named in verdicts, and can be left out to measure it."""

from __future__ import annotations

from typing import Any

import pytest

from bench.verification import guards_table, table_without
from rag.reader.reader import Support
from rag.verification.guards.registry import GUARDS
from rag.verification.verify import Verdict, verify
from tests.verification import GUARD_PAIRS, PAIRS, verifications


def test_guards_have_different_names() -> None:
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)


def test_every_guard_is_named_in_the_verdict_on_a_pair() -> None:
    named = {verify(pair["says"], pair["from"]).guard for pair in GUARD_PAIRS}
    assert {guard.name for guard in GUARDS} - named == {"name"}  # tested below: it works beside a judge only


@pytest.mark.parametrize("pair", GUARD_PAIRS, ids=lambda pair: pair["guard"])
def test_only_this_guard_denies_a_false_statement(pair: dict[str, Any]) -> None:
    others = [guard for guard in GUARDS if guard.name != pair["guard"]]
    assert verify(pair["says"], pair["from"]).guard == pair["guard"]
    assert verify(pair["says"], pair["from"], guards=others).verdict is Verdict.SUPPORTED


def test_the_guard_of_names_keeps_a_judge_from_accepting_another_name() -> None:
    def sure(statement: str, text: str) -> Support:
        return Support(0.99, 0.0, 0.01)

    # Without a judge a missing name is a missing word, which is denied before the guards are asked.
    statement, sentences = "The heirs sold the house to Okafor.", ["The heirs sold the house to Singh."]
    others = [guard for guard in GUARDS if guard.name != "name"]
    assert verify(statement, sentences, judge=sure).verdict is Verdict.UNSUPPORTED
    assert verify(statement, sentences, judge=sure, guards=others).verdict is Verdict.SUPPORTED


def test_a_verdict_names_a_guard_exactly_if_it_denies_support() -> None:
    for pair, found in verifications(GUARDS):
        assert bool(found.guard) == (found.verdict is Verdict.UNSUPPORTED), pair["says"]


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("What is the notice period?", "content"),
        ("The notice period is 30", "quotation"),
        ("The documents do not mention a notice period.", "refusal"),
        ("Ramipril causes cough.", "passage"),
        ("The notice period is negotiable.", "words"),
        ("The notice period is 45 days.", "number"),
    ],
)
def test_a_denied_statement_names_the_step_that_denied_it(statement: str, guard: str) -> None:
    assert verify(statement, ["The notice period is 30.5 days."]).guard == guard


def test_a_guard_that_is_left_out_denies_nothing() -> None:
    statement, sentences = "The notice period is 45 days.", ["The notice period is 30 days."]
    assert verify(statement, sentences, guards=()).verdict is Verdict.SUPPORTED
    assert verify(statement, sentences, guards=GUARDS[1:]).guard != "number"


def test_the_table_without_a_guard_counts_what_it_lets_through(capsys: pytest.CaptureFixture[str]) -> None:
    table = table_without("opposite")
    assert f"{len(PAIRS)} pairs." in table[-1]
    assert "The left knee is swollen." in capsys.readouterr().err


def test_the_table_of_the_guards_has_a_line_for_each() -> None:
    lines = guards_table()[2:]
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines] == [guard.name for guard in GUARDS]
