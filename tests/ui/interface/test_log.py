"""The log and holds through the socket of the process that owns the vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from rag.answer import Answerer
from rag.events import Done
from tests.documents import add_text
from ui.interface.client.owner import OwnerClient
from ui.interface.operations.owner import Operations
from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.base import as_json
from ui.interface.schemas.documents import Purge
from ui.interface.schemas.holds import HoldRelease, NewHold, NewRetention
from ui.interface.schemas.log import LogCheck, LogQuery, ReplayRequest
from ui.interface.socket_server import SocketServer
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, HeadInvalid, Held, HoldNotFound, RecordNotFound
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


@pytest.fixture
def workplace(
    vault: Vault, settings: Settings, embedder: Embedder, collection: Collection
) -> Iterator[Workplace]:
    """Serve a vault in which a question was asked."""
    add_text(collection, embedder, "lease.txt", "The rent of nine hundred pounds is due in May.")
    answering = Answerer(vault, embedder, settings.model_copy(update={"abstain_below": 0.0}))
    assert any(isinstance(event, Done) for event in answering.ask("What is due?", ["matter"], "local"))
    made = Workplace(vault, settings, lambda: embedder, lambda: answering)
    with SocketServer(made):
        yield made


@pytest.fixture
def client(workplace: Workplace) -> Iterator[OwnerClient]:
    with OwnerClient(workplace.settings.data, "local") as connected:
        yield connected


def test_the_client_gets_what_the_operations_give(client: OwnerClient, workplace: Workplace) -> None:
    here = Operations(workplace, "local")
    query = LogQuery(events=["question"], limit=5)
    (entry,) = client.log.entries(query)
    assert as_json([entry]) == as_json(here.log.entries(query)) and entry.collections == ["matter"]
    assert client.log.head() == here.log.head()
    record = client.log.record(entry.record[:6])
    assert record == here.log.record(entry.record) and record.body["answer"]["question"] == "What is due?"
    assert client.log.verify(LogCheck(heads=[here.log.head().head])).intact
    replayed = client.log.replay(ReplayRequest(record=entry.record))
    assert replayed.same and replayed.record == entry.record != replayed.again


def test_holds_and_dates_are_set_and_refuse_through_the_socket(client: OwnerClient) -> None:
    (document,) = client.documents.all("matter")
    hold = client.holds.set(NewHold(collection="matter", document=document.sha256[:8], reason="Hale v Vane"))
    assert client.holds.all() == [hold] and hold.document == document.sha256
    with pytest.raises(Held, match=hold.id):
        client.documents.purge(Purge(collection="matter", sha256s=[document.sha256]))
    assert client.holds.release(HoldRelease(hold=hold.id, reason="Settled")) == hold
    client.holds.keep_until(NewRetention(collection="matter", until=date(2001, 1, 1)))
    (due,) = client.holds.retention(due=True)
    assert (due.collection, due.until, due.document) == ("matter", "2001-01-01", "")


def test_errors_keep_their_class(client: OwnerClient, workplace: Workplace, vault: Vault) -> None:
    with pytest.raises(HeadInvalid):
        client.log.verify(LogCheck(heads=["x"]))
    for beginning in ("../../vault.db", "", "a/b?c"):
        with pytest.raises(RecordNotFound):
            client.log.record(beginning)
    with pytest.raises(HoldNotFound):
        client.holds.release(HoldRelease(hold="abcd", reason="Settled"))
    vault.members.add_user("ana")
    with OwnerClient(workplace.settings.data, "ana") as stranger:
        for ask in (
            lambda: stranger.log.entries(LogQuery()),
            stranger.log.head,
            lambda: stranger.log.verify(LogCheck()),
        ):
            with pytest.raises(AccessDenied):
                ask()
        assert stranger.holds.all() == [] and stranger.holds.retention() == []
