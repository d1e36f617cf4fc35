"""The command line used wrongly, interrupted or with broken files: its messages and exit codes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.ingest import files
from tests.ingest.long_files import long_pdf
from tests.ingest.paused_parsers import paused_parsers
from tests.places import ROOT, SAMPLES
from tests.ui.cli.command import Running, command, environment, incamera, incamera_json, running
from tests.waiting import PATIENCE, until


@pytest.fixture
def made(data: Path) -> Path:
    """A data folder with an empty collection "documents"."""
    incamera_json(data, "init")
    return data


def assert_refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """Check for the exit code and a short message with these words on standard error, without a traceback."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) < 10, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


@pytest.mark.parametrize("arguments", [("ingest", SAMPLES / "legal"), ("ask", "When?"), ("serve",)])
def test_slow_preparation_on_a_new_machine_is_announced(
    tmp_path: Path, arguments: tuple[object, ...]
) -> None:
    incamera_json(tmp_path, "init")
    sentence = "Preparing the embedding model for this machine: once, some seconds.\n"
    with running(tmp_path, *arguments) as begun:
        # The message is enough: converting would take seconds.
        until(lambda: sentence in begun.printed_so_far() or begun.poll() is not None)
        assert sentence in begun.printed_so_far()


def test_a_path_that_does_not_exist_is_wrong_use_and_nothing_is_added(made: Path) -> None:
    order = SAMPLES / "legal" / "court_order.pdf"
    assert_refused(incamera(made, "ingest", order, "no such folder", "--json"), 2, "'no such folder'")
    assert incamera_json(made, "documents") == []


def test_a_collection_that_does_not_exist_is_wrong_use(made: Path) -> None:
    order = SAMPLES / "legal" / "court_order.pdf"
    for arguments in (("ask", "When?"), ("ingest", order), ("documents",)):
        assert_refused(
            incamera(made, *arguments, "-c", "Smith v Jones"), 2, "'Smith v Jones'", "incamera collections"
        )


@pytest.mark.parametrize("arguments", [("ask", "When?"), ("ingest", SAMPLES), ("status",)])
def test_without_a_vault_the_command_that_creates_one_is_named(
    tmp_path: Path, arguments: tuple[object, ...]
) -> None:
    assert_refused(incamera(tmp_path / "none", *arguments), 2, "There is no vault in", "incamera init")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("ask", "When?", "--loudly"), "--loudly"),
        (("ask",), "question"),
        (("ingest",), "paths"),
        (("prosecute",), "prosecute"),
    ],
)
def test_unknown_options_and_missing_arguments_are_wrong_use(
    tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    assert_refused(incamera(tmp_path, *arguments), 2, word)


def test_an_empty_question_is_wrong_use(made: Path) -> None:
    for question in ("", " ?!"):
        assert_refused(incamera(made, "ask", question), 2, "Type what you want to know")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("threads", "many"),
        ("abstain_below", "2"),
        ("embedder_backend", "abacus"),
        ("allowed_hosts", "not json"),
    ],
)
def test_a_bad_setting_is_named_with_its_value(tmp_path: Path, setting: str, value: str) -> None:
    assert_refused(incamera(tmp_path, "status", **{setting: value}), 2, f"INCAMERA_{setting.upper()}", value)


@pytest.mark.slow
def test_a_broken_or_missing_model_file_is_named_and_the_documents_are_quoted(
    made: Path, tmp_path: Path
) -> None:
    note = tmp_path / "lease.txt"
    note.write_text("The rent of the shed is due in March.")
    incamera_json(made, "ingest", note)
    junk, missing = tmp_path / "junk.gguf", tmp_path / "missing.gguf"
    junk.write_bytes(b"GGUF" + os.urandom(3000))
    for bad in (junk, missing):
        answer = incamera_json(made, "ask", "When is the rent of the shed due?", model=bad)
        assert answer["mode"] == "quoted"
        assert answer["statements"][0]["text"] == "The rent of the shed is due in March."
        assert str(bad) in answer["notes"][0]


@pytest.mark.parametrize(("name", "word"), [("missing.gguf", "There is no file"), ("folder", "is no file")])
def test_the_status_says_that_the_file_of_the_model_is_not_there(
    made: Path, tmp_path: Path, name: str, word: str
) -> None:
    (tmp_path / "folder").mkdir()
    file = tmp_path / name
    said = incamera_json(made, "status", model=file)["model_missing"]
    assert word in said and str(file) in said and "INCAMERA_MODEL" in said
    assert said in incamera(made, "status", model=file).stdout.replace("\n", " ")
    (tmp_path / "there.gguf").touch()
    assert incamera_json(made, "status", model=tmp_path / "there.gguf")["model_missing"] is None
    assert incamera_json(made, "status")["model_missing"] is None


@pytest.mark.parametrize("arguments", [("status",), ("init",), ("ask", "When?"), ("serve",)])
def test_a_data_folder_that_is_a_file_is_called_a_file(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "a file"
    file.touch()
    done = incamera(file, *arguments)
    assert (done.returncode, f"{file} is a file, not a folder." in done.stderr) == (2, True), done.stderr


def test_a_vault_file_that_is_not_a_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "vault.db").write_bytes(b"junk" * 2000)
    assert_refused(incamera(tmp_path, "status"), 1, "cannot be opened as a database", "backup")


def test_control_characters_in_a_file_name_do_not_reach_the_terminal(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "red\x1b[31m[bold].pdf").write_bytes(b"%PDF-1.4 cut off")
    done = incamera(made, "ingest", folder)
    assert done.returncode == 1
    listed = incamera(made, "documents")
    assert "\x1b" not in done.stdout + done.stderr + listed.stdout
    assert "[bold]" in listed.stdout


@pytest.mark.slow
def test_words_that_look_like_markup_or_emoji_are_printed_unchanged(made: Path, tmp_path: Path) -> None:
    line = ("Helvetica", 10.0, "The mixture [bold] is given in the ratio :100: to the ward :hospital: staff.")
    incamera_json(made, "ingest", files.pdf(tmp_path / "ratio.pdf", [[line]], running=False))
    for json in ((), ("--json",)):
        shown = incamera(made, "ask", "In which ratio is the mixture given to the ward staff?", *json)
        assert "[bold] is given in the ratio :100: to the ward :hospital: staff" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "both"),
    [
        (("collections", "--json"), False),
        (("documents",), False),
        (("status",), True),
        (("documents", "-c", "nowhere"), True),
        (("find", "--help"), False),
    ],
)
def test_a_command_whose_output_nobody_reads_ends_quietly(
    made: Path, arguments: tuple[str, ...], both: bool
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with tempfile.TemporaryFile() as errors, open(os.devnull) as nothing, os.fdopen(writing, "wb") as pipe:  # noqa: PTH123
        ended = Running(environment(made), *arguments, files=(nothing, pipe, pipe if both else errors))
        assert ended.wait() == 141
        errors.seek(0)
        assert errors.read() == b""
    assert not (made / "vault.owner.json").exists()


@pytest.mark.slow
def test_a_pipe_that_is_closed_early_ends_the_real_command_as_it_ends_others(made: Path) -> None:
    shell = f"'{command()[0]}' -m ui.cli collections --json | (exec <&-; sleep 0)"
    done = subprocess.run(
        ["bash", "-c", f"{shell}; exit ${{PIPESTATUS[0]}}"],
        env=environment(made), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.slow
def test_an_interrupted_ingest_keeps_its_work_and_continues(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(3):
        files.pdf(
            folder / f"{number}.pdf", [[("Helvetica", 10.0, f"The rent of unit {number} is due on Monday.")]]
        )
    long_pdf(folder / "9 long.pdf")
    with running(made, "ingest", folder) as interrupted:
        until(lambda: count_documents(made) == 3)
        with paused_parsers(
            interrupted.pid
        ) as standing:  # a command that waited for the parser would never end
            assert standing.wait(PATIENCE)
            interrupted.send_signal(signal.SIGINT)
            printed = interrupted.printed()
    assert interrupted.returncode == 130
    assert "run the same command again to continue" in printed
    assert "Traceback" not in printed
    kept = {document["sha256"]: document["added"] for document in incamera_json(made, "documents")}
    assert len(kept) == 3
    (folder / "9 long.pdf").unlink()
    files.pdf(folder / "9 short.pdf")
    report = incamera_json(made, "ingest", folder)
    # The report is of the whole job: what was in before the interruption counts as what it became.
    assert (report["ready"], report["skipped"]) == (4, 0)
    added = {document["sha256"]: document["added"] for document in incamera_json(made, "documents")}
    assert kept.items() <= added.items()


def count_documents(data: Path) -> int:
    """Count the documents of the only collection, whose catalogue is created with the first document."""
    with suppress(sqlite3.OperationalError):
        for catalogue in (data / "collections").glob("*/catalogue.db"):
            with closing(sqlite3.connect(f"file:{catalogue}?mode=ro", uri=True)) as database:
                count: int = database.execute("SELECT count(*) FROM documents").fetchone()[0]
                return count
    return 0


def test_a_user_without_a_collection_gets_an_error_and_not_an_empty_answer(made: Path) -> None:
    for arguments in (("ask", "When?"), ("find", "rent")):
        assert_refused(incamera(made, *arguments, user="eve"), 2, "'eve'", "INCAMERA_USER")
