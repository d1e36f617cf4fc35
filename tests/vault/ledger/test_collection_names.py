"""Renamed and archived collections: what stays, and what names lead to."""

from __future__ import annotations

import pytest

from tests.vault.ledger.test_purges import where
from vault.access import Action, Reason, Role
from vault.errors import AccessDenied, CollectionExists, CollectionNameInvalid, CollectionNotFound, JobRuns
from vault.ledger.jobs import JobState, Task
from vault.settings import Settings
from vault.vault import Vault


def test_a_renamed_collection_is_the_same_under_its_new_name(vault: Vault) -> None:
    made = vault.create_collection("Smith", user="local")
    with vault.open_collection("Smith", user="local", action=Action.SEARCH) as before:
        assert before.name == "Smith"
    assert vault.names.rename("Smith", "Smith v Jones", user="local").id == made.id
    with vault.open_collection("smith v jones", user="local", action=Action.SEARCH) as after:
        assert (after, after.name) == (before, "Smith v Jones")
    with pytest.raises(CollectionNotFound, match="'Smith' is now called 'Smith v Jones'"):
        vault.members.authorise("Smith", user="local", action=Action.SEARCH)
    assert vault.members.present_name("Smith", user="local") == "Smith v Jones"


def test_a_stranger_learns_nothing_from_a_former_name(vault: Vault) -> None:
    vault.create_collection("Smith", user="local")
    vault.accounts.add("ana", user="local", password=False)
    vault.names.rename("Smith", "Jones", user="local")
    for name in ("Smith", "Jones", "Miller"):
        with pytest.raises(CollectionNotFound, match=f"There is no collection named '{name}' for user 'ana'"):
            vault.members.authorise(name, user="ana", action=Action.SEARCH)
        assert vault.members.present_name(name, user="ana") == name


def test_a_name_that_a_collection_had_stays_its_own(vault: Vault) -> None:
    vault.create_collection("Smith", user="local")
    vault.names.rename("Smith", "Jones", user="local")
    with pytest.raises(CollectionExists):
        vault.create_collection("smith", user="local")
    vault.create_collection("Miller", user="local")
    for taken in ("Smith", "JONES"):
        with pytest.raises(CollectionExists):
            vault.names.rename("Miller", taken, user="local")
    assert vault.names.rename("Jones", "Smith", user="local").name == "Smith"
    assert vault.names.rename("Smith", "SMITH", user="local").name == "SMITH"
    with pytest.raises(CollectionNameInvalid):
        vault.names.rename("Smith", "../up", user="local")


def test_a_collection_is_not_renamed_while_files_are_added(vault: Vault) -> None:
    vault.create_collection("Smith", user="local")
    job = vault.begin_job("Smith", Task(("/papers",)), user="local")
    with pytest.raises(JobRuns):
        vault.names.rename("Smith", "Jones", user="local")
    vault.jobs.end(job, JobState.DONE, seconds=1)
    vault.names.rename("Smith", "Jones", user="local")
    assert vault.jobs.find(job.id, user="local").collection == "Jones"


def test_an_archived_collection_is_searched_and_takes_nothing(vault: Vault) -> None:
    vault.create_collection("Smith", user="local")
    assert vault.names.archive("Smith", user="local").archived
    (entry,) = vault.members.collections(user="local")
    assert entry.archived
    with vault.open_collection("Smith", user="local", action=Action.SEARCH):
        pass
    assert vault.members.decide("Smith", user="local", action=Action.INGEST).reason is Reason.ARCHIVED
    with pytest.raises(AccessDenied, match="archived"):
        vault.begin_job("Smith", Task(("/papers",)), user="local")
    assert not vault.names.archive("Smith", user="local", archived=False).archived
    assert vault.begin_job("Smith", Task(("/papers",)), user="local")


@pytest.mark.parametrize("role", [Role.READER, Role.CONTRIBUTOR])
def test_only_managers_rename_and_archive(vault: Vault, role: Role) -> None:
    vault.create_collection("Smith", user="local")
    vault.accounts.add("ana", user="local", password=False)
    vault.members.set_member("Smith", "ana", role, user="local")
    with pytest.raises(AccessDenied):
        vault.names.rename("Smith", "Jones", user="ana")
    with pytest.raises(AccessDenied):
        vault.names.archive("Smith", user="ana")


def test_a_deleted_collection_leaves_none_of_its_names(vault: Vault, settings: Settings) -> None:
    vault.create_collection("Quillonprax", user="local")
    vault.names.rename("Quillonprax", "Vesperbrood", user="local")
    vault.delete_collection("Vesperbrood", user="local")
    vault.create_collection("Quillonprax", user="local")
    vault.delete_collection("Quillonprax", user="local")
    vault.close()
    assert not any(where(settings.data, b"Quillonprax", b"Vesperbrood").values())
