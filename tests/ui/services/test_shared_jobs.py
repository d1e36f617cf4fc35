"""Commands that ask for the same job while it is queued or running: each learns how it ends."""

from __future__ import annotations

import json
import queue
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ingest.report import FileDone, IngestEvent, IngestReport
from tests.ui.cli.command import Running, incamera_json, running
from tests.ui.cli.test_jobs import originals, served
from tests.waiting import PATIENCE, until
from ui.services.jobs import Jobs
from vault.embedding.embedder import Embedder
from vault.errors import HandoverFailed
from vault.ledger.jobs import JobState, Task
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

Received = IngestEvent | IngestReport | Exception


class WaitingCommand:
    """A listener that waits for a job, as a command does."""

    def __init__(self) -> None:
        self.received: queue.SimpleQueue[Received] = queue.SimpleQueue()
        self.events: list[IngestEvent] = []

    def __call__(self, received: Received) -> None:
        self.received.put(received)

    def end(self) -> IngestReport | Exception:
        """Wait for the end of the job, and return the report or the error."""
        while True:
            received = self.received.get(timeout=PATIENCE)
            if isinstance(received, IngestReport | Exception):
                return received
            self.events.append(received)

    def report(self) -> IngestReport:
        end = self.end()
        assert isinstance(end, IngestReport), end
        return end


class JobServer:
    """The jobs of a server whose worker waits in the first job until `go_on` is set."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Embedder, folder: Path) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.vault, self.folder, self._embedder = vault, folder, embedder
        self.jobs = Jobs(vault, settings, self._slow)

    def _slow(self) -> Embedder:
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        return self._embedder

    def task(self, name: str, *texts: str) -> Task:
        """Create a folder with one file for each text, and return its task."""
        (self.folder / name).mkdir()
        for number, text in enumerate(texts):
            (self.folder / name / f"{number}.txt").write_text(text)
        return Task((str(self.folder / name),))

    def ask(self, task: Task) -> WaitingCommand:
        command = WaitingCommand()
        self.jobs.follow(self.jobs.begin("matter", task, "local").id, command)
        return command

    def all(self) -> list[tuple[JobState, int, int]]:
        """Return (state, ready, skipped) of every job."""
        return [(job.state, job.ready, job.skipped) for job in self.vault.jobs.all(user="local")]


@pytest.fixture
def server(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder, tmp_path: Path
) -> Iterator[JobServer]:
    made = JobServer(vault, settings, embedder, tmp_path)
    yield made
    made.go_on.set()
    made.jobs.close()


def test_two_identical_jobs_behind_a_third_run_once_and_both_commands_get_the_report(
    server: JobServer,
) -> None:
    third = server.ask(server.task("third", "The bell is rung at noon."))
    assert server.begun.wait(PATIENCE)
    task = server.task("inbox", "The fee is due in May.", "The rent is due in June.")
    one, other = server.ask(task), server.ask(task)
    server.go_on.set()
    assert third.report().ready == 1
    reports = one.report(), other.report()
    assert reports[0].job == reports[1].job
    assert [report.ready for report in reports] == [2, 2]
    for command in (one, other):
        assert len([event for event in command.events if isinstance(event, FileDone)]) == 2
    assert sorted(server.all()) == [(JobState.DONE, 1, 0), (JobState.DONE, 2, 0)]


def test_a_folder_that_is_being_read_is_read_again_for_a_later_command(server: JobServer) -> None:
    task = server.task("inbox", "The fee is due in May.")
    one = server.ask(task)
    assert server.begun.wait(PATIENCE)
    other, another = server.ask(task), server.ask(task)
    server.go_on.set()
    assert (one.report().ready, other.report().skipped, another.report().skipped) == (1, 1, 1)
    assert one.events
    assert sorted(server.all()) == [(JobState.DONE, 0, 1), (JobState.DONE, 1, 0)]
    assert (server.ask(task).report().skipped, len(server.all())) == (1, 3)


def test_every_command_learns_that_its_job_was_cancelled_or_the_server_ended(server: JobServer) -> None:
    server.ask(server.task("third", "The bell is rung at noon."))
    assert server.begun.wait(PATIENCE)
    cancelled, left = server.task("inbox", "The fee is due in May."), server.task("later", "The rent is due.")
    sharing = [server.ask(cancelled), server.ask(cancelled)]
    server.jobs.cancel(server.jobs.views("matter", "local")[0].id, "local")
    waiting = [server.ask(left), server.ask(left)]
    closing = threading.Thread(target=server.jobs.close)
    assert server.jobs.views("matter", "local")[1].cancelling
    # The worker looks whether the server ends before each job and after each file.
    server.go_on.set()
    assert all("Cancelled by local" in str(command.end()) for command in sharing)
    closing.start()
    ends = [command.end() for command in waiting]
    closing.join()
    assert all(isinstance(end, IngestReport | HandoverFailed) for end in ends)
    with pytest.raises(HandoverFailed, match="server was stopped"):
        server.ask(left)


@pytest.mark.slow
def test_a_command_that_is_killed_does_not_disturb_another_with_the_same_job(
    data: Path, tmp_path: Path
) -> None:
    incamera_json(data, "init")
    for folder, lines in (("third", 60), ("inbox", 1)):
        (tmp_path / folder).mkdir()
        for number in range(8):
            text = f"The fee for pew {number} of the {folder} is {number + 3} pounds. " * lines
            (tmp_path / folder / f"{number}.txt").write_text(text)
    same = ("ingest", tmp_path / "inbox", "--json")
    with served(data), ExitStack() as commands:
        third = commands.enter_context(running(data, "ingest", tmp_path / "third", "--json"))
        until(lambda: originals(data) >= 1)
        first, second, killed = (commands.enter_context(running(data, *same)) for _ in range(3))
        killed.send_signal(signal.SIGKILL)
        for command in (third, first, second):
            assert ended(command)["failed"] == []
    assert {job["state"] for job in incamera_json(data, "jobs")} == {"done"}
    assert len(incamera_json(data, "documents")) == 16


def ended(command: Running) -> dict[str, object]:
    """Wait for a command, and return the report that it prints."""
    printed = command.printed()
    assert command.returncode == 0, printed
    report: dict[str, object] = json.loads(printed[printed.index("{") :])
    return report
