"""Approved answers as examples to train on."""

from collections.abc import Callable

import pytest

from rag.answer import Answerer
from rag.events import Answer, Done
from rag.models.training_rows import training_rows
from rag.refusal import REFUSAL
from tests.documents import add_text
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.errors import RecordNotFound
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

LEASE = "The rent is 900 pounds a month.\n\nThe tenant shall keep the roof in repair."


@pytest.fixture
def ask(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> Callable[[str], Answer]:
    add_text(collection, embedder, "lease.txt", LEASE)

    def one(question: str) -> Answer:
        *_, done = Answerer(vault, embedder, settings).ask(question, ["matter"], "local")
        assert isinstance(done, Done)
        return done.answer

    return one


def test_an_approved_answer_is_a_row_with_its_passages(vault: Vault, ask: Callable[[str], Answer]) -> None:
    answer = ask("What is the rent?")
    ask("Who repairs the roof?")
    vault.records.approve(answer.record[:8], user="local")
    (row,) = training_rows(vault, "local")
    assert row["record"] == answer.record
    assert row["question"] == "What is the rent?"
    assert row["passages"][0]["document"] == "lease.txt"
    assert "The rent is 900 pounds a month." in row["passages"][0]["text"]
    assert row["answer"].startswith("The rent is 900 pounds a month. [1]")


def test_an_approved_refusal_teaches_to_refuse(vault: Vault, ask: Callable[[str], Answer]) -> None:
    answer = ask("Which antibiotic was given before the operation?")
    assert answer.abstained
    vault.records.approve(answer.record, user="local")
    (row,) = training_rows(vault, "local")
    assert row["answer"] == REFUSAL


def test_an_approval_is_taken_back_and_other_collections_are_left_out(
    vault: Vault, ask: Callable[[str], Answer]
) -> None:
    answer = ask("What is the rent?")
    vault.records.approve(answer.record, user="local")
    assert vault.records.is_approved(answer.record)
    assert list(training_rows(vault, "local", ["another"])) == []
    vault.records.approve(answer.record, user="local", approved=False)
    assert not vault.records.is_approved(answer.record)
    assert list(training_rows(vault, "local")) == []


def test_nothing_of_a_purged_document_is_given_out(
    vault: Vault, collection: Collection, ask: Callable[[str], Answer]
) -> None:
    vault.records.approve(ask("What is the rent?").record, user="local")
    (document,) = collection.catalogue.documents()
    vault.purge("matter", [document.sha256], user="local")
    assert list(training_rows(vault, "local")) == []


def test_only_the_one_who_asked_approves(vault: Vault, ask: Callable[[str], Answer]) -> None:
    answer = ask("What is the rent?")
    for user, beginning in (("stranger", answer.record), ("local", "zzzz"), ("local", answer.record[:2])):
        with pytest.raises(RecordNotFound, match="record"):
            vault.records.approve(beginning, user=user)
    vault.records.approve(answer.record, user="local")
    assert list(training_rows(vault, "stranger")) == []


def test_rows_go_with_a_renamed_collection_and_not_past_a_wall(
    vault: Vault, ask: Callable[[str], Answer]
) -> None:
    for question in ("What is the rent?", "Which antibiotic was given before the operation?"):
        vault.records.approve(ask(question).record, user="local")
    before = list(training_rows(vault, "local"))
    assert len(before) == 2
    vault.accounts.add("partner", user="local", password=False)
    vault.members.set_member("matter", "partner", Role.MANAGER, user="local")
    vault.names.rename("matter", "Smith v Jones", user="local")
    assert list(training_rows(vault, "local")) == before
    vault.walls.raise_wall("Smith v Jones", "local", "conflict", user="partner")
    assert list(training_rows(vault, "local")) == []
