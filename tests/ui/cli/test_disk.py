"""Commands on a full or read-only disk, and in folders that may not be written: a clear message, exit code 1,
nothing lost, and the same command continues when the disk has room."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.ingest import files
from tests.small_disk import SmallDisk
from tests.ui.cli.command import completed, environment, incamera, incamera_json

QUESTION = "When is the rent of unit 1 due?"
ANSWER = "The rent of unit 1 is due on day 1 of March."


def letters(folder: Path, count: int) -> list[Path]:
    """Write PDF files with a rent in each."""
    lines = [f"The rent of unit {number} is due on day {number} of March." for number in range(1, count + 1)]
    return [
        files.pdf(folder / f"{number}.pdf", [[("Helvetica", 10.0, line)]])
        for number, line in enumerate(lines, 1)
    ]


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Check for exit code 1 and one error message with these words, without a traceback."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("Error:") == 1
    for word in words:
        assert word in done.stderr, done.stderr
    assert "backup" not in done.stderr


@pytest.mark.slow
def test_commands_report_a_full_disk_and_continue_when_there_is_room(
    disk: SmallDisk, tmp_path: Path, embedder_cache: Path, embedder: object, reader: object
) -> None:
    data = disk.place / "data"
    env = environment(data)
    first, second = letters(tmp_path, 2)
    disk.fill()
    assert_one_sentence(disk.run(env, "init"), "no room left", str(data), "Make room")
    disk.free()
    assert disk.run(env, "init").returncode == 0
    (disk.seen / "data" / "embedder").symlink_to(embedder_cache)
    assert disk.run(env, "ingest", first).returncode == 0

    disk.fill()
    for arguments in (("ask", QUESTION), ("ingest", second)):
        assert_one_sentence(disk.run(env, *arguments), "no room left", str(data), "Make room")
    disk.free()
    disk.fill(leave=1 << 20)  # the databases open, and the vector index has no room
    assert_one_sentence(disk.run(env, "ingest", second, "--json"), "no room left", "8.", "needed")
    (stopped, _) = json.loads(disk.run(env, "jobs", "--json").stdout)
    assert stopped["state"] == "stopped" and "no room left" in stopped["reason"]
    assert [one["name"] for one in listed(disk, env)] == ["1.pdf"]

    disk.free()
    report = json.loads(disk.run(env, "ingest", second, "--json").stdout)
    assert (report["ready"], report["failed"], report["job"]) == (1, [], stopped["id"])
    assert [one["state"] for one in listed(disk, env)] == ["ready", "ready"]
    assert ANSWER in disk.run(env, "ask", QUESTION).stdout


def listed(disk: SmallDisk, env: dict[str, str]) -> list[dict[str, str]]:
    """Return the documents, as JSON."""
    found: list[dict[str, str]] = json.loads(disk.run(env, "documents", "--json").stdout)
    return found


def test_a_vault_on_a_read_only_disk_is_reported_and_a_copy_answers(
    disk: SmallDisk, data: Path, tmp_path: Path
) -> None:
    incamera_json(data, "init")
    incamera_json(data, "ingest", *letters(tmp_path, 1))
    there = disk.place / "vault"
    subprocess.run(["cp", "-a", data, disk.seen / "vault"], check=True)
    disk.remount("ro")
    env = environment(there)
    for arguments in (("ask", QUESTION), ("init",)):
        done = disk.run(env, *arguments)
        assert_one_sentence(
            done, str(there), "mounted read-only", "record of every question", "copy the folder"
        )
    copied = tmp_path / "copied"
    subprocess.run(["cp", "-a", disk.seen / "vault", copied], check=True)
    assert ANSWER in incamera(copied, "ask", QUESTION).stdout


def test_a_data_folder_that_may_not_be_written_is_reported_with_its_owner(data: Path) -> None:
    incamera_json(data, "init")
    (data / "vault.lock").unlink()
    data.chmod(0o555)
    try:
        done = completed(environment(data), "ask", "When?", as_user=True)
        assert_one_sentence(done, str(data), "mode 0555", "belongs to user", "copy the folder")
    finally:
        data.chmod(0o700)
    assert incamera_json(data, "documents") == []


def test_a_data_folder_of_another_user_is_not_reported_as_a_missing_vault(data: Path) -> None:
    incamera_json(data, "init")
    data.chmod(0)
    try:
        for arguments in (("ask", "When?"), ("init",)):
            done = completed(environment(data), *arguments, as_user=True)
            assert_one_sentence(done, str(data), "mode 0000")
    finally:
        data.chmod(0o700)


def test_files_of_commands_are_closed_to_other_users(data: Path, tmp_path: Path) -> None:
    """Under the usual umask, in an existing folder; this includes the files of libraries."""
    data.chmod(0o755)
    before = os.umask(0o022)
    try:
        incamera_json(data, "init")
        incamera_json(data, "ingest", *letters(tmp_path, 1), "--report", tmp_path / "report.json")
        assert ANSWER in incamera(data, "ask", QUESTION).stdout
    finally:
        os.umask(before)
    made = [data, tmp_path / "report.json", *(path for path in data.rglob("*") if not path.is_symlink())]
    assert [path for path in made if "vectors" in path.parts]
    assert [path for path in made if path.lstat().st_mode & 0o077] == []


@pytest.mark.parametrize("place", ["none/report.json", "."])
def test_a_report_that_cannot_be_written_is_refused_before_the_first_file_is_read(
    data: Path, tmp_path: Path, place: str
) -> None:
    incamera_json(data, "init")
    done = incamera(data, "ingest", *letters(tmp_path, 1), "--report", tmp_path / place)
    assert done.returncode == 2
    assert "The report cannot be written" in done.stderr and "Traceback" not in done.stderr
    assert incamera_json(data, "documents") == []


def test_a_report_that_does_not_fit_loses_neither_the_job_nor_what_is_printed(
    disk: SmallDisk, data: Path, tmp_path: Path
) -> None:
    incamera_json(data, "init")
    disk.fill()
    # A file can be made on a full disk, and nothing written to it.
    done = disk.run(
        environment(data), "ingest", *letters(tmp_path, 1), "--json", "--report", disk.place / "report.json"
    )
    assert_one_sentence(done, "report.json", "no room left")
    assert json.loads(done.stdout)["ready"] == 1
    assert [path.name for path in disk.seen.iterdir()] == ["filler"]
