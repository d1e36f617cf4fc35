"""Runs the real command, in a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import THREADS
from tests.forking import ONE_THREAD
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]


def environment(data: Path, **settings: object) -> dict[str, str]:
    """The environment of a user with this data folder and these INCAMERA_ settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INCAMERA_")}
    given = {f"INCAMERA_{name.upper()}": str(value) for name, value in settings.items()}
    return {**kept, "INCAMERA_DATA": str(data), "INCAMERA_THREADS": str(THREADS), **given}


def incamera(
    data: Path, *arguments: object, answer: str = "", **settings: object
) -> subprocess.CompletedProcess[str]:
    """`incamera ARGUMENTS`, finished; `answer` is what the user types."""
    call = {"arguments": [*map(str, arguments)], "environment": environment(data, **settings)}
    with tempfile.TemporaryFile() as typed, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        typed.write(answer.encode())
        typed.seek(0)
        forking = _forking(*_preloaded)
        files = [typed.fileno(), out.fileno(), err.fileno()]
        socket.send_fds(forking, [json.dumps(call).encode()], files)
        try:
            code = int(forking.recv(64))
        except TimeoutError:
            _forking.cache_clear()
            raise
        for said in (out, err):
            said.seek(0)
        return subprocess.CompletedProcess(
            command(*arguments), code, out.read().decode(), err.read().decode()
        )


def incamera_json(data: Path, *arguments: object, code: int = 0, **settings: object) -> Any:
    """What `incamera ARGUMENTS --json` prints."""
    done = incamera(data, *arguments, "--json", **settings)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def command(*arguments: object) -> list[str]:
    """The command as a list, for a process that starts from nothing."""
    return [sys.executable, "-m", "ui.cli", *map(str, arguments)]


@contextmanager
def preloading(*modules: str) -> Iterator[None]:
    """Commands find these modules imported as well, in the block: the import takes them seconds each."""
    _preloaded.extend(modules)
    try:
        yield
    finally:
        _preloaded.clear()


_preloaded: list[str] = []


@cache
def _forking(*preloaded: str) -> socket.socket:
    """The socket of the process that is forked for each command; it ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(PATIENCE)
    subprocess.Popen(
        [sys.executable, "-m", "tests.ui.forked", str(theirs.fileno()), *preloaded],
        pass_fds=[theirs.fileno()], cwd=ROOT, env={**os.environ, **ONE_THREAD},
    )  # fmt: skip
    theirs.close()
    return ours
