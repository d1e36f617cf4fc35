"""Uploads with names that the collection has already: when the user is asked, and what each choice does."""

from __future__ import annotations

import pytest

from ingest.same_names import Choice
from tests.ui.services.upload_setup import UploadSetup, incoming
from ui.services.upload_receiver import UploadOutcome
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import UploadNotFound
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

OLD, NEW = "The rent is 800 pounds.", "The rent is 900 pounds."


@pytest.mark.parametrize(
    ("choice", "states"),
    [
        (Choice.REPLACE, {"rent.txt": ["ready", "superseded"], "fee.txt": ["ready"]}),
        (Choice.BOTH, {"rent.txt": ["ready"], "rent (2).txt": ["ready"], "fee.txt": ["ready"]}),
        (Choice.LEAVE_OUT, {"rent.txt": ["ready"], "fee.txt": ["ready"]}),
    ],
)
def test_a_changed_file_with_a_known_name_waits_for_a_choice(
    setup: UploadSetup, choice: Choice, states: dict[str, list[str]]
) -> None:
    assert setup.add(("rent.txt", OLD)) is UploadOutcome.BEGUN
    setup.wait()
    assert setup.add(("rent.txt", NEW), ("fee.txt", "The fee is due.")) is UploadOutcome.ASKS
    (conflict,) = setup.receiver.conflicts("matter", "local")
    assert (conflict.files, [(one.file.name, one.version) for one in conflict.same]) == (2, [("rent.txt", 1)])
    assert setup.states() == {"rent.txt": ["ready"]}
    assert setup.receiver.resolve(conflict.upload, "matter", {0: choice}, "local") is UploadOutcome.BEGUN
    setup.wait()
    assert setup.states() == states
    assert setup.receiver.conflicts("matter", "local") == []


def test_a_document_that_is_being_deleted_causes_no_conflict(setup: UploadSetup, vault: Vault) -> None:
    setup.add(("rent.txt", OLD))
    setup.wait()
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        (rent,) = collection.catalogue.documents()
    vault.begin_purge("matter", [rent.sha256], user="local")
    assert setup.add(("rent.txt", NEW)) is UploadOutcome.BEGUN


def test_the_same_bytes_under_the_same_name_are_no_conflict(setup: UploadSetup) -> None:
    setup.add(("rent.txt", OLD))
    assert setup.add(("rent.txt", OLD)) is UploadOutcome.BEGUN  # while the first one waits
    setup.wait()
    assert setup.add(("rent.txt", OLD)) is UploadOutcome.BEGUN
    assert (setup.wait().skipped, setup.states()) == (1, {"rent.txt": ["ready"]})


def test_a_name_uploaded_again_before_the_first_file_was_read_is_a_conflict(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    setup = UploadSetup(vault, settings, embedder)
    setup.jobs.close()  # nothing is read any more
    assert setup.add(("rent.txt", OLD)) is UploadOutcome.BEGUN
    assert setup.add(("rent.txt", NEW)) is UploadOutcome.ASKS
    (conflict,) = setup.receiver.conflicts("matter", "local")
    assert [(one.version, one.added) for one in conflict.same] == [(1, "")]


def test_a_conflict_survives_a_restart_and_ends_with_its_document(
    vault: Vault, settings: Settings, embedder: Embedder
) -> None:
    vault.create_collection("matter", user="local")
    first = UploadSetup(vault, settings, embedder)
    first.add(("rent.txt", OLD))
    first.wait()
    first.add(("rent.txt", NEW))
    first.jobs.close()
    vault.close()
    with Vault(settings.data, purpose="test") as again:
        setup = UploadSetup(again, settings, embedder)
        (conflict,) = setup.receiver.conflicts("matter", "local")
        with again.open_collection("matter", user="local", action=Action.SEARCH) as opened:
            (there,) = opened.catalogue.documents()
        again.purge("matter", [there.sha256], user="local")
        assert setup.receiver.conflicts("matter", "local") == []
        setup.wait()
        assert setup.states() == {"rent.txt": ["ready"]}
        with pytest.raises(UploadNotFound):
            setup.receiver.resolve(conflict.upload, "matter", {0: Choice.BOTH}, "local")
        setup.jobs.close()


def test_purging_also_removes_files_that_wait_for_a_choice(
    vault: Vault, settings: Settings, embedder: Embedder
) -> None:
    vault.create_collection("matter", user="local")
    setup = UploadSetup(vault, settings, embedder)
    setup.add(("rent.txt", OLD), ("fee.txt", "The canary fee is due."))
    setup.wait()
    setup.add(("rent.txt", NEW), ("fee again.txt", "The canary fee is due."))
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        fee = next(d for d in collection.catalogue.documents() if d.name == "fee.txt")
    setup.vault.purge("matter", [fee.sha256], user="local")
    assert not any(b"canary" in path.read_bytes() for path in incoming(settings))
    (conflict,) = setup.receiver.conflicts("matter", "local")
    assert (conflict.files, len(conflict.same)) == (1, 1)
    vault.delete_collection("matter", user="local")
    assert incoming(settings) == []
    setup.jobs.close()
