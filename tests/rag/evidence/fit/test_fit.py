"""What keeps a sentence from being stated as the answer: person, date, clause, kind, formality."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.evidence.evidence import FIT_WEIGHTS
from rag.evidence.fit.fit import fit_of
from rag.evidence.fit.misfit import NO_FIT, Fit, Misfit
from tests.rag.evidence.annotated import annotation, asked, sentence
from vault.annotations import Cell
from vault.records import ElementKind
from vault.text.words import stem

SUMMARY = (
    "DISCHARGE SUMMARY\n\nPatient: Mrs Ada Orme\n\nDate: 3 May 2024\n\nDear Dr Quill,\n\n"
    "Her potassium was 4.1 mmol/l on 2 May 2024. Her late husband had gout. She takes ramipril.\n\n"
    "Warfarin was stopped. Sputum: clear\n"
)
LEASE = (
    "LEASE\n\n4. Payments\n\n4.1 The rent is 900 pounds a month.\n\n4.2 The deposit is 80 pounds.\n\n"
    "4.20 The fee is 30 pounds.\n\n4.2(b) It is paid to an agent.\n"
)


def fit(question: str, text: str, part: str) -> Fit:
    understood = asked(question)
    topic = frozenset(stem(word) for word in understood.topic)
    return fit_of(understood, sentence(text, part), annotation(text).profile, topic, topic)


@pytest.mark.parametrize(
    ("question", "part", "misfit"),
    [
        ("What was her potassium?", "Her potassium", None),
        ("What was her potassium?", "DISCHARGE", Misfit.FORMALITY),
        ("What was her potassium?", "Dear Dr Quill", Misfit.FORMALITY),
        ("What was her potassium on 2 May 2024?", "Her potassium", None),
        ("What was her potassium on 9 May 2024?", "Her potassium", Misfit.OTHER_DATE),
        ("Does she have gout?", "husband", Misfit.OTHER_PERSON),
        ("Does her husband have gout?", "husband", None),
        ("When was warfarin stopped?", "Warfarin", Misfit.OTHER_KIND),
        ("Was warfarin stopped?", "Warfarin", None),
        ("What was her potassium?", "Patient:", Misfit.OTHER_FIELD),
    ],
)
def test_a_sentence_of_a_letter_fits_or_says_why_not(question: str, part: str, misfit: Misfit | None) -> None:
    found = fit(question, SUMMARY, part)
    assert found.states is (misfit is None), found
    assert misfit is None or misfit in found.misfits


NOTE = (
    "Visit note of the south team\n\nThe driver was Marek Holub.\n\n"
    "Falls: one in August after a late supper without help\n\nReference: FD/118\n\nThe fee is £27,500.\n"
)


@pytest.mark.parametrize(
    ("question", "part", "misfit"),
    [
        ("What does the team say?", "Visit note", Misfit.FORMALITY),
        ("Who drove?", "Marek Holub", None),
        ("How often was she unsteady?", "Falls:", None),
        ("What is the reference number?", "FD/118", None),
        ("What is the reference number?", "27,500", Misfit.OTHER_KIND),
    ],
)
def test_a_line_of_a_note_fits_or_says_why_not(question: str, part: str, misfit: Misfit | None) -> None:
    found = fit(question, NOTE, part)
    assert (misfit in found.misfits) if misfit else found.states, found


@pytest.mark.parametrize(
    ("part", "reference"),
    [("The deposit", 1.0), ("paid to an agent", 1.0), ("The rent", -1.0), ("The fee", -1.0)],
)
def test_a_clause_that_is_asked_for_holds_its_parts_and_no_other_clause(part: str, reference: float) -> None:
    found = fit("What does clause 4.2 say?", LEASE, part)
    assert found.reference == reference
    assert (Misfit.OTHER_REFERENCE in found.misfits) is (reference < 0)


def test_what_is_past_or_planned_does_not_say_what_holds_now() -> None:
    text = "She previously took warfarin. She takes ramipril."
    assert fit("Which anticoagulant does she currently take?", text, "warfarin").stance == -1.0
    assert fit("Which anticoagulant does she currently take?", text, "ramipril").stance == 0.0


def test_a_denial_answers_yes_or_no_only() -> None:
    text = "She has no known allergies."
    assert fit("Does she have allergies?", text, "allergies").stance == 0.0
    assert fit("Which allergies does she have?", text, "allergies").stance == -1.0


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("When is the visit to the ward?", ["Begins"]),
        ("Where is the visit to the ward?", []),
        ("Who signed the visit form?", ["Signed"]),
    ],
)
def test_a_field_that_says_when_or_who_answers_whatever_the_event_is_called(
    question: str, states: list[str]
) -> None:
    event = "Event: Visit to Larch\n\nBegins: 9 April 2024, 14:15\n\nEnds: 9 April 2024\n\nSigned: Ada Bell\n"
    fields = ("Begins", "Ends", "Signed")
    assert [field for field in fields if fit(question, event, f"{field}:").states] == states


def test_a_margin_answers_only_what_asks_for_it() -> None:
    margin = replace(
        sentence("File number BR-77\n\nThe ward is closed.", "File"), kind=ElementKind.PAGE_HEADER
    )
    for question, states in (("What is the file number?", True), ("Which ward is closed?", False)):
        understood = asked(question)
        topic = frozenset(stem(word) for word in understood.topic)
        assert fit_of(understood, margin, None, topic, topic).states is states


def test_a_row_of_names_and_numbers_answers_by_its_columns() -> None:
    table = "Counsel\tHours\tRate\tFee\nMs Lyle\t7\t130\t910\nMr Orr\t4\t155\t620\n"
    cells = ("Counsel", "Hours", "Rate", "Fee"), ("Mr Orr", "4", "155", "620")
    row = replace(
        sentence(table, "Mr Orr"),
        cells=tuple(Cell(name, text, 0, 0) for name, text in zip(*cells, strict=True)),
    )
    for question, states in (
        ("What is the fee of Mr Orr?", True),
        ("What is the pension of Mr Orr?", False),
        ("What is the total of the fees?", False),
    ):
        understood = asked(question)
        topic = frozenset(stem(word) for word in understood.topic)
        assert fit_of(understood, row, None, topic, topic).states is states


def test_what_did_not_happen_is_answered_by_what_says_so() -> None:
    note = (
        "He was given paracetamol. Morphine was withheld. He was never given codeine. The note is unsigned."
    )
    for question, states in (
        ("Which medicine was he not given?", ["Morphine", "He was never"]),
        ("Which medicine was he given?", ["He was given", "Morphine", "He was never"]),
    ):
        parts = ("He was given", "Morphine", "He was never")
        assert [part for part in parts if Misfit.AFFIRMED not in fit(question, note, part).misfits] == states
    assert fit("Which medicine was he not given?", note, "He was never").stance == 0.0
    assert fit("Which medicine was he given?", note, "He was never").stance == -1.0


def test_each_value_of_a_fit_has_a_weight_and_nothing_known_counts_nothing() -> None:
    assert NO_FIT.signals().keys() <= FIT_WEIGHTS.keys()
    assert NO_FIT.states
    assert set(NO_FIT.signals().values()) == {0.0}
