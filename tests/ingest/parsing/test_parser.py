"""The Parser: a file may crash, hang, lie or grow, and the next file is still parsed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from ingest.parsed.limits import ParseLimits
from ingest.parsing import parser as parser_module
from ingest.parsing.parser import Parser
from tests.ingest import files
from tests.ingest.long_files import long_pdf as write_long_pdf
from tests.waiting import until
from vault.errors import (
    DamagedFile,
    EmptyFile,
    FileUnreadable,
    NoText,
    ParserCrashed,
    ParserTimeout,
    PasswordProtected,
    TooLarge,
    UnsupportedType,
)


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    """A parser for the tests of this file."""
    with Parser() as parser:
        yield parser


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small PDF."""
    return files.pdf(tmp_path_factory.mktemp("parser") / "letter.pdf")


@pytest.fixture(scope="module")
def long_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes many seconds."""
    return write_long_pdf(tmp_path_factory.mktemp("parser") / "long.pdf")


@contextmanager
def while_parsing(parser: Parser, act: Callable[[int, int], None]) -> Iterator[None]:
    """Call `act` with the process ids of the child and its fork, which is paused in the middle of a file."""
    child = parser.pid
    assert child is not None

    def interfere() -> None:
        (fork,) = until(lambda: [fork for fork in forks_of(child) if is_restricted(fork, child)])
        os.kill(fork, signal.SIGSTOP)
        act(child, fork)

    with ThreadPoolExecutor(1) as threads:
        acted = threads.submit(interfere)
        yield
        acted.result()


def is_restricted(fork: int, child: int) -> bool:
    """Return whether the fork is past its first steps: it ends with the child, has closed the child's pipes,
    and has the limits of a file."""
    return Path(f"/proc/{fork}/limits").read_text() != Path(f"/proc/{child}/limits").read_text()


def gone(pid: int) -> bool:
    """Return whether a process has ended."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return True


def parse_when_quick(parser: Parser, path: Path) -> str:
    """Return the title of a file, trying again if a busy machine misses the short time limit."""

    def title() -> str:
        with suppress(ParserTimeout):
            return parser.parse(path).title
        return ""

    return until(title)


def crash(pid: int) -> None:
    """Let a paused process crash."""
    os.kill(pid, signal.SIGSEGV)
    os.kill(pid, signal.SIGCONT)


def forks_of(pid: int) -> list[int]:
    """Return the process ids of the forks of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_files_of_each_format_are_parsed_completely(parser: Parser, letter: Path, tmp_path: Path) -> None:
    assert parser.parse(letter).title == "Supply Agreement"
    assert len(parser.parse(files.word(tmp_path / "a.docx")).pages[0].elements) == 9
    assert parser.parse(files.slides(tmp_path / "a.pptx")).pages[1].label == "Slide 2"
    sheet = files.workbook(tmp_path / "a.xlsx", [["Dose", "Unit"], [5.9, "mg"]])
    assert parser.parse(sheet).pages[0].text.endswith("5.9 | mg")
    mail = parser.parse(files.message(tmp_path / "a.eml", attachment=("../../evil.sh", b"\x00\xff")))
    assert (mail.attachments[0].name, mail.attachments[0].content) == ("../../evil.sh", b"\x00\xff")
    page = tmp_path / "a.html"
    page.write_text("<html><body><h1>One</h1><p>Two.</p></body></html>")
    assert parser.parse(page).pages[0].text == "One\n\nTwo."


@pytest.mark.slow
def test_slow_libraries_are_loaded_once_and_only_for_a_file_that_needs_them(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    prepare = Parser._prepare
    monkeypatch.setattr(Parser, "_prepare", lambda self, kind: (loaded.append(kind), prepare(self, kind)))
    (tmp_path / "a.txt").write_text("The fee is due in May.")
    (tmp_path / "a.csv").write_text("Dose,Unit\n5.9,mg\n")
    (tmp_path / "a.md").write_text("# Notes\n\nOne.\n")
    with Parser() as parser:
        for path in (letter, tmp_path / "a.txt", tmp_path / "a.csv"):
            parser.parse(path)
        assert loaded == []
        for path in (files.word(tmp_path / "a.docx"), tmp_path / "a.md", tmp_path / "a.md"):
            parser.parse(path)
        assert loaded == ["docx", "markdown"]


def test_no_slow_library_is_loaded_at_the_start() -> None:
    code = "from ingest.formats import prepare; prepare(); import sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "ingest.formats.text.csv" in loaded.split()
    assert not {"unstructured", "spacy", "docx", "openpyxl", "onnxruntime"} & set(loaded.split())


def test_the_child_is_kept_between_files(parser: Parser, letter: Path) -> None:
    parser.parse(letter)
    first = parser.pid
    parser.parse(letter)
    assert first is not None and parser.pid == first


def test_the_name_decides_between_kinds_of_text(parser: Parser, tmp_path: Path) -> None:
    path = tmp_path / "5f2a"
    path.write_text("# Notes\n\nOne.\n")
    assert parser.parse(path, name="notes.md").pages[0].text == "Notes\n\nOne."
    assert parser.parse(path, name="notes.txt").pages[0].text == "# Notes\n\nOne.\n"


def test_it_works_from_any_folder_and_leaves_nothing_behind(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with Parser() as parser:
        parser.parse(letter)
        pid = parser.pid
        assert len(list(tmp_path.glob("incamera-read-*"))) == 1
    assert not list(tmp_path.glob("incamera-read-*"))
    assert not Path(f"/proc/{pid}").exists()


def test_two_parsers_work_side_by_side(letter: Path) -> None:
    with Parser() as one, Parser() as other:
        assert one.parse(letter) == other.parse(letter)
        assert one.pid != other.pid


@pytest.mark.slow
def test_bad_files_are_refused_with_their_reason(parser: Parser, tmp_path: Path) -> None:
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
            parser.parse(path)
        assert str(caught.value).endswith(".") and "Traceback" not in str(caught.value)


def test_a_file_over_the_size_limit_is_not_opened(letter: Path) -> None:
    with Parser(ParseLimits(file_bytes=100)) as parser:
        with pytest.raises(TooLarge, match="above the limit"):
            parser.parse(letter)
        assert parser.pid is None


def test_a_slow_file_is_stopped_and_the_next_one_is_parsed(letter: Path, long_pdf: Path) -> None:
    with Parser(ParseLimits(seconds=0.2)) as parser:
        with pytest.raises(ParserTimeout, match=r"longer than 0\.2 seconds"):
            parser.parse(long_pdf)
        assert parse_when_quick(parser, letter) == "Supply Agreement"


@pytest.mark.slow
def test_a_child_that_hangs_is_replaced(
    letter: Path, long_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser_module, "_GRACE_SECONDS", 0.2)
    with Parser(ParseLimits(seconds=1)) as parser:
        parse_when_quick(parser, letter)
        first = parser.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(ParserTimeout, match="did not answer"):
            parser.parse(long_pdf)
        assert parse_when_quick(parser, letter) == "Supply Agreement"
        assert parser.pid != first


def test_a_killed_child_is_a_crash_and_the_next_file_is_parsed(letter: Path, long_pdf: Path) -> None:
    with Parser() as parser:
        parser.parse(letter)
        with (
            while_parsing(parser, lambda child, _: os.kill(child, signal.SIGKILL)),
            pytest.raises(ParserCrashed, match="signal 9"),
        ):
            parser.parse(long_pdf)
        assert parser.parse(letter).title == "Supply Agreement"


def test_a_fork_that_crashes_is_reported_and_the_child_stays(letter: Path, long_pdf: Path) -> None:
    with Parser() as parser:
        parser.parse(letter)
        first = parser.pid
        with (
            while_parsing(parser, lambda _, fork: crash(fork)),
            pytest.raises(ParserCrashed, match="SIGSEGV"),
        ):
            parser.parse(long_pdf)
        assert parser.parse(letter).title == "Supply Agreement"
        assert parser.pid == first


def test_a_child_that_ended_between_files_is_replaced(letter: Path) -> None:
    with Parser() as parser:
        parser.parse(letter)
        child = parser.pid
        assert child is not None
        os.kill(child, signal.SIGKILL)
        until(lambda: gone(child))
        assert parser.parse(letter).title == "Supply Agreement"


def test_the_memory_limit_stops_a_file_that_needs_too_much(letter: Path, tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text(f"{'a' * 999},b\n" * 100_000)
    with Parser(ParseLimits(memory_mb=600, characters=200_000_000)) as parser:
        with pytest.raises(ParserCrashed, match="600 MiB"):
            parser.parse(path)
        assert parser.parse(letter).title == "Supply Agreement"


def test_the_character_limit_stops_a_file_that_is_too_long(long_pdf: Path) -> None:
    with Parser(ParseLimits(characters=10_000)) as parser, pytest.raises(TooLarge, match="10,000 characters"):
        parser.parse(long_pdf)


def test_a_parser_that_was_stopped_starts_no_child_until_it_is_closed(letter: Path) -> None:
    with Parser() as parser:
        parser.stop()
        with pytest.raises(ParserCrashed, match="was stopped"):
            parser.parse(letter)
        assert parser.pid is None
        parser.close()
        assert parser.parse(letter).pages


def test_a_stop_ends_a_child_that_is_starting(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Parser() as parser:
        popen = subprocess.Popen

        def stopped_meanwhile(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
            parser.stop()  # it finds no child yet
            child = popen(*arguments, **options)
            os.kill(child.pid, signal.SIGSTOP)  # one that never answers
            return child

        monkeypatch.setattr(subprocess, "Popen", stopped_meanwhile)
        with pytest.raises(ParserCrashed):
            parser.parse(letter)


def test_the_child_and_its_fork_end_with_their_owner(letter: Path, long_pdf: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from ingest.parsing.parser import Parser\n"
        "parser = Parser(); parser.parse(Path(sys.argv[1])); print(parser.pid, flush=True)\n"
        "parser.parse(Path(sys.argv[2]))"
    )
    owner = subprocess.Popen([sys.executable, "-c", script, letter, long_pdf], stdout=subprocess.PIPE)
    assert owner.stdout
    child = int(owner.stdout.readline())
    (fork,) = until(lambda: [fork for fork in forks_of(child) if is_restricted(fork, child)])
    os.kill(fork, signal.SIGSTOP)
    owner.kill()
    owner.communicate()
    until(lambda: gone(child) and gone(fork))


def test_forks_end_with_the_child(letter: Path, long_pdf: Path) -> None:
    with Parser() as parser:
        parser.parse(letter)
        seen: list[int] = []

        def end_child(child: int, fork: int) -> None:
            seen.append(fork)
            os.kill(child, signal.SIGKILL)

        with while_parsing(parser, end_child), pytest.raises(ParserCrashed):
            parser.parse(long_pdf)
        until(lambda: gone(seen[0]))
