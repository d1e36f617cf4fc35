"""When the sentence of a model becomes the direct answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.events import Statement
from rag.question.understanding.understood import Intent, Understood
from rag.question.wanted import Wanted
from rag.verification.verify import Verdict
from rag.written_direct import Rule, is_of_kind, written_direct
from tests.passages import passage_of
from vault.records import ElementKind

PASSAGE = passage_of("The annual fee for parking is 1,200 euro.")
CITED = PASSAGE.cite(PASSAGE.slices[0].span, PASSAGE.slices[0].text)
SAID = Statement("The annual fee is 1,200 euro.", Verdict.SUPPORTED, (CITED,))
WORDS = DirectAnswer("1,200 euro", Verdict.QUOTED, (CITED,), AnswerForm.WORDS, 0.6)
OTHER = replace(WORDS, text="300 euro")
FACT = Understood(
    written="What is the annual fee?", text="What is the annual fee?", intent=Intent.FACT, wanted=Wanted.MONEY
)


@pytest.mark.parametrize(
    ("rule", "direct", "becomes"),
    [
        ("never", None, False),
        ("missing", None, True),
        ("missing", WORDS, False),
        ("agreeing", None, True),
        ("agreeing", WORDS, True),
        ("agreeing", OTHER, False),
        ("always", OTHER, True),
        ("always", replace(WORDS, form=AnswerForm.YES_NO), False),
        ("always", replace(WORDS, form=AnswerForm.VALUE), False),
    ],
)
def test_the_rule_decides_between_the_sentence_and_what_was_found(
    rule: Rule, direct: DirectAnswer | None, becomes: bool
) -> None:
    found = written_direct(rule, [SAID], direct, FACT, [PASSAGE])
    assert (found is not None) is becomes
    if found is not None:
        assert (found.text, found.citations, found.verdict) == (SAID.text, (CITED,), Verdict.SUPPORTED)
        assert found.form is AnswerForm.SENTENCE


@pytest.mark.parametrize("intent", [one for one in Intent if one not in (Intent.FACT, Intent.YES_NO)])
def test_what_is_computed_listed_or_read_from_rows_is_never_said_by_the_model(intent: Intent) -> None:
    if intent is not Intent.DEFINITION:
        asked = replace(FACT, intent=intent)
        assert written_direct("always", [SAID], None, asked, [PASSAGE]) is None


def test_the_first_sentence_that_passed_its_check_is_taken_and_none_that_failed() -> None:
    invented = Statement("The fee is 5 euro.", Verdict.UNSUPPORTED, ())
    assert written_direct("always", [invented], None, FACT, [PASSAGE]) is None
    found = written_direct("always", [invented, SAID], None, FACT, [PASSAGE])
    assert found is not None
    assert found.text == SAID.text


@pytest.mark.parametrize(
    ("wanted", "text", "becomes"),
    [
        (Wanted.MONEY, "The annual fee is 1,200 euro.", True),
        (Wanted.MONEY, "The client shall pay the annual fee.", False),
        (Wanted.DURATION, "The fee is due within 45 days.", True),
        (Wanted.DURATION, "The change applies to invoices received later.", False),
        (Wanted.DATE, "The fee is due on 3 May 2026.", True),
        (Wanted.DATE, "The fee is due at once.", False),
        (Wanted.DOSE, "She takes 500 mg of paracetamol.", True),
        (Wanted.DOSE, "She takes paracetamol.", False),
        (Wanted.ANYTHING, "The fee is due at once.", True),
    ],
)
def test_what_is_not_of_the_kind_that_is_asked_for_is_not_taken(
    wanted: Wanted, text: str, becomes: bool
) -> None:
    asked = replace(FACT, wanted=wanted)
    assert (
        written_direct("always", [replace(SAID, text=text)], None, asked, [PASSAGE]) is not None
    ) is becomes
    assert is_of_kind(text, asked) is becomes


@pytest.mark.parametrize("kind", [ElementKind.TABLE_ROW, ElementKind.TABLE_HEADER])
def test_a_sentence_that_rests_on_a_table_is_not_taken(kind: ElementKind) -> None:
    row = passage_of(PASSAGE.text, kind=kind)
    assert written_direct("always", [SAID], None, FACT, [row]) is None
    elsewhere = passage_of(PASSAGE.text, kind=kind, number=2)
    assert written_direct("always", [SAID], None, FACT, [PASSAGE, elsewhere]) is not None
