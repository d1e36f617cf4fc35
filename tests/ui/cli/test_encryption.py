"""An encrypted vault by the real commands: no word of a document is in any file, whatever happens."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.ingest import files, other_files
from tests.ui.cli.command import incamera, incamera_json, running
from tests.ui.web.browser import free_port
from tests.waiting import until

CANARIES = ("Zanzibarquux", "Kryllomere", "Ostrovane", "Vexillard", "Umbrathorn")
FORMS = tuple(
    form for word in CANARIES for form in (word.encode(), word.lower().encode(), word.encode("utf-16-le"))
)
RUN = 32
"""Bytes of a file that must not be found in a row: compressed files show no words."""


def documents(folder: Path) -> Path:
    """A folder of documents, each with a canary."""
    folder.mkdir()
    files.pdf(
        folder / "letter.pdf",
        [[("Helvetica", 11, f"The rent of {CANARIES[0]} house is 900 euros a month.")]],
    )
    files.word(folder / "contract.docx", [f"{CANARIES[1]} pays each invoice within 14 days."])
    (folder / f"{CANARIES[2]}.txt").write_text(f"{CANARIES[2]} was allergic to penicillin.")
    files.message(folder / "mail.eml", attachment=("note.txt", f"{CANARIES[3]} called at noon.".encode()))
    other_files.zipped(folder / "files.zip", {"inside.txt": f"{CANARIES[4]} signed on 3 May 2024."})
    return folder


def runs_of(folder: Path) -> list[bytes]:
    """Bytes from the middle of each document."""
    contents = [path.read_bytes() for path in sorted(folder.iterdir())]
    return [content[start : start + RUN] for content in contents for start in (len(content) // 3,)]


def showing(place: Path, *needles: bytes) -> list[str]:
    """The files below a folder that show a canary or one of `needles`, and names that do."""
    found = []
    with suppress(FileNotFoundError):  # a folder that is removed meanwhile
        for path in place.rglob("*"):
            try:
                content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            except OSError:  # removed meanwhile
                continue
            name = os.fsencode(path.relative_to(place))
            found += [f"{path}: {form!r}" for form in (*FORMS, *needles) if form in content or form in name]
    return found


@contextmanager
def watched(place: Path, *needles: bytes) -> Iterator[list[str]]:
    """Look again and again into every file during the block; gives what was seen there."""
    seen: list[str] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.is_set():
            seen.extend(showing(place, *needles))
            ended.wait(0.05)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


@pytest.mark.slow
def test_no_word_of_a_document_is_in_any_file_at_any_moment(data: Path, tmp_path: Path) -> None:
    folder = documents(tmp_path / "documents")
    runs = runs_of(folder)
    key = tmp_path / "key"
    with watched(data, *runs) as seen:
        made = incamera(data, "init", "--key-file", key)
        assert made.returncode == 0, made.stderr
        assert "Keep a copy" in made.stderr
        with running(data, "ingest", folder) as ingesting:
            # An original is kept before it is parsed, so the first file is in the making.
            until(lambda: any(data.glob("collections/*/originals/*")) or ingesting.poll() is not None)
            ingesting.kill()
            ingesting.wait()
        assert showing(data, *runs) == []
        report = incamera_json(data, "ingest", folder)
        assert report["failed"] == []
        answer = incamera_json(data, "ask", f"What is the rent of {CANARIES[0]} house?")
        assert "900" in str(answer)
        found = incamera_json(data, "documents")
        assert len(found) == 7
        assert incamera_json(data, "status")["encryption"]["encrypted"] is True
        sha256 = next(one["sha256"] for one in found if one["name"] == "letter.pdf")
        assert incamera(data, "purge", sha256, "--yes").returncode == 0
        again = incamera(data, "ask", "Who was allergic to penicillin?")
        assert CANARIES[2] in again.stdout
    assert seen == []
    assert showing(data, *runs) == []
    assert showing((data / "embedder").resolve()) == []
    key.unlink()
    locked = incamera(data, "ask", "Who was allergic to penicillin?")
    assert locked.returncode == 2
    assert "nobody can read this vault any more" in locked.stderr


@pytest.mark.slow
def test_no_word_of_an_upload_or_conversation_is_in_any_file_of_a_server(data: Path, tmp_path: Path) -> None:
    folder = documents(tmp_path / "documents")
    runs = runs_of(folder)
    assert incamera(data, "init", "--key-file", tmp_path / "key").returncode == 0
    with watched(data, *runs) as seen:
        with running(data, "serve", "--port", free_port()) as server:
            until(lambda: "http" in server.printed_so_far() or server.poll() is not None)
            report = incamera_json(data, "ingest", folder)
            assert report["failed"] == []
            answer = incamera_json(data, "ask", f"Who signed, {CANARIES[4]} or {CANARIES[3]}?")
            assert answer
            server.kill()
            server.wait()
        assert showing(data, *runs) == []
        assert len(incamera_json(data, "documents")) == 7
    assert seen == []


@pytest.mark.slow
def test_a_passphrase_opens_the_vault_and_another_does_not(data: Path, tmp_path: Path) -> None:
    short = incamera(data, "init", "--passphrase", answer="secret\n")
    assert (short.returncode, "at least 12" in short.stderr) == (2, True)
    made = incamera(data, "init", "--passphrase", answer="four odd words\n")
    assert made.returncode == 0, made.stderr
    file = tmp_path / "passphrase"
    file.write_text("four odd words\n")
    assert incamera_json(data, "documents", key_file=file) == []
    file.write_text("five odd words\n")
    wrong = incamera(data, "documents", key_file=file)
    assert (wrong.returncode, "not the passphrase" in wrong.stderr) == (2, True)
    nobody = incamera(data, "documents")
    assert (nobody.returncode, "INCAMERA_KEY_FILE" in nobody.stderr) == (2, True)


@pytest.mark.slow
def test_a_vault_is_encrypted_and_given_another_key_by_commands(data: Path, tmp_path: Path) -> None:
    assert incamera(data, "init").returncode == 0
    status = incamera_json(data, "status")["encryption"]
    assert status["encrypted"] is False
    assert "incamera encrypt" in status["not_encrypted"][0]
    refused = incamera(data, "encrypt")
    assert (refused.returncode, "--key-file" in refused.stderr) == (2, True)
    inside = incamera(data, "encrypt", "--yes", "--key-file", data / "key")
    assert (inside.returncode, "inside the data folder" in inside.stderr) == (2, True)
    done = incamera(data, "encrypt", "--yes", "--key-file", tmp_path / "key")
    assert done.returncode == 0, done.stderr
    assert incamera_json(data, "status")["encryption"]["opened_by"] == "file"
    again = incamera(data, "init", "--key-file", tmp_path / "other")
    assert (again.returncode, "keys rotate" in again.stderr) == (2, True)
    rotated = incamera(data, "keys", "rotate", "--passphrase", answer="four odd words\n")
    assert rotated.returncode == 0, rotated.stderr
    file = tmp_path / "passphrase"
    file.write_text("four odd words")
    assert incamera_json(data, "status", key_file=file)["encryption"]["opened_by"] == "passphrase"
    assert incamera(data, "documents", key_file=tmp_path / "key").returncode == 2
