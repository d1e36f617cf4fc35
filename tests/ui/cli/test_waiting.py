"""Commands beside each other on one vault: they wait, hand over, take over, and leave nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.ingest.paused_parsers import paused_parsers
from tests.ui.cli.command import Running, incamera, incamera_json, running
from tests.ui.interface.answerers import ScriptedAnswerer
from tests.ui.web.browser import free_port
from tests.waiting import PATIENCE, until
from ui.interface.address import is_served, socket_path
from ui.interface.operations.workplace import Workplace
from ui.interface.socket_server import SocketServer
from vault.embedding.embedder import Embedder
from vault.process.lock import owner_of
from vault.settings import Settings
from vault.vault import Vault

SHORT = (("status",), ("documents",), ("jobs",), ("find", "pew"), ("ask", "What is the fee for pew 1?"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, embedder_cache: Path) -> Path:
    """Return a data folder whose collection "documents" holds two notes."""
    folder = tmp_path_factory.mktemp("office")
    for number in range(2):
        (folder / f"{number}.txt").write_text(f"The fee for pew {number} is {number + 3} pounds.")
    data = folder / "data"
    data.mkdir()
    (data / "embedder").symlink_to(embedder_cache)
    incamera_json(data, "init")
    incamera_json(data, "ingest", folder / "0.txt", folder / "1.txt")
    return data


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Path:
    """Return such a data folder; "new.txt" is beside it."""
    (tmp_path / "new.txt").write_text("The fee for the bell is 9 pounds.")
    return shutil.copytree(filled, tmp_path / "office", symlinks=True)


def waits_for(command: Running, pid: int, purpose: str) -> None:
    """Wait until the command says that it waits for this process."""
    said = f"Waiting for process {pid} ({purpose}, since "

    def is_said() -> bool:
        assert command.poll() is None, command.printed_so_far()
        return said in command.printed_so_far()

    until(is_said)


def ends_well(command: Running) -> str:
    """Wait for the end of a command, and return what it printed."""
    printed = command.printed()
    assert command.returncode == 0, printed
    assert "Traceback" not in printed
    return printed


@contextmanager
def adding(data: Path, file: Path) -> Iterator[Running]:
    """Run an ingest that does not get on during the block."""
    with (
        running(data, "ingest", file, parser_seconds=3600) as first,
        paused_parsers(first.pid) as standing,
    ):
        assert standing.wait(PATIENCE)
        yield first


def leftovers(data: Path) -> list[str]:
    """Return the names of the files that say who owns the vault."""
    return [path.name for path in (data / "vault.owner.json", socket_path(data)) if path.exists()]


def test_five_commands_at_once_wait_for_the_owner_and_for_each_other(office: Path) -> None:
    with ExitStack() as opened:
        with Vault(office, purpose="tests"):
            commands = [opened.enter_context(running(office, *one)) for one in SHORT]
            for command in commands:
                waits_for(command, os.getpid(), "tests")
        status, documents, jobs, find, ask = map(ends_well, commands)
    assert "Vault:" in status
    assert "1.txt" in documents
    assert "done" in jobs
    assert "occurs in" in find
    assert "4 pounds" in ask
    assert leftovers(office) == []


def test_an_ingest_and_a_question_behind_an_ingest_of_the_command_line(office: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The fee for the organ is 12 pounds.")
    with running(office, "ingest", other, parser_seconds=3600) as first, ExitStack() as opened:
        with paused_parsers(first.pid) as standing:
            assert standing.wait(PATIENCE)
            second = opened.enter_context(running(office, "ingest", tmp_path / "new.txt"))
            waits_for(second, first.pid, "incamera ingest")
            answer = incamera_json(office, "ask", "What is the fee for pew 1?")
            assert "4 pounds" in answer["evidence"][0]["quote"]
        assert "1 ready" in ends_well(first)
        assert "1 ready" in ends_well(second)
    assert {job["state"] for job in incamera_json(office, "jobs")} == {"done"}


def test_what_waits_for_an_ingest_that_is_killed_takes_over(office: Path, tmp_path: Path) -> None:
    with ExitStack() as opened:
        with adding(office, tmp_path / "new.txt") as first:
            second = opened.enter_context(running(office, "ingest", tmp_path / "new.txt"))
            waits_for(second, first.pid, "incamera ingest")
            first.send_signal(signal.SIGSTOP)
            handed_over = opened.enter_context(running(office, "documents"))
            first.kill()
        assert "1 ready" in ends_well(second)
        ends_well(handed_over)
    (job, _) = incamera_json(office, "jobs")
    assert (job["state"], job["ready"]) == ("done", 1)
    assert leftovers(office) == []


def test_a_command_does_itself_what_an_owner_did_not_reply_to(office: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener, running_behind(office, "documents") as (command, vault):
        socket_path(office).parent.mkdir(exist_ok=True)
        listener.bind(str(socket_path(office)))
        listener.listen()
        with request_to(listener):
            listener.close()
            vault.close()
        printed = ends_well(command)
    assert "has ended. This command begins again." in printed
    assert "1.txt" in printed
    assert leftovers(office) == []


def request_to(listener: socket.socket) -> socket.socket:
    """Wait for a request, and return its connection."""
    while True:
        connection, _ = listener.accept()
        if connection.recv(1 << 16):  # a process that only looks whether the owner is there sends nothing
            return connection
        connection.close()


@contextmanager
def running_behind(data: Path, *arguments: object) -> Iterator[tuple[Running, Vault]]:
    """Run a command that waits for this process, which owns the vault until it closes it."""
    with Vault(data, purpose="tests") as vault, running(data, *arguments) as command:
        waits_for(command, os.getpid(), "tests")
        yield command, vault


def test_a_command_waits_for_a_server_that_starts_and_hands_over_to_it(
    office: Path, embedder: Embedder
) -> None:
    settings = Settings(data=office)
    with Vault(office, purpose="incamera serve") as vault, running(office, "documents") as command:
        waits_for(command, os.getpid(), "incamera serve")
        workplace = Workplace(vault, settings, lambda: embedder, lambda: ScriptedAnswerer(None))  # type: ignore[arg-type, return-value]
        with SocketServer(workplace):
            assert "1.txt" in ends_well(command)


def test_a_process_that_does_not_end_is_waited_for_as_long_as_the_settings_say(office: Path) -> None:
    with Vault(office, purpose="tests"):
        for seconds, said in (
            (0, "stop it and try again.\n"),
            (1, "This command waited for it for 1 second.\n"),
        ):
            refused = incamera(office, "documents", wait_seconds=seconds)
            assert (refused.returncode, refused.stdout) == (1, "")
            assert f"in use by process {os.getpid()} (tests, since " in refused.stderr
            assert refused.stderr.endswith(said)


def test_a_wait_ends_with_ctrl_c(office: Path) -> None:
    with Vault(office, purpose="tests"), running(office, "documents") as command:
        waits_for(command, os.getpid(), "tests")
        command.send_signal(signal.SIGINT)
        assert "Traceback" not in command.printed()
        assert command.returncode == 130


def test_a_server_waits_for_a_command_and_is_refused_beside_another_server(office: Path) -> None:
    with running_behind(office, "serve", "--port", free_port()) as (server, vault):
        vault.close()
        until(lambda: is_served(office))
        refused = incamera(office, "serve", "--port", free_port())
        assert refused.returncode == 1
        assert f"in use by process {server.pid} (incamera serve, since" in refused.stderr
        server.terminate()
        ends_well(server)
    assert leftovers(office) == []


def test_a_server_that_is_ended_or_killed_while_it_starts_leaves_nothing_that_disturbs(
    tmp_path: Path,
) -> None:
    data = tmp_path / "new"  # without a prepared embedding model: the start takes seconds
    incamera_json(data, "init")
    for number in (signal.SIGTERM, signal.SIGKILL):
        with running(data, "serve", "--port", free_port()) as server:
            until(lambda server=server: "Preparing" in server.printed_so_far() or server.poll() is not None)
            server.send_signal(number)
            printed = server.printed()
        assert "Traceback" not in printed
        if number is signal.SIGTERM:
            assert (server.returncode, leftovers(data)) == (0, []), printed
            assert not [path for path in data.rglob("*") if "converting" in path.name]
    assert owner_of(data) is None
    assert incamera_json(data, "documents") == []
    assert leftovers(data) == []


def test_an_ingest_that_is_ended_can_be_continued_and_leaves_nothing_behind(
    office: Path, tmp_path: Path
) -> None:
    with adding(office, tmp_path / "new.txt") as command:
        command.terminate()
        printed = command.printed()
    assert (command.returncode, "run the same command again" in printed) == (143, True)
    assert leftovers(office) == []
    (job, _) = incamera_json(office, "jobs")
    assert job["state"] == "stopped"
    assert incamera_json(office, "ingest", tmp_path / "new.txt")["job"] == job["id"]


def test_what_a_killed_owner_left_is_removed_by_the_next_command(office: Path, tmp_path: Path) -> None:
    with adding(office, tmp_path / "new.txt") as command:
        command.kill()
        command.wait()
    assert leftovers(office) == ["vault.owner.json", "owner.sock"]
    assert owner_of(office) is None
    assert incamera_json(office, "init")["made"] is False
    assert leftovers(office) == []


def test_init_beside_a_server_creates_the_collection_there(office: Path, embedder: Embedder) -> None:
    with Vault(office, purpose="incamera serve") as vault:
        workplace = Workplace(vault, Settings(data=office), lambda: embedder, lambda: ScriptedAnswerer(None))  # type: ignore[arg-type, return-value]
        with SocketServer(workplace):
            assert incamera_json(office, "init", "-c", "second")["made"] is True
            assert incamera_json(office, "init", "-c", "second")["made"] is False
