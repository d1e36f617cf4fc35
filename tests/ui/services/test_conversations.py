"""The open conversation after a restart, a kill, a purge and the loss of a right."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.recorded import recorded_answer
from tests.documents import add_text, new_collection
from tests.places import ROOT
from tests.ui.web.test_pages import SlowWriter
from tests.vault.ledger.test_purges import where
from tests.waiting import PATIENCE
from ui.services.conversations import Conversations, ShownTurn
from vault.access import Action, Role
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound
from vault.ledger.conversations import TurnState
from vault.settings import Settings
from vault.vault import Vault

RENT = "The rent of the flat is 900 pounds a month."
QUESTION = "What is the rent of the flat?"

Make = Callable[[Vault], Conversations]


@pytest.fixture
def make(embedder: Embedder, settings: Settings) -> Make:
    """Return a function that makes the conversations of a server."""
    return lambda vault: Conversations(vault, "local", lambda: Answerer(vault, embedder, settings))


@pytest.fixture(autouse=True)
def matter(vault: Vault, embedder: Embedder) -> None:
    """Create a collection with a lease in it."""
    with new_collection(vault, "matter") as made:
        add_text(made, embedder, "lease.txt", RENT)


def ask(conversations: Conversations, question: str, *collections: str, name: str = "here") -> ShownTurn:
    conversations.ask(name, question, collections or ["matter"]).wait(PATIENCE)
    return conversations.turns(name)[-1]


def test_an_answer_is_the_same_after_a_restart(vault: Vault, make: Make, settings: Settings) -> None:
    first = make(vault)
    asking = first.ask("here", QUESTION, ["matter"])
    asking.wait(PATIENCE)
    before = asking.progress()
    assert before.answer
    vault.close()
    with Vault(settings.data, purpose="tests") as again:
        (turn,) = make(again).turns("here")
        assert (turn.kept.question, turn.kept.collections) == (QUESTION, ("matter",))
        assert turn.progress
        assert turn.progress.answer
        shown = turn.progress.answer
        assert shown.as_json() == {**before.answer.as_json()}
        assert [s.reason for s in shown.statements] == [s.reason for s in before.answer.statements]
        assert shown.evidence[0].citation == before.answer.evidence[0].citation
        assert shown.evidence[0].words == before.answer.evidence[0].words
        assert not turn.running
        assert make(again).turns("elsewhere") == []


def test_a_follow_up_after_a_restart_refers_to_the_earlier_question(
    vault: Vault, make: Make, settings: Settings
) -> None:
    ask(make(vault), QUESTION)
    vault.close()
    with Vault(settings.data, purpose="tests") as again:
        turn = ask(make(again), "And when is it due?")
        assert turn.progress
        assert "rent of the flat" in turn.progress.rewritten


def test_questions_asked_at_the_same_moment_are_all_kept(vault: Vault, make: Make) -> None:
    conversations = make(vault)
    together = threading.Barrier(8)

    def tab(number: int) -> None:
        together.wait()
        conversations.ask("here", f"What is the rent of flat {number}?", ["matter"]).wait(PATIENCE)

    tabs = [threading.Thread(target=tab, args=(number,)) for number in range(8)]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()
    shown = conversations.turns("here")
    assert sorted(turn.kept.question for turn in shown) == [
        f"What is the rent of flat {number}?" for number in range(8)
    ]
    assert all(turn.progress and turn.progress.answer for turn in shown)


KILLED = """
import sys, threading
from pathlib import Path
from ui.services.conversations import Conversations
from vault.vault import Vault
vault = Vault(Path(sys.argv[1]), purpose="test")
def answerer():
    print("writing", flush=True)
    threading.Event().wait()
Conversations(vault, "local", answerer).ask("here", sys.argv[2], ["matter"], documents=["f00"]).wait(3600)
"""


def test_a_question_interrupted_by_a_kill_is_shown_and_can_be_asked_again(
    vault: Vault, make: Make, settings: Settings
) -> None:
    ask(make(vault), QUESTION)
    vault.close()
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(settings.data), "Who pays the rent of the flat?"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "writing\n"
    process.kill()
    assert process.wait(PATIENCE) == -signal.SIGKILL
    process.stdout.close()
    with Vault(settings.data, purpose="tests") as again:
        conversations = make(again)
        answered, interrupted = conversations.turns("here")
        assert not answered.interrupted
        assert interrupted.interrupted
        assert interrupted.kept.question == "Who pays the rent of the flat?"
        assert interrupted.kept.documents == ("f00",)
        conversations.ask_again("here", interrupted.kept).wait(PATIENCE)
        _, asked_again = conversations.turns("here")
        assert asked_again.kept.question == "Who pays the rent of the flat?"
        assert asked_again.kept.documents == ("f00",)
        assert not asked_again.interrupted


def test_a_failed_question_keeps_its_reason(vault: Vault, make: Make) -> None:
    conversations = make(vault)
    turn = ask(conversations, "?!")
    assert turn.kept.state is TurnState.FAILED
    assert turn.progress
    assert "is not a question" in turn.progress.error


def test_a_question_about_a_missing_collection_is_refused(vault: Vault, make: Make) -> None:
    with pytest.raises(CollectionNotFound, match="nowhere"):
        make(vault).ask("here", QUESTION, ["nowhere"])
    assert make(vault).turns("here") == []


def test_clearing_a_conversation_keeps_the_records(vault: Vault, make: Make) -> None:
    conversations = make(vault)
    turn = ask(conversations, QUESTION)
    ask(conversations, QUESTION, name="elsewhere")
    conversations.clear("here")
    assert conversations.turns("here") == []
    assert len(conversations.turns("elsewhere")) == 1
    assert vault.records.get(turn.kept.record, user="local")


def test_turns_that_the_user_may_no_longer_search_are_not_shown(
    vault: Vault, make: Make, embedder: Embedder
) -> None:
    vault.members.add_user("partner")
    vault.members.set_member("matter", "partner", Role.MANAGER, user="local")
    with new_collection(vault, "other") as other:
        add_text(other, embedder, "note.txt", RENT)
    conversations = make(vault)
    ask(conversations, QUESTION)
    ask(conversations, QUESTION, "matter", "other")
    ask(conversations, QUESTION, "other")
    vault.members.set_member("matter", "local", None, user="partner")
    states = [(turn.kept.state, turn.kept.question) for turn in conversations.turns("here")]
    assert states == [(TurnState.WITHHELD, "")] * 2 + [(TurnState.ANSWERED, QUESTION)]
    assert all(turn.progress is None and turn.kept.body is None for turn in conversations.turns("here")[:2])
    assert vault.conversations.turns("here", user="partner") == []
    vault.members.set_member("matter", "local", Role.READER, user="partner")
    assert len([turn for turn in conversations.turns("here") if turn.progress]) == 3


IN_TEXT, IN_NAME = "quillonprax", "vesperbrood"
NEEDLES = (IN_TEXT.encode(), IN_NAME.encode())


@pytest.fixture
def canary(vault: Vault, embedder: Embedder, settings: Settings, tmp_path: Path, make: Make) -> Conversations:
    """A conversation about a document with unique words: answered, followed up, failed and interrupted."""
    conversations = make(vault)
    ask(conversations, QUESTION)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    file = inbox / f"{IN_NAME}.txt"
    file.write_text(f"The price of the {IN_TEXT} mare is 40 guineas.")
    with vault.open_collection("matter", user="local", action=Action.INGEST) as matter:
        Ingest(matter, embedder, settings).run([inbox])
    answered = ask(conversations, f"What is the price of the {IN_TEXT} mare?")
    assert answered.progress
    assert any(IN_TEXT in statement.text for statement in answered.progress.statements)
    followed = ask(conversations, "And when is it due?")
    assert followed.progress
    assert IN_TEXT in followed.progress.rewritten
    # As a crash leaves them: without an answer.
    for error in ("", f"{IN_NAME}.txt was not readable"):
        turn = vault.conversations.begin(
            "here", f"Whose is the {IN_TEXT} mare?", ["matter"], None, user="local"
        )
        if error:
            vault.conversations.fail(turn, error)
    return conversations


def test_a_purge_leaves_no_word_of_the_document_in_the_conversation(
    vault: Vault, canary: Conversations, settings: Settings, tmp_path: Path
) -> None:
    assert all(where(settings.data, *NEEDLES).values())
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as matter:
        (document,) = [d for d in matter.catalogue.documents() if d.name == f"{IN_NAME}.txt"]
    vault.purge("matter", [document.sha256], user="local")
    assert not any(where(settings.data, *NEEDLES).values())
    turns = canary.turns("here")
    assert [turn.kept.state for turn in turns] == [TurnState.ANSWERED] + [TurnState.PURGED] * 4
    assert turns[0].kept.question == QUESTION
    assert not any(turn.interrupted or turn.kept.question for turn in turns[1:])
    assert ask(canary, "And when is it due?").kept.state is TurnState.ANSWERED
    vault.close()
    assert not any(where(settings.data, *NEEDLES).values())


def test_a_deleted_collection_leaves_no_word_in_the_conversation(
    vault: Vault, canary: Conversations, settings: Settings
) -> None:
    vault.delete_collection("matter", user="local")
    assert not any(where(settings.data, *NEEDLES, b'"matter"').values())
    assert {turn.kept.state for turn in canary.turns("here")} == {TurnState.WITHHELD}


def test_a_document_purged_while_an_answer_is_written_does_not_return_with_its_record(
    vault: Vault, embedder: Embedder, settings: Settings
) -> None:
    with vault.open_collection("matter", user="local", action=Action.INGEST) as matter:
        held = f"The price of the {IN_TEXT} mare is 40 guineas."
        gone = add_text(matter, embedder, f"{IN_NAME}.txt", held)
    writer = SlowWriter()
    conversations = Conversations(vault, "local", lambda: Answerer(vault, embedder, settings, writer))
    question = f"What is the price of the {IN_TEXT} mare?"
    asking = conversations.ask("here", question, ["matter"])
    other = conversations.ask("here", QUESTION, ["matter"])
    # The writer has its passages: the purge is through before the record is made.
    while not (asking.progress().statements and other.progress().statements):
        asking.wait(0.02)
    vault.purge("matter", [gone.sha256], user="local")
    assert [turn.kept.state for turn in conversations.turns("here")] == [TurnState.PURGED] * 2
    writer.go_on.set()
    for each in (asking, other):
        each.wait(PATIENCE)
    assert not any(where(settings.data, *NEEDLES).values())
    states = [turn.kept.state for turn in conversations.turns("here")]
    assert states[0] is TurnState.PURGED


def test_a_record_of_an_earlier_version_is_shown(vault: Vault, make: Make) -> None:
    turn = ask(make(vault), QUESTION)
    assert turn.kept.body
    assert turn.progress
    assert turn.progress.answer
    answer = {
        name: turn.kept.body["answer"][name]
        for name in ("question", "collections", "abstained", "statements", "evidence")
    }
    for statement in answer["statements"]:
        statement.pop("reason")
    restored = recorded_answer("0" * 32, {"answer": answer})
    assert restored.statements == tuple(replace(s, reason="") for s in turn.progress.answer.statements)
