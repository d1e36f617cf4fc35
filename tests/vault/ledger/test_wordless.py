"""Where the settings keep content out of the log, records lose their words when nothing needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from rag.answer import Answerer
from rag.events import Done
from rag.replay import replay
from tests.documents import add_text, new_collection
from tests.vault.log.test_events import in_files
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import QuestionError
from vault.ledger.records import StoredRecord
from vault.log.key import USUAL_LOG, LogOptions
from vault.settings import Settings
from vault.vault import Vault

HASHES = LogOptions(content=False)
ASKED = "What quillonprax mare was sold?"
Opening = Callable[..., Vault]


def stored(vault: Vault, record: str) -> StoredRecord:
    """Return a record that is there."""
    found = vault.records.find(record)
    assert found is not None
    return found


@pytest.fixture
def opening(settings: Settings, embedder: Embedder) -> Iterator[Opening]:
    """Return a function that opens a vault in which a question can be asked."""
    with (
        Vault.create(settings.data, user="local", purpose="tests") as vault,
        new_collection(vault, "matter") as collection,
    ):
        add_text(collection, embedder, "mare.txt", "The chestnut mare was sold to Mr Hale in May.")
    stack = ExitStack()

    def opened(options: LogOptions = HASHES) -> Vault:
        stack.close()
        return stack.enter_context(Vault(settings.data, purpose="tests", log=options))

    yield opened
    stack.close()


@pytest.fixture
def answerer(embedder: Embedder, settings: Settings) -> Callable[[Vault], Answerer]:
    return lambda vault: Answerer(vault, embedder, settings.model_copy(update={"abstain_below": 0.0}))


def asked(answerer: Answerer) -> str:
    (done,) = [event for event in answerer.ask(ASKED, ["matter"], "local") if isinstance(event, Done)]
    return done.answer.record


def test_a_record_loses_its_words_when_the_vault_is_closed_and_is_replayed_by_its_question(
    opening: Opening, answerer: Callable[[Vault], Answerer], embedder: Embedder
) -> None:
    vault = opening()
    data: Path = vault.data
    record = asked(answerer(vault))
    assert stored(vault, record).body["answer"]["question"] == ASKED, "it may be shown for some minutes"
    vault.close()
    assert b"quillonprax" not in in_files(data)
    vault = opening()
    assert vault.log.verify().intact
    kept = stored(vault, record)
    assert kept.body["kept"] == "hashes" and "chestnut" not in str(kept)
    for wrong in ("", "What mare?"):
        with pytest.raises(QuestionError, match="only hashes are kept"):
            replay(answerer(vault), kept, user="local", question=wrong)
    assert replay(answerer(vault), kept, user="local", question=ASKED).same
    with vault.open_collection("matter", user="local", action=Action.INGEST) as collection:
        add_text(collection, embedder, "other.txt", "The quillonprax mare was sold to Mrs Vane in June.")
    found = replay(answerer(vault), kept, user="local", question=ASKED)
    assert not found.same and "quillonprax" not in str(found)


def test_words_stay_while_a_conversation_shows_them_or_the_answer_is_approved(
    opening: Opening, answerer: Callable[[Vault], Answerer]
) -> None:
    vault = opening()
    shown, approved, other = (asked(answerer(vault)) for _ in range(3))
    turn = vault.conversations.begin("here", ASKED, ["matter"], None, user="local")
    vault.conversations.answer(turn, shown)
    vault.records.approve(approved, user="local")
    vault = opening()

    def worded() -> list[bool]:
        return ["kept" not in stored(vault, one).body for one in (shown, approved, other)]

    assert worded() == [True, True, False]
    vault.conversations.clear("here", user="local")
    vault.records.approve(approved, user="local", approved=False)
    vault = opening()
    assert worded() == [False, False, False] and vault.log.verify().intact


def test_words_are_kept_where_the_settings_keep_them(
    opening: Opening, answerer: Callable[[Vault], Answerer]
) -> None:
    vault = opening(USUAL_LOG)
    record = asked(answerer(vault))
    assert stored(opening(USUAL_LOG), record).body["answer"]["question"] == ASKED
