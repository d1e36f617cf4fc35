"""LibreOffice, the only program that a parser may start, if it is installed."""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import sys
from functools import cache
from pathlib import Path

_PLACES = (
    "/usr/lib/libreoffice/program/soffice.bin",
    "/usr/lib64/libreoffice/program/soffice.bin",
    "/opt/libreoffice/program/soffice.bin",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
CONFIGURATION = (
    "/etc/libreoffice",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/etc/fonts",
    "/var/cache/fontconfig",
)
"""The folders that it reads besides its own."""
SOCKETS = Path("/tmp")  # noqa: S108 — it always makes its socket here
_PR_SET_PDEATHSIG = 1
_STARTS = 3


@cache
def office_program() -> Path | None:
    """Return the program itself (its start script needs a shell); None if it is not installed."""
    versions = sorted(Path("/opt").glob("libreoffice*/program/soffice.bin"), reverse=True)
    places = [Path(place) for place in _PLACES] + versions
    return next((place for place in places if place.is_file()), None)


def end_with_parent() -> None:
    """Make LibreOffice end with the process that started it; call this in the new process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def profiles_in(folder: Path) -> list[Path]:
    """Return the paths of its profile for the first start, the second and so on; they name its socket."""
    return [folder / f"office-{start}" for start in range(_STARTS)]


def remove_sockets(folder: Path) -> None:
    """Remove the sockets that it left behind: in the sandbox it may make them but not remove them."""
    for profile in profiles_in(folder):
        digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
        name = "".join(f"{byte:x}" for byte in digest)
        for user in ("", f"{os.getuid()}_"):  # it leaves the number out if it cannot look up the user
            (SOCKETS / f"OSL_PIPE_{user}SingleOfficeIPC_{name}").unlink(missing_ok=True)
