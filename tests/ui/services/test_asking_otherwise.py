"""Questions that are asked again: without labels that were taken away, or with a full name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.parsing.pool import ParserPool
from rag.answer import Answerer
from rag.direct.answer import AnswerForm
from rag.events import Answer
from tests.ui.ward import COLLECTION, INVOICES, fill
from tests.waiting import PATIENCE
from ui.services.answer_words import (
    about_words,
    completeness,
    shows_rows,
    verdict_words,
    which_one,
    with_full_name,
)
from ui.services.conversations import Conversations
from vault.embedding.embedder import Embedder
from vault.ledger.conversations import TurnState
from vault.settings import Settings
from vault.vault import Vault

POTASSIUM = "What was the potassium of Anna Corrowan on 13 March 2026?"
DATE = "date:on 13 march 2026"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, parsers: ParserPool) -> Path:
    folder = tmp_path_factory.mktemp("ward")
    settings = Settings(data=folder / "data")
    with Vault.create(settings.data, user="local", purpose="tests") as vault:
        fill(vault, folder / "files", embedder, parsers, settings)
    return settings.data


@pytest.fixture
def vault(made: Path, settings: Settings) -> Iterator[Vault]:
    shutil.copytree(made, settings.data)
    with Vault(settings.data, purpose="tests") as opened:
        yield opened


@pytest.fixture
def conversations(vault: Vault, embedder: Embedder, settings: Settings) -> Conversations:
    return Conversations(vault, "local", lambda: Answerer(vault, embedder, settings))


def ask(conversations: Conversations, question: str) -> Answer:
    conversations.ask("here", question, [COLLECTION]).wait(PATIENCE)
    return answers(conversations)[-1]


def again(conversations: Conversations, place: int, without: list[str], question: str = "") -> Answer:
    turn = conversations.turns("here")[place].kept
    conversations.ask_otherwise("here", turn, without=without, question=question).wait(PATIENCE)
    return answers(conversations)[-1]


def answers(conversations: Conversations) -> list[Answer]:
    found = [turn.progress and turn.progress.answer for turn in conversations.turns("here")]
    assert all(found), [turn.progress for turn in conversations.turns("here")]
    return [answer for answer in found if answer]


def direct_text(answer: Answer) -> str:
    assert answer.direct
    return answer.direct.text


def test_a_cell_answers_and_says_whose_it_is(conversations: Conversations) -> None:
    direct = ask(conversations, POTASSIUM).direct
    assert direct
    assert "3.4" in direct.text
    (row,) = direct.rows
    assert row.citation.quote == "3.4"
    assert row.about
    assert row.about.subject == "Anna Corrowan"


def test_a_label_is_taken_away_and_put_back_in_the_place_of_the_last_answer(
    conversations: Conversations,
) -> None:
    first = ask(conversations, POTASSIUM)
    assert DATE in [label.key for label in first.labels]
    without = again(conversations, 0, [DATE])
    assert [label.key for label in without.removed] == [DATE]
    assert DATE not in [label.key for label in without.labels]
    assert "3.4" not in direct_text(without)
    whole = again(conversations, 0, [])
    assert direct_text(whole) == direct_text(first)
    assert whole.removed == ()
    assert len(conversations.turns("here")) == 1


def test_an_earlier_question_is_asked_again_at_the_end_and_refers_to_what_came_before_it(
    conversations: Conversations,
) -> None:
    ask(conversations, "What does Anna Corrowan take?")
    ask(conversations, "Is she allergic to penicillin?")
    ask(conversations, "What does Robert Corrowan take?")
    shown = again(conversations, 1, ["topic:allergic"])
    assert [turn.kept.question for turn in conversations.turns("here")] == [
        "What does Anna Corrowan take?",
        "Is she allergic to penicillin?",
        "What does Robert Corrowan take?",
        "Is she allergic to penicillin?",
    ]
    assert [label.text for label in shown.labels if label.kind == "name"] == ["Anna Corrowan"]


def test_a_label_that_is_not_there_changes_nothing_and_is_named(conversations: Conversations) -> None:
    ask(conversations, POTASSIUM)
    shown = again(conversations, 0, ["name:nobody"])
    assert "3.4" in direct_text(shown)
    assert shown.removed == ()
    (note,) = shown.notes
    assert "“name:nobody”" in note
    assert DATE in note


def test_what_was_taken_away_is_kept_while_a_question_is_open(vault: Vault) -> None:
    kept = vault.conversations
    number = kept.begin("here", POTASSIUM, [COLLECTION], None, user="local", without=[DATE])
    (turn,) = kept.turns("here", user="local")
    assert (turn.id, turn.state, turn.without) == (number, TurnState.OPEN, (DATE,))


def test_an_interrupted_question_is_asked_again_without_the_same_labels(
    vault: Vault, conversations: Conversations
) -> None:
    vault.conversations.begin("here", POTASSIUM, [COLLECTION], None, user="local", without=[DATE])
    (turn,) = conversations.turns("here")
    assert turn.interrupted
    conversations.ask_again("here", turn.kept).wait(PATIENCE)
    (answer,) = answers(conversations)
    assert [label.key for label in answer.removed] == [DATE]


def test_an_ambiguous_name_is_asked_again_in_full(conversations: Conversations) -> None:
    both = ask(conversations, "What does Corrowan take?")
    assert both.understood
    (name,) = both.understood.names
    assert name.names == ("Anna Corrowan", "Robert Corrowan")
    question = with_full_name("What does Corrowan take?", name.written, name.names[1])
    one = again(conversations, 0, [], question)
    assert one.question == "What does Robert Corrowan take?"
    assert "apixaban" in one.statements[0].text
    (about,) = one.statements[0].about
    assert about
    assert about_words(about.subject, about.kind, about.date, about.clause) == (
        "Robert Corrowan · clinic letter, 2 February 2026"
    )


def test_a_count_shows_every_row(conversations: Conversations) -> None:
    direct = ask(conversations, "How many invoices are there?").direct
    assert direct
    assert direct.form is AnswerForm.COUNT
    assert sorted(row.text for row in direct.rows) == sorted(invoice[0] for invoice in INVOICES)


def test_a_purge_removes_a_direct_answer_with_its_rows_and_names(
    vault: Vault, conversations: Conversations, settings: Settings
) -> None:
    answer = ask(conversations, POTASSIUM)
    assert answer.direct
    vault.purge(COLLECTION, [answer.direct.rows[0].citation.sha256], user="local")
    (turn,) = conversations.turns("here")
    assert turn.kept.state is TurnState.PURGED
    record = vault.records.get(answer.record, user="local")
    kept = str(record)
    for word in ("Corrowan", "otassium", "3.4", "2026-03", "March", "blood"):
        assert word not in kept
    assert answer.direct.rows[0].citation.sha256 in kept


def test_a_purge_of_a_document_that_only_a_row_cites_removes_its_words(
    vault: Vault, conversations: Conversations
) -> None:
    answer = ask(conversations, "How many invoices are there?")
    assert answer.direct
    sha256 = answer.direct.rows[0].citation.sha256
    # As if none of its passages had been among the best.
    body = dict(vault.records.get(answer.record, user="local") or {})
    shown = dict(body["answer"])  # type: ignore[call-overload]
    body |= {"passages": [], "answer": {**shown, "evidence": []}}
    added = vault.records.add(
        user="local", question="How many?", body=body, mark=vault.records.begin_answer()
    )
    vault.purge(COLLECTION, [sha256], user="local")
    kept = str(vault.records.get(added, user="local"))
    assert "R-04410" not in kept
    assert "Copperleaf" not in kept
    assert sha256 in kept


@pytest.mark.parametrize(
    ("question", "written", "name", "expected"),
    [
        ("What does hale's chart say?", "Hale", "Anna Hale", "What does Anna Hale's chart say?"),
        ("Did Whale or Hale call?", "Hale", "Anna Hale", "Did Whale or Anna Hale call?"),
        ("And her dose?", "Hale", "Anna Hale", "And her dose? (Anna Hale)"),
        (r"Who is O\1?", r"O\1", r"Ben \2", r"Who is Ben \2?"),
    ],
)
def test_the_full_name_takes_the_place_of_its_part(
    question: str, written: str, name: str, expected: str
) -> None:
    assert with_full_name(question, written, name) == expected


def test_answers_are_said_in_words() -> None:
    assert which_one("Hale", ["Anna Hale", "Robert Hale"]) == (
        "Two people fit “Hale”: Anna Hale, Robert Hale. Which one?"
    )
    assert which_one("Harrow", ["Harrow Ltd", "Harrow Mill", "Mr Harrow"]).startswith("Three names fit")
    assert which_one("Li", [f"Li {number}" for number in range(12)]).startswith("12 people fit “Li”: Li 0, ")
    assert verdict_words("computed", ["a"]) == "computed from the cells below"
    assert verdict_words("quoted", ["", "Potassium"]) == "from the table"
    assert verdict_words("quoted", [""]) == "word for word from the page"
    assert completeness("list", 1, 1, False, 2) == (
        "1 row in 1 document; not complete. 2 documents could not be read."
    )
    assert completeness("series", 3, 2, True, 0) == "3 rows in 2 documents."
    assert about_words("Services Agreement", "services agreement", None, "4.2(b)") == (
        "Services Agreement · clause 4.2(b)"
    )
    assert not shows_rows("value", 1)
    assert shows_rows("list", 1)
