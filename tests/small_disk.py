"""A disk of a few megabytes: a tmpfs that only the tests' own processes see, filled and freed at will."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.ui.cli.command import completed

_BEGIN = 'mount -t tmpfs -o size="$1",mode=0755 none "$2" && echo mounted && exec sleep infinity'
_FILLER = "filler"


class SmallDisk:
    """The disk; `place` is where commands that are run on it find it, `seen` where this process does."""

    def __init__(self, holder: int, place: Path) -> None:
        self._holder = holder
        self.place = place
        self.seen = Path(f"/proc/{holder}/root") / place.relative_to("/")

    def run(
        self, environment: Mapping[str, str], *arguments: object, answer: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """`incamera ARGUMENTS` where the disk is seen, finished."""
        return completed(environment, *arguments, answer=answer, mounts_of=self._holder)

    def run_python(
        self, code: str, *arguments: object, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Python code where the disk is seen, finished."""
        return completed(environment, *arguments, mounts_of=self._holder, python=code)

    def fill(self, leave: int = 0) -> None:
        """Take all room but `leave` bytes."""
        with (self.seen / _FILLER).open("ab", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                size = os.fstat(filler.fileno()).st_size
                filler.truncate(max(0, size - leave))

    def free(self) -> None:
        """Give the room back."""
        (self.seen / _FILLER).unlink(missing_ok=True)

    def remount(self, options: str) -> None:
        """Mount it again with other options, such as read-only ("ro")."""
        remount = ["mount", "-o", f"remount,{options}", str(self.place)]
        subprocess.run(["nsenter", "-m", "-t", str(self._holder), *remount], check=True)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[SmallDisk | None]:
    """A disk of that size at the folder `place`; None where none may be mounted (it takes root, on Linux)."""
    place.mkdir()
    begin = [
        "unshare",
        "-m",
        "--propagation",
        "private",
        "sh",
        "-c",
        _BEGIN,
        "-",
        f"{megabytes}m",
        str(place),
    ]
    try:
        holder = subprocess.Popen(begin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except OSError:
        yield None
        return
    assert holder.stdout is not None
    try:
        mounted = holder.stdout.readline() == "mounted\n"
        yield SmallDisk(holder.pid, place) if mounted else None
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
