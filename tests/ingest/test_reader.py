"""The Reader: a file can crash, hang, lie or swell, and the next one still reads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ingest import reader as reader_module
from ingest.limits import ReadLimits
from ingest.reader import Reader
from tests.ingest import files
from tests.ingest.long_files import long_pdf as write_long_pdf
from tests.waiting import until
from vault.errors import (
    DamagedFile,
    EmptyFile,
    FileUnreadable,
    NoText,
    PasswordProtected,
    ReaderCrashed,
    ReaderTimeout,
    TooLarge,
    UnsupportedType,
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return files.pdf(tmp_path_factory.mktemp("reader") / "letter.pdf")


@pytest.fixture(scope="module")
def long_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes many seconds."""
    return write_long_pdf(tmp_path_factory.mktemp("reader") / "long.pdf")


@contextmanager
def while_reading(reader: Reader, act: Callable[[int, int], None]) -> Iterator[None]:
    """Call `act` with the ids of the child and of its fork, which stands still in the middle of a file."""
    child = reader.pid
    assert child is not None

    def come_between() -> None:
        (fork,) = until(lambda: [fork for fork in forks_of(child) if is_shut_in(fork, child)])
        os.kill(fork, signal.SIGSTOP)
        act(child, fork)

    with ThreadPoolExecutor(1) as beside:
        acted = beside.submit(come_between)
        yield
        acted.result()


def is_shut_in(fork: int, child: int) -> bool:
    """Whether the fork is past its first steps: it dies with the child, has let go of the child's pipes, and
    has the limits of a file."""
    return Path(f"/proc/{fork}/limits").read_text() != Path(f"/proc/{child}/limits").read_text()


def gone(pid: int) -> bool:
    """Whether a process has ended."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return True


def read_when_quick(reader: Reader, path: Path) -> str:
    """The title of a file that is read under a short time limit, which a busy machine may well miss."""

    def title() -> str:
        with suppress(ReaderTimeout):
            return reader.read(path).title
        return ""

    return until(title)


def crash(pid: int) -> None:
    """Let a process that stands still die of a fault of its own."""
    os.kill(pid, signal.SIGSEGV)
    os.kill(pid, signal.SIGCONT)


def forks_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_every_format_comes_back_whole(reader: Reader, letter: Path, tmp_path: Path) -> None:
    assert reader.read(letter).title == "Supply Agreement"
    assert len(reader.read(files.word(tmp_path / "a.docx")).pages[0].elements) == 9
    assert reader.read(files.slides(tmp_path / "a.pptx")).pages[1].label == "Slide 2"
    sheet = files.workbook(tmp_path / "a.xlsx", [["Dose", "Unit"], [5.9, "mg"]])
    assert reader.read(sheet).pages[0].text.endswith("5.9 | mg")
    mail = reader.read(files.message(tmp_path / "a.eml", attachment=("../../evil.sh", b"\x00\xff")))
    assert (mail.attachments[0].name, mail.attachments[0].content) == ("../../evil.sh", b"\x00\xff")
    page = tmp_path / "a.html"
    page.write_text("<html><body><h1>One</h1><p>Two.</p></body></html>")
    assert reader.read(page).pages[0].text == "One\n\nTwo."


def test_libraries_that_take_seconds_are_loaded_once_and_only_for_a_file_that_needs_them(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    prepare = Reader._prepare
    monkeypatch.setattr(Reader, "_prepare", lambda self: (loaded.append("all"), prepare(self)))
    (tmp_path / "a.txt").write_text("The fee is due in May.")
    (tmp_path / "a.csv").write_text("Dose,Unit\n5.9,mg\n")
    (tmp_path / "a.md").write_text("# Notes\n\nOne.\n")
    with Reader() as reader:
        for path in (letter, tmp_path / "a.txt", tmp_path / "a.csv"):
            reader.read(path)
        assert loaded == []
        for path in (files.word(tmp_path / "a.docx"), tmp_path / "a.md"):
            reader.read(path)
        assert loaded == ["all"]


def test_what_is_loaded_at_the_start_takes_no_time() -> None:
    code = "from ingest.formats import prepare; prepare(office=False); import sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "ingest.formats.csv" in loaded.split()
    assert not {"unstructured", "spacy", "docx", "openpyxl", "onnxruntime"} & set(loaded.split())


def test_the_child_is_kept_between_files(reader: Reader, letter: Path) -> None:
    reader.read(letter)
    first = reader.pid
    reader.read(letter)
    assert first is not None and reader.pid == first


def test_the_name_tells_stored_text_apart(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "5f2a"
    path.write_text("# Notes\n\nOne.\n")
    assert reader.read(path, name="notes.md").pages[0].text == "Notes\n\nOne."
    assert reader.read(path, name="notes.txt").pages[0].text == "# Notes\n\nOne.\n"


def test_it_works_from_any_folder_and_leaves_nothing_behind(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with Reader() as reader:
        reader.read(letter)
        pid = reader.pid
        assert len(list(tmp_path.glob("incamera-read-*"))) == 1
    assert not list(tmp_path.glob("incamera-read-*"))
    assert not Path(f"/proc/{pid}").exists()


def test_two_readers_work_side_by_side(letter: Path) -> None:
    with Reader() as one, Reader() as other:
        assert one.read(letter) == other.read(letter)
        assert one.pid != other.pid


def test_bad_files_are_refused_with_their_reason(reader: Reader, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(files.pdf(tmp_path / "whole.pdf").read_bytes()[:500])
    empty = tmp_path / "empty.docx"
    empty.touch()
    blank = tmp_path / "blank.txt"
    blank.write_text("  \n ")
    junk = tmp_path / "junk.docx"
    junk.write_bytes(bytes(range(256)) * 20)
    locked = files.pdf(tmp_path / "locked.pdf", password="secret")
    for path, kind in (
        (broken, DamagedFile),
        (empty, EmptyFile),
        (blank, NoText),
        (junk, UnsupportedType),
        (locked, PasswordProtected),
        (files.encrypted_office(tmp_path / "locked.docx"), PasswordProtected),
        (files.zip_bomb(tmp_path / "bomb.docx"), TooLarge),
        (files.entity_bomb(tmp_path / "entities.docx"), DamagedFile),
        (tmp_path / "missing.pdf", FileUnreadable),
        (tmp_path, FileUnreadable),
    ):
        with pytest.raises(kind) as caught:
            reader.read(path)
        assert str(caught.value).endswith(".") and "Traceback" not in str(caught.value)


def test_a_file_over_the_size_limit_is_not_opened(letter: Path) -> None:
    with Reader(ReadLimits(file_bytes=100)) as reader:
        with pytest.raises(TooLarge, match="above the limit"):
            reader.read(letter)
        assert reader.pid is None


def test_a_slow_file_is_stopped_and_the_next_one_reads(letter: Path, long_pdf: Path) -> None:
    with Reader(ReadLimits(seconds=0.2)) as reader:
        with pytest.raises(ReaderTimeout, match=r"longer than 0\.2 seconds"):
            reader.read(long_pdf)
        assert read_when_quick(reader, letter) == "Supply Agreement"


def test_a_child_that_hangs_is_replaced(
    letter: Path, long_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "_GRACE_SECONDS", 0.2)
    with Reader(ReadLimits(seconds=1)) as reader:
        read_when_quick(reader, letter)
        first = reader.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(ReaderTimeout, match="no answer"):
            reader.read(long_pdf)
        assert read_when_quick(reader, letter) == "Supply Agreement"
        assert reader.pid != first


def test_a_killed_child_is_a_crash_and_the_next_file_reads(letter: Path, long_pdf: Path) -> None:
    with Reader() as reader:
        reader.read(letter)
        with (
            while_reading(reader, lambda child, _: os.kill(child, signal.SIGKILL)),
            pytest.raises(ReaderCrashed, match="signal 9"),
        ):
            reader.read(long_pdf)
        assert reader.read(letter).title == "Supply Agreement"


def test_a_parser_that_dies_is_a_crash_and_the_child_stays(letter: Path, long_pdf: Path) -> None:
    with Reader() as reader:
        reader.read(letter)
        first = reader.pid
        with (
            while_reading(reader, lambda _, fork: crash(fork)),
            pytest.raises(ReaderCrashed, match="SIGSEGV"),
        ):
            reader.read(long_pdf)
        assert reader.read(letter).title == "Supply Agreement"
        assert reader.pid == first


def test_a_child_that_died_between_files_is_not_noticed(letter: Path) -> None:
    with Reader() as reader:
        reader.read(letter)
        child = reader.pid
        assert child is not None
        os.kill(child, signal.SIGKILL)
        until(lambda: gone(child))
        assert reader.read(letter).title == "Supply Agreement"


def test_the_memory_limit_stops_a_file_that_swells(letter: Path, tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text(f"{'a' * 999},b\n" * 100_000)
    with Reader(ReadLimits(memory_mb=600, characters=200_000_000)) as reader:
        with pytest.raises(ReaderCrashed, match="600 MiB"):
            reader.read(path)
        assert reader.read(letter).title == "Supply Agreement"


def test_the_character_limit_stops_a_file_that_is_too_long(long_pdf: Path) -> None:
    with Reader(ReadLimits(characters=10_000)) as reader, pytest.raises(TooLarge, match="10,000 characters"):
        reader.read(long_pdf)


def test_the_child_and_its_fork_die_with_their_owner(letter: Path, long_pdf: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from ingest.reader import Reader\n"
        "reader = Reader(); reader.read(Path(sys.argv[1])); print(reader.pid, flush=True)\n"
        "reader.read(Path(sys.argv[2]))"
    )
    owner = subprocess.Popen([sys.executable, "-c", script, letter, long_pdf], stdout=subprocess.PIPE)
    assert owner.stdout
    child = int(owner.stdout.readline())
    (fork,) = until(lambda: [fork for fork in forks_of(child) if is_shut_in(fork, child)])
    os.kill(fork, signal.SIGSTOP)
    owner.kill()
    owner.communicate()
    until(lambda: gone(child) and gone(fork))


def test_forks_die_with_the_child(letter: Path, long_pdf: Path) -> None:
    with Reader() as reader:
        reader.read(letter)
        seen: list[int] = []

        def end_child(child: int, fork: int) -> None:
            seen.append(fork)
            os.kill(child, signal.SIGKILL)

        with while_reading(reader, end_child), pytest.raises(ReaderCrashed):
            reader.read(long_pdf)
        until(lambda: gone(seen[0]))
