"""A legal hold refuses that something is deleted or replaced, until it is released with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.job import run_job
from ingest.parsing.pool import ParserPool
from tests.documents import add_text, new_collection
from vault.access import Action, Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, Held, HoldNotFound, RequestInvalid
from vault.ledger.holds import Hold
from vault.ledger.jobs import Task
from vault.log.events import Event
from vault.log.selection import Selection
from vault.records import Document, DocumentState
from vault.settings import Settings
from vault.vault import Vault


@pytest.fixture
def lease(vault: Vault, embedder: Embedder) -> Document:
    """Add two documents to a collection and return one."""
    with new_collection(vault, "matter") as collection:
        add_text(collection, embedder, "other.txt", "The boathouse is let.")
        return add_text(collection, embedder, "lease.txt", "The rent is due in May.")


def documents(vault: Vault) -> dict[str, Document]:
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        return {document.name: document for document in collection.catalogue.documents()}


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_held_is_not_deleted_until_the_hold_is_released(
    whole: bool, vault: Vault, lease: Document
) -> None:
    hold = vault.holds.set("matter", "Hale v Vane", user="local", sha256="" if whole else lease.sha256)
    for refused in (
        lambda: vault.purge("matter", [lease.sha256], user="local"),
        lambda: vault.begin_purge(
            "matter", [documents(vault)["other.txt"].sha256, lease.sha256], user="local"
        ),
        lambda: vault.delete_collection("matter", user="local"),
    ):
        with pytest.raises(Held, match=hold.id):
            refused()
    assert len(documents(vault)) == 2
    said = vault.log.entries(Selection(events=(Event.HOLD_REFUSED,)))
    assert [(entry.user, entry.result, entry.facts["hold"]) for entry in said] == [
        ("local", "denied", hold.id)
    ] * 3
    if not whole:
        vault.purge("matter", [documents(vault)["other.txt"].sha256], user="local")
    vault.holds.release(hold.id[:4], "Settled", user="local")
    vault.purge("matter", [lease.sha256], user="local")
    vault.delete_collection("matter", user="local")
    assert vault.log.verify().intact


def test_a_newer_version_does_not_replace_a_document_under_hold(
    vault: Vault, embedder: Embedder, settings: Settings, parsers: ParserPool, tmp_path: Path
) -> None:
    vault.create_collection("matter", user="local")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    file, copy = inbox / "lease.txt", inbox / "copy.txt"

    def ingest() -> list[str]:
        job = vault.begin_job("matter", Task((str(inbox),)), user="local")
        return [failure.reason for failure in run_job(vault, job, embedder, settings, parsers=parsers).failed]

    file.write_text("The rent of nine hundred pounds is due in May.")
    copy.write_text("The rent of eleven hundred pounds is due in June.")
    assert ingest() == []
    old = documents(vault)["lease.txt"]
    hold = vault.holds.set("matter", "Hale v Vane", user="local", sha256=old.sha256)
    for changed in ("The rent of nine hundred pounds is due in July.", copy.read_text()):
        file.write_text(changed)
        (reason,) = ingest()
        assert hold.id in reason
        assert documents(vault)["lease.txt"].sha256 == old.sha256
        assert documents(vault)["lease.txt"].state is DocumentState.READY
    vault.holds.release(hold.id, "Settled", user="local")
    file.write_text("The rent of nine hundred pounds is due in July.")
    assert ingest() == []
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        assert collection.catalogue.document(old.sha256).state is DocumentState.SUPERSEDED


def test_only_managers_set_and_release_holds_and_members_see_them(vault: Vault, lease: Document) -> None:
    vault.members.add_user("reader")
    vault.members.add_user("stranger")
    vault.members.set_member("matter", "reader", Role.READER, user="local")
    hold = vault.holds.set("matter", "Hale v Vane", user="local", sha256=lease.sha256)
    assert vault.holds.all(user="reader") == [hold] and vault.holds.all(user="stranger") == []
    for user, error in (("reader", AccessDenied), ("stranger", CollectionNotFound)):
        with pytest.raises(error):
            vault.holds.set("matter", "because", user=user)
        with pytest.raises(error):
            vault.holds.keep_until("matter", date(2030, 1, 1), user=user)
    with pytest.raises(AccessDenied):
        vault.holds.release(hold.id, "because", user="reader")
    with pytest.raises(HoldNotFound):
        vault.holds.release(hold.id, "because", user="stranger")
    with pytest.raises(HoldNotFound, match="'abc'"):
        vault.holds.release("abc", "because", user="local")
    for act in (lambda: vault.holds.release(hold.id, " ", user="local"),
                lambda: vault.holds.set("matter", "", user="local")):  # fmt: skip
        with pytest.raises(RequestInvalid, match="give a reason"):
            act()
    assert vault.holds.all(user="local") == [hold]


def test_the_log_keeps_the_reasons(vault: Vault, lease: Document) -> None:
    hold: Hold = vault.holds.set("matter", "Hale v Vane", user="local")
    vault.holds.release(hold.id, "Settled", user="local")
    said = {entry.event: entry.content for entry in vault.log.entries(Selection(events=("hold",)))}
    assert said == {"hold.set": {"reason": "Hale v Vane"}, "hold.released": {"reason": "Settled"}}


def test_retention_dates_list_what_is_due(vault: Vault, lease: Document) -> None:
    vault.holds.keep_until("matter", date(2036, 12, 31), user="local")
    vault.holds.keep_until("matter", date(2031, 5, 1), user="local", sha256=lease.sha256)
    vault.holds.set("matter", "Hale v Vane", user="local", sha256=lease.sha256)

    def due(day: date | None) -> list[tuple[str, str, bool]]:
        return [(one.sha256, one.until, one.held) for one in vault.holds.retention(user="local", due=day)]

    both = [(lease.sha256, "2031-05-01", True), ("", "2036-12-31", True)]
    assert due(None) == both
    assert due(date(2031, 5, 1)) == [] and due(date(2031, 5, 2)) == both[:1] and due(date(2040, 1, 1)) == both
    vault.holds.keep_until("matter", None, user="local")
    assert due(None) == both[:1]
    (hold,) = vault.holds.all(user="local")
    vault.holds.release(hold.id, "Settled", user="local")
    vault.purge("matter", [lease.sha256], user="local")
    assert due(None) == [], "a document that is gone is not due"
    events = [entry.facts["until"] for entry in vault.log.entries(Selection(events=(Event.RETENTION_SET,)))]
    assert events == [None, "2031-05-01", "2036-12-31"]
