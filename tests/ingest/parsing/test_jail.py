"""What the process that parses a file cannot reach: the network, other files, other processes, programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.formats.office.program import office_program
from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.ingest import files
from tests.places import ROOT
from tests.waiting import PATIENCE

INSIDE = """
import ctypes, os, socket, subprocess, sys
from pathlib import Path
from ingest.parsing import jail
from ingest.parsed.limits import ParseLimits
own, other, folder = map(Path, sys.argv[1:4])
libc = ctypes.CDLL(None, use_errno=True)
def system(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
Path(str(other) + ".socket").unlink(missing_ok=True)
listener = socket.socket(socket.AF_UNIX)
listener.bind(str(other) + ".socket")
listener.listen()
address = (1).to_bytes(2, sys.byteorder) + os.fsencode(str(other) + ".socket") + bytes(1)
jail.enter(ParseLimits())
jail.enter_for_file(own, folder, ParseLimits())
def attempt():
    {attempt}
try:
    attempt()
    print("done")
except OSError as error:
    print("refused", type(error).__name__)
"""


def in_sandbox(attempt: str, folder: Path) -> str:
    """Return the result of trying `attempt` in a process in the sandbox."""
    own, other = folder / "own.txt", folder / "other.txt"
    own.write_text("own")
    other.write_text("another matter's secret")
    (folder / "temporary").mkdir(exist_ok=True)
    command = [sys.executable, "-c", INSIDE.format(attempt=attempt), own, other, folder / "temporary"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE
    ).stdout.strip()


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """What this machine's kernel refuses."""
    with Parser(ParseLimits()) as parser:
        parser.parse(files.pdf(tmp_path_factory.mktemp("jail") / "a.pdf"))
        return parser.refused


def test_the_parser_can_use_its_own_file_and_folder(tmp_path: Path) -> None:
    assert in_sandbox("own.read_bytes()", tmp_path) == "done"
    assert in_sandbox("(folder / 'x').write_text('x')", tmp_path) == "done"
    assert in_sandbox("import wave, sqlite3", tmp_path) == "done"


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
    assert in_sandbox(attempt, tmp_path) == "refused PermissionError"


@pytest.mark.parametrize(
    ("claim", "attempt"),
    [
        ("files", "other.read_bytes()"),
        ("files", "own.write_text('changed')"),
        ("files", "other.unlink()"),
        ("files", "Path('/etc/passwd').read_bytes()"),
        ("files", "os.listdir('/')"),
        ("processes", "os.kill(os.getppid(), 0)"),
        ("modes", "other.chmod(0o666)"),
        ("modes", "os.chmod(own.parent, 0o777)"),
        ("modes", "os.chown(other, os.getuid(), os.getgid())"),
        ("modes", "os.setxattr(other, 'user.x', b'x')"),
        # Without Python's own checks, like a parser that a hostile file took over.
        ("network", "system(libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0))"),
        ("network", "system(libc.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))"),
        ("network", "system(libc.socket(40, socket.SOCK_STREAM, 0))"),
        ("sockets", "system(libc.connect(libc.socket(1, 1, 0), address, len(address)))"),
        ("sockets", "system(libc.syscall(425, 4, ctypes.create_string_buffer(120)))"),
        ("programs", "system(libc.execv(os.fsencode(os.path.realpath(sys.executable)), None))"),
    ],
)
def test_other_files_processes_and_sockets_are_refused_by_the_kernel(
    tmp_path: Path, claim: str, attempt: str, refused: frozenset[str]
) -> None:
    if claim not in refused:
        pytest.skip(f"the kernel does not refuse: {claim}")
    expected = "refused OSError" if "syscall" in attempt else "refused PermissionError"
    assert in_sandbox(attempt, tmp_path) == expected


def test_a_program_among_the_libraries_cannot_be_started(tmp_path: Path, refused: frozenset[str]) -> None:
    if "programs" not in refused:
        pytest.skip("the kernel does not refuse programs")
    loader = next(Path("/lib64").glob("ld-linux*.so*"), None) or next(
        Path("/lib").glob("ld-linux*.so*"), None
    )
    if loader is None or office_program() is not None:
        pytest.skip("there is no loader, or LibreOffice may start it")
    assert in_sandbox(f"system(libc.execv({bytes(loader)!r}, None))", tmp_path) == "refused PermissionError"


def test_there_is_no_network_device_inside(tmp_path: Path, refused: frozenset[str]) -> None:
    if "network" not in refused:
        pytest.skip("the kernel does not refuse the network")
    assert in_sandbox("print(socket.if_nameindex())", tmp_path) == "refused PermissionError"


def test_the_parser_leaves_no_byte_code_behind(tmp_path: Path) -> None:
    """The package may belong to another user, and code that is imported later must not be changed."""
    for package in ("ingest", "vault"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    script = "from ingest.parsing.parser import Parser\nwith Parser() as parser: parser.start()"
    command = [sys.executable, "-B", "-c", script]
    subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, check=True)
    assert not list(tmp_path.rglob("*.pyc"))
