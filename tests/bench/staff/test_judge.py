"""What an answer is worth: the rules of `judge`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.staff.judge import Judgement, judge
from tests.bench.staff.made import answer, staff_document, staff_question, statement

RIGHT, PARTLY, WRONG, REFUSED = Judgement
WARD_ROWS = [["Test", "13 May", "16 May"], ["Potassium", "3.4", "3.9"], ["Sodium", "138", "3.9"]]
DOCUMENTS = [staff_document("letter.pdf", [[{"table": WARD_ROWS}, {"text": "On 13 May it was 3.4 mmol/L."}]])]


def worth(given_answer: dict[str, Any], **changes: Any) -> Judgement:
    return judge(staff_question(**changes), given_answer, DOCUMENTS).judgement


def test_a_statement_that_holds_the_answer_is_right() -> None:
    assert worth(answer(statement("On 13 May it was 3.4 mmol/L."))) is RIGHT


def test_a_whole_row_is_as_good_as_its_cell() -> None:
    row = statement("2024-05-13 | 3.4 | 98 | 4.4")
    assert worth(answer(row)) is RIGHT


def test_what_is_stated_without_the_answer_is_wrong() -> None:
    assert worth(answer(statement("Mr Alfred Orme, born 3 June 1951"))) is WRONG
    assert worth(answer(statement("On 16 May it was 13.4."))) is WRONG


def test_some_of_the_answer_is_partly_right() -> None:
    assert worth(answer(statement("Amlodipine 5 mg")), must=["amlodipine", "ramipril"], kind="list") is PARTLY


def test_the_answer_may_be_spread_over_statements() -> None:
    said = answer(statement("Amlodipine 5 mg"), statement("Ramipril 10 mg"))
    assert worth(said, must=["amlodipine", "ramipril"], kind="list") is RIGHT


def test_a_tempting_value_beside_the_answer_is_wrong() -> None:
    assert worth(answer(statement("It was 3.4."), statement("On 16 May it was 3.9."))) is WRONG
    assert worth(answer(statement("It was 3.4, or 3.9."))) is WRONG


def test_a_tempting_value_in_a_quote_is_wrong() -> None:
    assert worth(answer(statement("It rose.", "On 16 May it was 3.9."))) is WRONG
    assert worth(answer(statement("It was 3.4.", "On 16 May it was 3.9."))) is WRONG


def test_a_composed_statement_may_quote_the_whole_row() -> None:
    composed = statement("Potassium, 13 May: 3.4", "Potassium | 3.4 | 3.9", verdict="supported")
    assert worth(answer(composed)) is RIGHT


def test_the_right_row_with_a_tempting_cell_is_partly_right() -> None:
    assert worth(answer(statement("Potassium | 3.4 | 3.9"))) is PARTLY
    assert worth(answer(statement("Sodium | 138 | 3.9"))) is WRONG
    said = answer(statement("Potassium | 3.4 | 3.9"), statement("On 16 May 3.9"))
    assert worth(said) is WRONG


def test_a_right_direct_answer_above_a_sentence_with_both_is_partly_right() -> None:
    sentence = statement("The 3.9 of before was corrected to 3.4.")
    assert worth(answer(sentence)) is WRONG
    assert worth(answer(sentence, direct=statement("3.4 mmol/L"))) is PARTLY
    assert worth(answer(sentence, statement("16 May: 3.9"), direct=statement("3.4 mmol/L"))) is WRONG


def test_the_direct_answer_is_judged_with_the_statements() -> None:
    row = statement("On 13 May it was 3.4.")
    assert worth(answer(row, direct=statement("3.4 mmol/L"))) is RIGHT
    assert worth(answer(row, direct=statement("3.9 mmol/L"))) is WRONG
    assert worth(answer(row, direct=None)) is RIGHT


@pytest.mark.parametrize("outcome", ["unsure", "not_found"])
def test_an_abstention_is_refused(outcome: str) -> None:
    assert worth(answer(outcome=outcome)) is REFUSED
    assert worth(answer(outcome=outcome), answerable=False, kind="unanswerable") is REFUSED


def test_that_the_documents_do_not_say_is_a_refusal() -> None:
    said = answer(statement("Seen on 13 May."), direct=statement("The documents do not say."))
    assert worth(said) is REFUSED
    assert worth(said, answerable=False, kind="unanswerable") is REFUSED


def test_whatever_is_stated_without_an_answer_in_the_documents_is_wrong() -> None:
    assert worth(answer(statement("Seen on 13 May.")), answerable=False, kind="unanswerable") is WRONG
    said = answer(statement("3.9"), direct=statement("The documents do not say."))
    assert worth(said, answerable=False, kind="unanswerable") is WRONG


def test_what_is_marked_as_unsupported_answers_nothing() -> None:
    said = answer(statement("It was 3.4.", verdict="unsupported"), statement("Seen on the ward."))
    assert worth(said) is WRONG
    said = answer(statement("It was 3.9.", verdict="unsupported"), statement("It was 3.4."))
    assert worth(said) is WRONG


def test_yes_and_no_stand_first() -> None:
    asked = {"must": ["no", "sister"], "must_not": [], "kind": "negation or family"}
    sister = statement("His sister has no tolerance of penicillin.")
    assert worth(answer(sister), **asked) is PARTLY
    assert worth(answer(sister, direct=statement("No")), **asked) is RIGHT
    assert worth(answer(sister, direct=statement("Yes")), **asked) is WRONG
    assert worth(answer(statement("No: his sister is.")), **asked) is RIGHT
    assert worth(answer(statement("Yes, his sister.")), **asked) is WRONG


def test_no_known_allergies_answers_no() -> None:
    asked = {"must": ["no", "known drug allergies"], "must_not": [], "kind": "negation or family"}
    assert worth(answer(statement("No known drug allergies.")), **asked) is RIGHT


def test_the_gold_is_looked_for_in_the_evidence_of_the_named_documents() -> None:
    def found(document: str, quote: str, **changes: Any) -> bool | None:
        said = answer(outcome="unsure", evidence=[{"document": document, "quote": quote}])
        return judge(staff_question(**changes), said, DOCUMENTS).gold_in_evidence

    assert found("letter.pdf", "On 13 May it was 3.4 mmol/L.") is True
    assert found("letter.pdf", "On 16 May it was 3.9 mmol/L.") is False
    assert found("other.pdf", "On 13 May it was 3.4 mmol/L.") is False
    assert found("letter.pdf", "On 13 May it was 3.4.", must=["yes", "3.4"]) is True
    assert found("letter.pdf", "", must=["0.5"], kind="computed") is None


NUMBERS = st.decimals(min_value=0, max_value=9999, places=1).map(str)
AROUND = st.sampled_from(["", "On 16 May: ", "Potassium | ", "(", "\n"])
AFTER = st.sampled_from(["", ".", " mmol/L", " | 98", ")", ", and", "\n"])


@given(
    tempting=NUMBERS, gold=NUMBERS, before=AROUND, after=AFTER, beside=st.booleans(), direct=st.booleans(),
    verdict=st.sampled_from(["quoted", "supported", "unsupported", "computed"]),
    outcome=st.sampled_from(["answered", "unsure", "not_found"]), answerable=st.booleans(),
)  # fmt: skip
def test_a_must_not_in_a_statement_is_never_right(
    tempting: str, gold: str, before: str, after: str, beside: bool, direct: bool, verdict: str, outcome: str,
    answerable: bool,
) -> None:  # fmt: skip
    text = f"{before}{tempting}{after}" + (f" {gold}" if beside else "")
    stated = [statement(text, verdict=verdict), statement(f"It was {gold}.")]
    said = answer(*stated[direct:], outcome=outcome, direct=stated[0] if direct else None)
    changes = {"must": [gold]} if answerable else {"answerable": False, "kind": "unanswerable"}
    question = staff_question(**changes, must_not=[tempting])
    judgement = judge(question, said, DOCUMENTS).judgement
    assert judgement is not RIGHT
    if outcome == "answered":
        assert judgement in (WRONG, PARTLY)


@given(text=st.text(max_size=60), string=st.text(min_size=1, max_size=8).filter(str.strip))
def test_any_text_can_be_judged(text: str, string: str) -> None:
    must = string.replace("|", "I")
    assert worth(answer(statement(text)), must=[must], must_not=[must]) in Judgement
