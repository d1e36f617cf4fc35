"""Corrections, agents and rows of a day come before what only looks like the answer."""

from __future__ import annotations

import pytest

from rag.answer import Answerer
from rag.events import Answer, Done
from rag.question.turn import Turn
from rag.question.understanding.dates import dates_in_question
from rag.question.understanding.understood import Relation
from rag.question.wanted import Wanted
from rag.retrieval.entries import dated_heading, leading_date
from tests.documents import add_text
from tests.rag.evidence.annotated import TODAY, asked
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

SUMMARY = (
    "SUMMARY\n\nBumetanide 4 mg daily.\n\nSenna 15 mg at night.\n\n"
    "Part 2 shows the wrong strength for bumetanide. The right dose is 1 mg daily.\n"
)
NOTES = (
    "NOTES\n\nDr Ada Wolcott (renal) still wants a cystoscopy as soon as possible.\n\n"
    "The cystoscopy was done by Mr Idris Penhale, no biopsy.\n"
)


def answer_to(vault: Vault, embedder: Embedder, settings: Settings, question: str, *turns: Turn) -> Answer:
    events = Answerer(vault, embedder, settings).ask(question, ["matter"], "local", turns)
    return next(event.answer for event in events if isinstance(event, Done))


def test_a_correction_is_stated_and_not_what_it_corrects(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    add_text(collection, embedder, "summary.txt", SUMMARY)
    answer = answer_to(vault, embedder, settings, "What is the dose of bumetanide?")
    assert not any("4 mg" in one.text for one in answer.stated)
    assert "1 mg" in answer.evidence[0].citation.quote


def test_who_did_it_is_who_it_was_done_by(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    add_text(collection, embedder, "notes.txt", NOTES)
    answer = answer_to(vault, embedder, settings, "Who did the cystoscopy?")
    assert "Penhale" in answer.evidence[0].citation.quote


def test_a_question_without_an_answer_still_says_whom_the_conversation_is_about(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    add_text(collection, embedder, "letter.txt", "Patient: Mr Owen Tarrow\n\nMr Tarrow weighs 71 kg.")
    first = "Which shoe size has Mr Owen Tarrow?"
    refused = answer_to(vault, embedder, settings, first)
    assert refused.abstained
    turn = refused.as_turn(first)
    assert turn.answer == ""
    then = answer_to(vault, embedder, settings, "And how much does he weigh?", turn)
    assert "Tarrow" in (then.rewritten or "")


@pytest.mark.parametrize(
    ("question", "relation"),
    [
        ("What was the rent prior to the review of 3 May 2024?", Relation.BEFORE),
        ("Until the reduction on 3 May 2024, what did he take?", Relation.BEFORE),
        ("Her weight in the weeks leading up to the visit of 3 May 2024", Relation.BEFORE),
        ("What was the fee before it was put up on the morning of 3 May 2024?", Relation.BEFORE),
        ("Where did she live until the hearing of 3 May 2024?", Relation.UNTIL),
        ("What was his sugar before breakfast on 3 May 2024?", Relation.ON),
    ],
)
def test_a_day_after_an_event_is_the_end_of_what_is_asked_for(question: str, relation: Relation) -> None:
    (found,) = dates_in_question(question, TODAY)
    assert found.date.relation is relation


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("MON 9/6 (Ruth)", (9, 6)),
        ("14/03 pm", (14, 3)),
        ("18/3 13:30", (18, 3)),
        ("1/2 tablet at night", None),
        ("Seen on 4/5", None),
    ],
)
def test_an_entry_begins_with_its_day_also_without_a_year(line: str, day: tuple[int, int] | None) -> None:
    found = leading_date(line)
    assert (found and (found.readings[0].first.day, found.readings[0].first.month)) == day
    assert dated_heading(f"Notes › {line}") == found


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Which member of staff locked the cupboard?", Wanted.PERSON),
        ("Why was the potassium so low?", Wanted.ANYTHING),
        ("Who made the dosing decision?", Wanted.PERSON),
    ],
)
def test_what_kind_of_thing_is_asked_for(question: str, wanted: Wanted) -> None:
    assert asked(question).wanted is wanted
