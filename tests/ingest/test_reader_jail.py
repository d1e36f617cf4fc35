"""What the process that parses a file cannot reach: the network, other files, other processes, programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.limits import ReadLimits
from ingest.reader import Reader
from tests.ingest import files
from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
INSIDE = """
import os, socket, subprocess, sys
from pathlib import Path
from ingest import reader_jail
from ingest.limits import ReadLimits
own, other, folder = map(Path, sys.argv[1:4])
granted = reader_jail.enter(ReadLimits())
reader_jail.enter_for_file(own, folder, ReadLimits())
def attempt():
    {attempt}
try:
    attempt()
    print("done")
except OSError as error:
    print("refused", type(error).__name__)
"""


def inside(attempt: str, folder: Path) -> str:
    """What trying `attempt` gives in a process as the parser of a file has it."""
    own, other = folder / "own.txt", folder / "other.txt"
    own.write_text("own")
    other.write_text("another matter's secret")
    (folder / "temporary").mkdir(exist_ok=True)
    command = [sys.executable, "-c", INSIDE.format(attempt=attempt), own, other, folder / "temporary"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE
    ).stdout.strip()


@pytest.fixture(scope="module")
def granted(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """What this machine's kernel grants."""
    with Reader(ReadLimits()) as reader:
        reader.read(files.pdf(tmp_path_factory.mktemp("jail") / "a.pdf"))
        return reader.granted


def test_its_own_file_and_folder_are_open(tmp_path: Path) -> None:
    assert inside("own.read_bytes()", tmp_path) == "done"
    assert inside("(folder / 'x').write_text('x')", tmp_path) == "done"
    assert inside("import wave, sqlite3", tmp_path) == "done"


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 80)",
        "socket.socket(socket.AF_UNIX).connect('/run/x')",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_network_and_programs_are_refused_by_python(tmp_path: Path, attempt: str) -> None:
    assert inside(attempt, tmp_path) == "refused PermissionError"


@pytest.mark.parametrize(
    "attempt",
    [
        "other.read_bytes()",
        "own.write_text('changed')",
        "other.unlink()",
        "Path('/etc/passwd').read_bytes()",
        "os.listdir('/')",
        "os.kill(os.getppid(), 0)",
    ],
)
def test_other_files_and_processes_are_refused_by_the_kernel(
    tmp_path: Path, attempt: str, granted: frozenset[str]
) -> None:
    if "files" not in granted:
        pytest.skip("the kernel has no Landlock")
    assert inside(attempt, tmp_path) == "refused PermissionError"


def test_there_is_no_network_device_inside(tmp_path: Path, granted: frozenset[str]) -> None:
    if "network" not in granted:
        pytest.skip("the kernel grants no network namespace")
    assert inside("print([name for _, name in socket.if_nameindex()])", tmp_path).startswith("['lo']")
