"""Runs the real command in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

from tests.forking import ONE_THREAD
from tests.places import ROOT
from tests.threads import THREADS
from tests.waiting import PATIENCE


def environment(data: Path, **settings: object) -> dict[str, str]:
    """Return the environment of a user with this data folder and these INCAMERA_ settings.

    No language model answers unless `model` says so: a file, or "" for the one that was chosen.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INCAMERA_")}
    off = {"INCAMERA_MODEL": "off"}
    given = {f"INCAMERA_{name.upper()}": str(value) for name, value in settings.items()}
    return {**kept, "INCAMERA_DATA": str(data), "INCAMERA_THREADS": str(THREADS), **off, **given}


def incamera(
    data: Path, *arguments: object, answer: str = "", **settings: object
) -> subprocess.CompletedProcess[str]:
    """Run `incamera ARGUMENTS` to its end; `answer` is what the user types."""
    return completed(environment(data, **settings), *arguments, answer=answer)


def incamera_json(data: Path, *arguments: object, code: int = 0, **settings: object) -> Any:
    """Run `incamera ARGUMENTS --json` and return what it prints."""
    done = incamera(data, *arguments, "--json", **settings)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def command(*arguments: object) -> list[str]:
    """Return the command as a list, for a process that is not forked."""
    return [sys.executable, "-m", "ui.cli", *map(str, arguments)]


def completed(
    variables: Mapping[str, str],
    *arguments: object,
    answer: str = "",
    mounts_of: int = 0,
    refusals: str = "",
    as_user: bool = False,
    python: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. It sees the mounted disks of the process `mounts_of` (0: of this process),
    and the kernel refuses it the system calls `refusals`, as `older_kernel.refuse` takes them.
    File modes bind it also where tests run as root, if it runs `as_user`.
    It is the code `python`, where that is given: it starts with all imported that a command needs.
    """
    with tempfile.TemporaryFile() as typed, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        typed.write(answer.encode())
        typed.seek(0)
        code = Running(
            variables,
            *arguments,
            files=(typed, out, err),
            mounts_of=mounts_of,
            refusals=refusals,
            as_user=as_user,
            python=python,
        ).wait()
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(
            command(*arguments), code, out.read().decode(), err.read().decode()
        )


class Running:
    """A running command, with those parts of `subprocess.Popen` that the tests need."""

    def __init__(
        self,
        variables: Mapping[str, str],
        *arguments: object,
        files: tuple[IO[Any], IO[Any], IO[Any]],
        mounts_of: int = 0,
        refusals: str = "",
        as_user: bool = False,
        python: str = "",
    ) -> None:
        """`files` are its standard input, output and error."""
        call = {
            "arguments": [*map(str, arguments)],
            "environment": dict(variables),
            "mounts_of": mounts_of,
            "refusals": refusals,
            "as_user": as_user,
            "python": python,
            "folder": str(ROOT),
        }
        self._output = files[1]
        report, reporting = socket.socketpair()
        with reporting:
            handles = [*(file.fileno() for file in files), reporting.fileno()]
            socket.send_fds(_forking(), [json.dumps(call).encode()], handles)
        report.settimeout(PATIENCE)
        self._report = report.makefile()
        self._socket = report
        self.pid = int(self._report.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, or None while the command runs."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, 0)
            return self.returncode
        return self.wait()

    def wait(self, timeout: float = PATIENCE) -> int:
        """Wait for the end, and return the exit code, or minus the signal that ended it."""
        if self.returncode is None:
            self._socket.settimeout(timeout)
            self.returncode = int(self._report.readline())
            self._report.close()
            self._socket.close()
        return self.returncode

    def printed(self) -> str:
        """Wait for the end, and return everything that was printed."""
        self.wait()
        return self.printed_so_far()

    def printed_so_far(self) -> str:
        """Return what has been printed until now."""
        # Read at its own place in the file: the command writes where ours stands.
        return os.pread(self._output.fileno(), os.fstat(self._output.fileno()).st_size, 0).decode()

    def send_signal(self, number: int) -> None:
        """Send a signal; do nothing if the command has ended."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the command to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the command."""
        self.send_signal(signal.SIGKILL)


@contextmanager
def running(data: Path, *arguments: object, **settings: object) -> Iterator[Running]:
    """Run `incamera ARGUMENTS` during the block, and kill it at the end."""
    with tempfile.TemporaryFile() as printed, Path(os.devnull).open() as nothing:
        process = Running(environment(data, **settings), *arguments, files=(nothing, printed, printed))
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@cache
def _forking() -> socket.socket:
    """Return the socket of the process that is forked for each command; it ends with this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(PATIENCE)
    subprocess.Popen(
        [sys.executable, "-m", "tests.ui.cli.forked", str(theirs.fileno())],
        pass_fds=[theirs.fileno()], cwd=ROOT, env={**os.environ, **ONE_THREAD},
    )  # fmt: skip
    theirs.close()
    return ours
