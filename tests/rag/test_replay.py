"""A record is asked again: the same answer is called the same, and what differs is named."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from rag.answer import Answerer
from rag.events import Done
from rag.replay import Replay, replay
from tests.documents import add_text, new_collection
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound, RecordPurged
from vault.ledger.records import StoredRecord
from vault.settings import Settings
from vault.vault import Vault

RENT = "The rent of nine hundred pounds is due on the first day of May."
Replaying = Callable[..., Replay]


def stored(vault: Vault, record: str) -> StoredRecord:
    """Return a record that is there."""
    found = vault.records.find(record)
    assert found is not None
    return found


@pytest.fixture
def answerer(vault: Vault, embedder: Embedder, settings: Settings) -> Answerer:
    with new_collection(vault, "matter") as collection:
        add_text(collection, embedder, "lease.txt", RENT)
        add_text(
            collection, embedder, "roof.txt", "The roof of the boathouse is kept dry by the tenant in June."
        )
    return Answerer(vault, embedder, settings.model_copy(update={"abstain_below": 0.0}))


def asked(answerer: Answerer, question: str, **limits: object) -> str:
    (done,) = [
        event
        for event in answerer.ask(question, ["matter"], "local", **limits)
        if isinstance(event, Done)  # type: ignore[arg-type]
    ]
    return done.answer.record


@pytest.mark.parametrize(
    "question", ["What rent is due in May?", "Who keeps the roof dry in June?", "What of the moon?"]
)
def test_the_same_question_to_the_same_documents_has_the_same_answer(
    question: str, answerer: Answerer, vault: Vault
) -> None:
    found = replay(answerer, stored(vault, asked(answerer, question)), user="local")
    assert found.same and found.circumstances == () and found.again != found.record


def test_a_question_keeps_its_documents_and_the_labels_that_were_taken_away(
    answerer: Answerer, vault: Vault
) -> None:
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        (roof,) = [one for one in collection.catalogue.documents() if one.name == "roof.txt"]
    record = stored(vault, asked(answerer, "What is due in May?", documents=[roof.sha256]))
    found = replay(answerer, record, user="local")
    assert found.same
    assert stored(vault, found.again).body["documents"] == [roof.sha256]
    (label, *_) = record.body["answer"]["labels"]
    taken = asked(answerer, "What is due in May?", without=[label["key"]])
    again = replay(answerer, stored(vault, taken), user="local")
    assert again.same and stored(vault, again.again).body["answer"]["removed"] == [label]


def test_what_differs_is_named_with_what_it_was(
    answerer: Answerer, vault: Vault, embedder: Embedder, settings: Settings
) -> None:
    record = stored(vault, asked(answerer, "What rent is due in May?"))
    with vault.open_collection("matter", user="local", action=Action.INGEST) as collection:
        add_text(collection, embedder, "new.txt", "The rent that is due in May is one thousand pounds.")
    other = Answerer(vault, embedder, settings.model_copy(update={"evidence_sentences": 1}))
    found = replay(other, record, user="local")
    assert not found.same
    said = {one.what: (one.then, one.now) for one in (*found.answer, *found.circumstances)}
    assert said["searched documents"] == ("2", "3") and said["setting evidence_sentences"] == ("6", "1")
    assert any(RENT in then and RENT not in now for then, now in said.values())


def test_a_record_whose_words_were_purged_cannot_be_asked_again(answerer: Answerer, vault: Vault) -> None:
    record = asked(answerer, "What rent is due in May?")
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        (lease,) = [one for one in collection.catalogue.documents() if one.name == "lease.txt"]
    vault.purge("matter", [lease.sha256], user="local")
    with pytest.raises(RecordPurged, match=record[:12]):
        replay(answerer, stored(vault, record), user="local")


def test_a_replay_asks_in_the_name_of_who_replays(answerer: Answerer, vault: Vault) -> None:
    record = stored(vault, asked(answerer, "What rent is due in May?"))
    vault.members.add_user("stranger")
    with pytest.raises(CollectionNotFound):
        replay(answerer, record, user="stranger")


def test_a_record_of_an_earlier_version_can_be_asked_again(answerer: Answerer, vault: Vault) -> None:
    body = json.loads(json.dumps(dict(stored(vault, asked(answerer, "What rent is due in May?")).body)))
    for part in ("documents", "named", "reader", "writing"):
        del body[part]
    for part in ("direct", "understood", "labels", "removed"):
        del body["answer"][part]
    earlier = vault.records.add(user="local", question="What rent is due in May?", body=body)
    found = replay(answerer, stored(vault, earlier), user="local")
    assert {one.what for one in found.answer} <= {"direct answer"}
