"""Jobs that commands follow through the socket: interrupted, shared, ended, of others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent
from tests.ui.interface.conftest import Serve
from tests.ui.services.test_shared_jobs import JobServer
from tests.uploads import stored
from tests.waiting import PATIENCE, until
from ui.interface.client.owner import OwnerClient
from ui.interface.schemas.jobs import NewJob
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, HandoverFailed, JobNotFound, VaultOwned
from vault.ledger.jobs import JobState, Task
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


@pytest.fixture
def server(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder, tmp_path: Path, serve: Serve
) -> Iterator[JobServer]:
    """Return jobs whose worker waits in the first one, reached through the socket."""
    made = JobServer(vault, settings, embedder, tmp_path)
    serve(jobs=made.jobs)
    yield made
    made.go_on.set()
    made.jobs.close()


@pytest.fixture
def client(settings: Settings, server: JobServer) -> Iterator[OwnerClient]:
    with OwnerClient(settings.data, "local") as connected:
        yield connected


def interrupt(_: IngestEvent) -> None:
    raise KeyboardInterrupt


def new_job(server: JobServer, name: str, *texts: str) -> NewJob:
    return NewJob(collection="matter", task=server.task(name, *texts))


def state(server: JobServer) -> JobState:
    """Return the state of the latest job."""
    return server.vault.jobs.all(user="local")[0].state


def test_a_job_that_is_interrupted_stops_and_is_continued_by_the_same_command(
    server: JobServer, client: OwnerClient
) -> None:
    wanted = new_job(server, "inbox", "The fee is due in May.", "The rent is due in June.")
    with pytest.raises(KeyboardInterrupt):
        client.jobs.run(wanted, interrupt)
    server.go_on.set()
    until(lambda: state(server) is JobState.STOPPED)
    events: list[IngestEvent] = []
    report = client.jobs.run(wanted, events.append)
    assert (report.ready + report.skipped, report.failed) == (2, [])
    assert [one.state for one in client.jobs.all()] == [JobState.DONE]
    assert {type(event) for event in events} >= {FilesFound, FileDone}


def test_a_job_goes_on_while_another_command_follows_it(server: JobServer, settings: Settings) -> None:
    wanted, begun = new_job(server, "inbox", "The fee is due in May."), threading.Event()

    def wait(_: IngestEvent) -> None:
        begun.set()

    with (
        OwnerClient(settings.data, "local") as one,
        OwnerClient(settings.data, "local") as other,
        ThreadPoolExecutor() as beside,
    ):
        third = server.ask(server.task("third", "The bell is rung at noon."))  # both others are queued
        staying = beside.submit(one.jobs.run, wanted, wait)
        assert begun.wait(PATIENCE)
        with pytest.raises(KeyboardInterrupt):
            other.jobs.run(wanted, interrupt)
        server.go_on.set()
        assert staying.result(PATIENCE).ready == 1
        assert third.report().ready == 1


def test_an_upload_of_the_page_is_not_stopped_by_a_command_that_followed_it(
    server: JobServer, vault: Vault
) -> None:
    upload = stored(vault, "matter", ("a.txt", "The fee is due in May."))
    uploaded = server.jobs.submit("matter", "local", upload)
    shared = server.jobs.begin("matter", Task((), upload=upload), "local")
    assert shared.id == uploaded.id
    server.jobs.follow(shared.id, print)
    server.jobs.leave(shared.id, print, stop=True)
    server.go_on.set()
    until(lambda: state(server) is JobState.DONE)


def test_a_job_that_ended_before_it_was_followed_gives_all_events_and_its_report(
    server: JobServer, client: OwnerClient
) -> None:
    server.go_on.set()
    wanted = new_job(server, "inbox", "The fee is due in May.", "")
    first = client.jobs.run(wanted, lambda _: None)
    events: list[IngestEvent | object] = []
    server.jobs.follow(first.job, events.append)
    kinds = [type(event) for event in events]
    assert kinds.count(FileDone) == 2 and FileStarted not in kinds
    assert (first.ready, [Path(one.path).name for one in first.failed]) == (1, ["1.txt"])
    assert client.jobs.find(first.job[:6]).state is JobState.DONE


def test_jobs_are_begun_and_followed_only_by_those_who_may(
    server: JobServer, client: OwnerClient, settings: Settings, vault: Vault
) -> None:
    server.go_on.set()
    report = client.jobs.run(new_job(server, "inbox", "The fee is due in May."), lambda _: None)
    with pytest.raises(CollectionNotFound):
        client.jobs.run(NewJob(collection="WRONG", task=Task(("/tmp",))), interrupt)
    vault.members.add_user("reader")
    vault.members.set_member("matter", "reader", Role.READER, user="local")
    with OwnerClient(settings.data, "reader") as other:
        with pytest.raises(AccessDenied):
            other.jobs.run(new_job(server, "theirs", "The bell is rung."), interrupt)
        with pytest.raises(JobNotFound):
            other.jobs.find(report.job)
        assert other.jobs.all() == []


def test_commands_that_wait_learn_that_the_server_ends(server: JobServer, settings: Settings) -> None:
    server.ask(server.task("third", "The bell is rung at noon."))
    assert server.begun.wait(PATIENCE)
    begun = threading.Event()
    wanted = new_job(server, "inbox", "The fee is due in May.")
    with OwnerClient(settings.data, "local") as client, ThreadPoolExecutor() as beside:
        waiting = beside.submit(client.jobs.run, wanted, lambda _: begun.set())
        assert begun.wait(PATIENCE)
        closed = beside.submit(server.jobs.close)
        until(lambda: server.jobs._stopping.is_set())
        server.go_on.set()
        with pytest.raises(HandoverFailed, match="server was stopped"):
            waiting.result(PATIENCE)
        closed.result(PATIENCE)


def test_a_process_that_runs_only_its_own_job_takes_no_other(
    serve: Serve, settings: Settings, collection: Collection
) -> None:
    serve()
    with (
        OwnerClient(settings.data, "local") as client,
        pytest.raises(VaultOwned, match=r"in use by process .* runs no job of others"),
    ):
        client.jobs.run(NewJob(collection="matter", task=Task(("/tmp",))), interrupt)
