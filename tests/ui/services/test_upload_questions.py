"""A name that is there already: what is asked of an upload, and what becomes of each choice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.same_names import Choice
from tests.ui.services.upload_desk import Desk, incoming
from ui.services.uploading import Outcome
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import UploadNotFound
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

OLD, NEW = "The rent is 800 pounds.", "The rent is 900 pounds."


@pytest.fixture
def desk(vault: Vault, collection: Collection, settings: Settings, embedder: Embedder) -> Iterator[Desk]:
    made = Desk(vault, settings, embedder)
    yield made
    made.jobs.close()


@pytest.mark.parametrize(
    ("choice", "states"),
    [
        (Choice.REPLACE, {"rent.txt": ["ready", "superseded"], "fee.txt": ["ready"]}),
        (Choice.BOTH, {"rent.txt": ["ready"], "rent (2).txt": ["ready"], "fee.txt": ["ready"]}),
        (Choice.LEAVE_OUT, {"rent.txt": ["ready"], "fee.txt": ["ready"]}),
    ],
)
def test_a_changed_file_under_a_name_that_is_there_waits_for_a_choice(
    desk: Desk, choice: Choice, states: dict[str, list[str]]
) -> None:
    assert desk.add(("rent.txt", OLD)) is Outcome.BEGUN
    desk.wait()
    assert desk.add(("rent.txt", NEW), ("fee.txt", "The fee is due.")) is Outcome.ASKS
    (question,) = desk.uploading.questions("matter", "local")
    assert (question.files, [(one.file.name, one.version) for one in question.same]) == (2, [("rent.txt", 1)])
    assert desk.states() == {"rent.txt": ["ready"]}
    assert desk.uploading.decide(question.upload, "matter", {0: choice}, "local") is Outcome.BEGUN
    desk.wait()
    assert desk.states() == states
    assert desk.uploading.questions("matter", "local") == []


def test_a_document_that_is_being_deleted_is_not_asked_about(desk: Desk, vault: Vault) -> None:
    desk.add(("rent.txt", OLD))
    desk.wait()
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        (rent,) = collection.catalogue.documents()
    vault.begin_purge("matter", [rent.sha256], user="local")
    assert desk.add(("rent.txt", NEW)) is Outcome.BEGUN


def test_the_same_bytes_under_the_same_name_are_no_question(desk: Desk) -> None:
    desk.add(("rent.txt", OLD))
    assert desk.add(("rent.txt", OLD)) is Outcome.BEGUN  # while the first one waits
    desk.wait()
    assert desk.add(("rent.txt", OLD)) is Outcome.BEGUN
    assert (desk.wait().skipped, desk.states()) == (1, {"rent.txt": ["ready"]})


def test_a_name_that_is_uploaded_again_while_the_first_waits_to_be_read_is_asked_about(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    desk = Desk(vault, settings, embedder)
    desk.jobs.close()  # nothing is read any more
    assert desk.add(("rent.txt", OLD)) is Outcome.BEGUN
    assert desk.add(("rent.txt", NEW)) is Outcome.ASKS
    (question,) = desk.uploading.questions("matter", "local")
    assert [(one.version, one.added) for one in question.same] == [(1, "")]


def test_a_question_outlives_the_server_and_ends_with_the_document_it_is_about(
    vault: Vault, settings: Settings, embedder: Embedder
) -> None:
    vault.create_collection("matter", user="local")
    first = Desk(vault, settings, embedder)
    first.add(("rent.txt", OLD))
    first.wait()
    first.add(("rent.txt", NEW))
    first.jobs.close()
    vault.close()
    with Vault(settings.data, purpose="test") as again:
        desk = Desk(again, settings, embedder)
        (question,) = desk.uploading.questions("matter", "local")
        with again.open_collection("matter", user="local", action=Action.SEARCH) as opened:
            (there,) = opened.catalogue.documents()
        again.purge("matter", [there.sha256], user="local")
        assert desk.uploading.questions("matter", "local") == []
        desk.wait()
        assert desk.states() == {"rent.txt": ["ready"]}
        with pytest.raises(UploadNotFound):
            desk.uploading.decide(question.upload, "matter", {0: Choice.BOTH}, "local")
        desk.jobs.close()


def test_purging_takes_what_waits_for_a_choice_with_it(
    vault: Vault, settings: Settings, embedder: Embedder
) -> None:
    vault.create_collection("matter", user="local")
    desk = Desk(vault, settings, embedder)
    desk.add(("rent.txt", OLD), ("fee.txt", "The canary fee is due."))
    desk.wait()
    desk.add(("rent.txt", NEW), ("fee again.txt", "The canary fee is due."))
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        fee = next(d for d in collection.catalogue.documents() if d.name == "fee.txt")
    desk.vault.purge("matter", [fee.sha256], user="local")
    assert not any(b"canary" in path.read_bytes() for path in incoming(settings))
    (question,) = desk.uploading.questions("matter", "local")
    assert (question.files, len(question.same)) == (1, 1)
    vault.delete_collection("matter", user="local")
    assert incoming(settings) == []
    desk.jobs.close()
