"""Jobs in real processes: killed, handed over to a server, and of a watched folder."""

from __future__ import annotations

import json
import signal
import socket
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from tests.ingest import files
from tests.ingest.long_files import long_pdf
from tests.ingest.paused_parsers import paused_parsers
from tests.ui.cli.command import incamera, incamera_json, running
from tests.waiting import PATIENCE, until
from ui.cli.watch import watch_folders
from ui.interface.client.connection import Connection
from ui.interface.client.owner import OwnerClient
from vault.errors import HandoverFailed, OwnerEnded
from vault.settings import Settings


@pytest.fixture
def office(data: Path, tmp_path: Path) -> Path:
    """Return a data folder with the collection "documents"; beside it is a folder "inbox" of notes."""
    incamera_json(data, "init")
    (tmp_path / "inbox").mkdir()
    for number in range(6):
        (tmp_path / "inbox" / f"{number}.txt").write_text(f"The fee for pew {number} is {number + 3} pounds.")
    return data


def originals(data: Path) -> int:
    return sum(not path.name.startswith(".") for path in data.glob("collections/*/originals/*"))


@pytest.mark.slow
def test_a_killed_job_is_resumed_by_its_id_and_reports_all_files(office: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    long = long_pdf(inbox / "9 long.pdf")
    with running(office, "ingest", inbox) as first:
        until(lambda: originals(office) == 7)  # it is at the long file
        first.send_signal(signal.SIGKILL)
        first.wait()
    (left,) = incamera_json(office, "jobs")
    assert left["state"] == "stopped"
    long_pdf(long, pages=1)
    # What is to be typed stands whole on its line, also in a window of 80 columns.
    assert f"{left['id']}  stopped" in incamera(office, "jobs").stdout
    report = incamera_json(office, "jobs", "--resume", left["id"])
    assert (report["ready"], report["skipped"], report["job"]) == (7, 0, left["id"])
    (done,) = incamera_json(office, "jobs")
    assert (done["state"], done["ready"]) == ("done", 7)
    assert incamera(office, "jobs", "--resume", left["id"]).returncode == 2


def test_a_report_is_written_and_documents_of_vanished_files_are_deleted_when_asked(
    office: Path, tmp_path: Path
) -> None:
    inbox, file = tmp_path / "inbox", tmp_path / "report.json"
    incamera_json(office, "ingest", inbox)
    (inbox / "0.txt").unlink()
    assert incamera(office, "ingest", inbox, "--report", file).returncode == 0
    report = json.loads(file.read_text())
    assert (report["skipped"], [Path(gone["path"]).name for gone in report["vanished"]]) == (5, ["0.txt"])
    assert incamera(office, "ingest", inbox, "--prune", answer="n\n").returncode == 1
    assert len(incamera_json(office, "documents")) == 6
    assert incamera(office, "ingest", inbox, "--prune", "--yes").returncode == 0
    assert len(incamera_json(office, "documents")) == 5
    assert not list(tmp_path.glob(".report*"))


@pytest.mark.slow
def test_questions_are_limited_by_fields_and_to_older_versions(office: Path, tmp_path: Path) -> None:
    inbox, manifest = tmp_path / "inbox", tmp_path / "list.csv"
    manifest.write_text("path,year\n" + "".join(f"inbox/{n}.txt,{2020 + n}\n" for n in range(6)))
    incamera_json(office, "ingest", inbox, "--manifest", manifest)
    (third,) = [d for d in incamera_json(office, "documents") if d["metadata"] == {"year": "2023"}]
    asked = "What is the fee for the pew?"
    answer = incamera_json(office, "ask", asked, "--where", "Year=2023", abstain_below=0)
    assert {place["sha256"] for place in answer["evidence"]} == {third["sha256"]}
    assert incamera(office, "ask", asked, "--where", "year=1066").returncode == 2
    (inbox / "3.txt").write_text("The fee for pew 3 is 70 shillings.")
    incamera_json(office, "ingest", inbox / "3.txt")
    older = incamera_json(office, "ask", asked, "--document", third["sha256"][:12], abstain_below=0)
    assert "6 pounds" in older["evidence"][0]["quote"]
    assert older["searched"]["documents"] == 1
    current = incamera_json(office, "ask", asked, abstain_below=0)
    assert third["sha256"] not in {place["sha256"] for place in current["evidence"]}


def test_a_link_out_of_the_folder_is_named_and_followed_when_asked_for(office: Path, tmp_path: Path) -> None:
    inbox, other = tmp_path / "linked", tmp_path / "other.txt"
    inbox.mkdir()
    other.write_text("The fee for the lectern is 9 pounds.")
    (inbox / "link.txt").symlink_to(other)
    done = incamera(office, "ingest", inbox)
    assert (done.returncode, incamera_json(office, "documents")) == (0, [])
    assert f"Left out: {inbox / 'link.txt'}: This is a link to {other}" in done.stdout.replace("\n", " ")
    assert incamera_json(office, "ingest", inbox, "--follow-links")["ready"] == 1


def test_new_files_of_a_watched_folder_are_added(office: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    with running(office, "ingest", drop, "--watch", "0.1"):
        for number in (1, 2):
            (drop / f"{number}.txt").write_text(f"The fee for bell {number} is due in May.")
            until(lambda number=number: originals(office) == number)


def test_a_file_of_a_watched_folder_is_added_once_it_has_stopped_changing(tmp_path: Path) -> None:
    taken: list[list[str]] = []
    looks = 0
    (tmp_path / "slow.txt").write_text("")
    (tmp_path / "quick.txt").write_text("The fee for the organ is due in May.")

    def pause(seconds: float) -> None:
        nonlocal looks
        assert seconds == 30
        looks += 1
        if looks < 4:
            with (tmp_path / "slow.txt").open("a") as slow:
                slow.write("The fee for the bell is due in June. ")
            assert taken == [["quick.txt"]][: looks - 1]
        elif looks == 7:
            raise KeyboardInterrupt

    def take_in(files: Sequence[Path]) -> None:
        taken.append([file.name for file in files])

    with pytest.raises(KeyboardInterrupt):
        watch_folders([tmp_path], 30, Settings(data=tmp_path / "data"), take_in, pause)
    assert taken == [["quick.txt"], ["slow.txt"]]


@contextmanager
def served(data: Path) -> Iterator[None]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with running(data, "serve", "--port", port) as server:
        until(lambda: (data / "run" / "owner.sock").is_socket())
        yield
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def test_a_running_server_does_the_ingest_and_nobody_else_reaches_its_socket(
    office: Path, tmp_path: Path
) -> None:
    with served(office):
        assert stat.S_IMODE((office / "run" / "owner.sock").stat().st_mode) == 0o600
        assert stat.S_IMODE((office / "run").stat().st_mode) == 0o700
        report = incamera_json(office, "ingest", tmp_path / "inbox")
        assert (report["ready"], report["failed"]) == (6, [])
        (tmp_path / "inbox" / "0.txt").unlink()
        again = incamera(office, "ingest", tmp_path / "inbox", "--prune", "--yes")
        assert (again.returncode, "5 skipped" in again.stdout) == (0, True), again.stderr
        assert incamera(office, "ingest", tmp_path / "inbox", "-c", "nowhere").returncode == 2
        with (
            Connection(office, "local") as connection,
            pytest.raises(HandoverFailed, match="does not know the request 'POST /api/songs'"),
        ):
            connection.call("POST", "/songs", TypeAdapter(None))
    assert not (office / "run" / "owner.sock").exists()
    assert len(incamera_json(office, "documents")) == 5
    assert {job["state"] for job in incamera_json(office, "jobs")} == {"done"}


@pytest.mark.slow
def test_commands_give_the_same_results_with_and_without_a_running_server(
    office: Path, tmp_path: Path
) -> None:
    incamera_json(office, "ingest", tmp_path / "inbox")
    asked = ("ask", "What is the fee for pew 3?", "-c", "documents")
    alone = [incamera_json(office, one) for one in ("status", "documents", "jobs", "collections")]
    answer = incamera_json(office, *asked)
    with served(office):
        assert [incamera_json(office, one) for one in ("status", "documents", "jobs", "collections")] == alone
        beside = incamera_json(office, *asked)
        assert beside["statements"] == answer["statements"]
        assert beside["record"] != answer["record"]
        assert "6 pounds" in incamera(office, *asked).stdout
        assert incamera(office, "ask", "What is the fee?", "-c", "nowhere").returncode == 2
        incamera_json(office, "collections", "--create", "second")
        third = next(d["sha256"] for d in incamera_json(office, "documents") if d["name"] == "3.txt")
        assert incamera(office, "purge", third[:12], answer="n\n").returncode == 1
        assert incamera(office, "purge", third[:12], "--yes").returncode == 0
    assert len(incamera_json(office, "documents")) == 5
    assert len(incamera_json(office, "collections")) == 2


@pytest.mark.slow
def test_lists_can_be_printed_while_another_command_adds_files(office: Path, tmp_path: Path) -> None:
    drop = tmp_path / "inbox"
    long_pdf(drop / "9 long.pdf")
    with running(office, "ingest", drop, parser_seconds=3600) as first:
        until(lambda: originals(office) == 7)  # it is at the long file
        with paused_parsers(first.pid) as standing:
            assert standing.wait(PATIENCE)
            (job,) = incamera_json(office, "jobs")
            assert job["state"] == "running"
            assert incamera_json(office, "status")["collections"][0]["name"] == "documents"
            assert first.poll() is None
            # A program that waits for an owner that is killed gets an error.
            first.send_signal(signal.SIGSTOP)
            with OwnerClient(office, "local") as client, ThreadPoolExecutor() as beside:
                waiting = beside.submit(client.collections.all)
                first.send_signal(signal.SIGKILL)
                with pytest.raises(OwnerEnded, match="cannot be reached or has ended"):
                    waiting.result(PATIENCE)
    assert incamera_json(office, "status")["collections"][0]["name"] == "documents"


@pytest.mark.slow
def test_purging_asks_and_names_other_versions(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "inbox" / "0.txt"
    incamera_json(office, "ingest", file)
    (old,) = incamera_json(office, "documents")
    file.write_text("The fee for pew 0 is 9 pounds.")
    incamera_json(office, "ingest", file)
    assert incamera(office, "purge", old["sha256"][:8], answer="n\n").returncode == 1
    gone = incamera(office, "purge", old["sha256"][:8], answer="y\n")
    assert (gone.returncode, "Kept: another version" in gone.stdout) == (0, True)
    (left,) = incamera_json(office, "documents")
    assert left["state"] == "ready"
    assert not any(
        old["sha256"].encode() in path.read_bytes()
        for path in office.rglob("catalogue.db*")
        if path.is_file()
    )


@pytest.mark.slow
def test_passwords_come_from_a_file_or_are_typed_and_reach_a_running_server(
    office: Path, tmp_path: Path
) -> None:
    secret = "Zwölf-Bäume 1744"
    made = [
        files.pdf(tmp_path / f"{n}.pdf", [[("Helvetica", 10, f"Lease {n}")]], password=secret)
        for n in range(3)
    ]
    (tmp_path / "passwords.txt").write_text(f"wrong\n{secret}\n", encoding="utf-8")
    without = incamera(office, "ingest", made[0])
    assert (without.returncode, "--password-file" in without.stdout + without.stderr) == (1, True)
    report = incamera_json(office, "ingest", made[0], "--password-file", tmp_path / "passwords.txt")
    assert (report["ready"], report["failed"]) == (1, [])
    typed = incamera(office, "ingest", made[1], "--password", answer=f"{secret}\n")
    assert typed.returncode == 0, typed.stderr
    assert secret not in typed.stdout + typed.stderr
    with served(office):
        beside = incamera_json(office, "ingest", made[2], "--password-file", tmp_path / "passwords.txt")
        assert (beside["ready"], beside["failed"]) == (1, [])
    assert secret not in json.dumps(incamera_json(office, "jobs"), ensure_ascii=False)
    missing = incamera(office, "ingest", made[0], "--password-file", tmp_path / "nowhere.txt")
    assert (missing.returncode, "cannot be read" in missing.stderr) == (2, True)
