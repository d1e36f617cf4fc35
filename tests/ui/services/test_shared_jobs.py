"""Commands that ask for the same job while it waits or is worked on: each is told how it ends."""

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

Said = IngestEvent | IngestReport | Exception


class Command:
    """What waits for a job, as a command does."""

    def __init__(self) -> None:
        self.said: queue.SimpleQueue[Said] = queue.SimpleQueue()
        self.events: list[IngestEvent] = []

    def __call__(self, said: Said) -> None:
        self.said.put(said)

    def end(self) -> IngestReport | Exception:
        """What it is told last."""
        while True:
            said = self.said.get(timeout=PATIENCE)
            if isinstance(said, IngestReport | Exception):
                return said
            self.events.append(said)

    def report(self) -> IngestReport:
        end = self.end()
        assert isinstance(end, IngestReport), end
        return end


class Desk:
    """A server's jobs; the worker waits in the first job until `go_on` is set."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Embedder, folder: Path) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.vault, self.folder, self._embedder = vault, folder, embedder
        self.jobs = Jobs(vault, settings, self._slow)

    def _slow(self) -> Embedder:
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        return self._embedder

    def task(self, name: str, *texts: str) -> Task:
        """A folder with so many files."""
        (self.folder / name).mkdir()
        for number, text in enumerate(texts):
            (self.folder / name / f"{number}.txt").write_text(text)
        return Task((str(self.folder / name),))

    def ask(self, task: Task) -> Command:
        command = Command()
        self.jobs.hand_over("matter", task, "local", command)
        return command

    def all(self) -> list[tuple[JobState, int, int]]:
        """(state, ready, skipped) of every job."""
        return [(job.state, job.ready, job.skipped) for job in self.vault.jobs.all(user="local")]


@pytest.fixture
def desk(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder, tmp_path: Path
) -> Iterator[Desk]:
    made = Desk(vault, settings, embedder, tmp_path)
    yield made
    made.go_on.set()
    made.jobs.close()


def test_two_identical_jobs_behind_a_third_run_once_and_both_commands_get_the_report(desk: Desk) -> None:
    third = desk.ask(desk.task("third", "The bell is rung at noon."))
    assert desk.begun.wait(PATIENCE)
    task = desk.task("inbox", "The fee is due in May.", "The rent is due in June.")
    one, other = desk.ask(task), desk.ask(task)
    desk.go_on.set()
    assert third.report().ready == 1
    reports = one.report(), other.report()
    assert reports[0].job == reports[1].job
    assert [report.ready for report in reports] == [2, 2]
    for command in (one, other):
        assert len([event for event in command.events if isinstance(event, FileDone)]) == 2
    assert sorted(desk.all()) == [(JobState.DONE, 1, 0), (JobState.DONE, 2, 0)]


def test_a_folder_that_is_being_read_is_read_again_for_who_asks_meanwhile(desk: Desk) -> None:
    task = desk.task("inbox", "The fee is due in May.")
    one = desk.ask(task)
    assert desk.begun.wait(PATIENCE)
    other, another = desk.ask(task), desk.ask(task)
    desk.go_on.set()
    assert (one.report().ready, other.report().skipped, another.report().skipped) == (1, 1, 1)
    assert one.events
    assert sorted(desk.all()) == [(JobState.DONE, 0, 1), (JobState.DONE, 1, 0)]
    assert (desk.ask(task).report().skipped, len(desk.all())) == (1, 3)


def test_every_command_is_told_when_the_job_is_cancelled_or_the_server_ends(desk: Desk) -> None:
    desk.ask(desk.task("third", "The bell is rung at noon."))
    assert desk.begun.wait(PATIENCE)
    cancelled, left = desk.task("inbox", "The fee is due in May."), desk.task("later", "The rent is due.")
    sharing = [desk.ask(cancelled), desk.ask(cancelled)]
    desk.jobs.cancel(desk.jobs.views("matter", "local")[0].id, "local")
    waiting = [desk.ask(left), desk.ask(left)]
    closing = threading.Thread(target=desk.jobs.close)
    assert desk.jobs.views("matter", "local")[1].cancelling
    # The worker looks whether the server ends before each job and after each file.
    desk.go_on.set()
    assert all("Cancelled by local" in str(command.end()) for command in sharing)
    closing.start()
    ends = [command.end() for command in waiting]
    closing.join()
    assert all(isinstance(end, IngestReport | HandoverFailed) for end in ends)
    with pytest.raises(HandoverFailed, match="server was stopped"):
        desk.ask(left)


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
    """The report that a command prints at its end."""
    printed = command.printed()
    assert command.returncode == 0, printed
    report: dict[str, object] = json.loads(printed[printed.index("{") :])
    return report
