"""What the parser must not be able to do, and what follows where the kernel lets it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Sequence
from typing import Literal

from ingest.parsing.child_start import child_command, child_environment
from ingest.parsing.folder import ParserFolder
from vault.errors import SandboxIncomplete

Demand = Literal["best", "required"]
"""Read files with whatever the kernel refuses, or only where it refuses all of `CLAIMS`."""

CLAIMS = {
    "network": "reach the network",
    "sockets": "talk to other programs over sockets",
    "files": "read, write or list other files",
    "modes": "change the permissions of other files",
    "processes": "signal or look into other processes",
    "programs": "start other programs",
}
"""What is refused to the process, each tried anew when it starts; and how people are told of it."""


def granted(refused: Collection[str]) -> list[str]:
    """What the kernel lets the process do, of `CLAIMS`, in their order."""
    return [claim for claim in CLAIMS if claim not in refused]


def in_words(claims: Sequence[str], last: str) -> str:
    """ "reach the network, start other programs and change …", with `last` before the last one."""
    *others, end = (CLAIMS[claim] for claim in claims)
    return f"{', '.join(others)} {last} {end}" if others else end


def check_sandbox(refused: Collection[str], demand: Demand) -> None:
    """Raises SandboxIncomplete when all is demanded and something is granted."""
    open_to = granted(refused)
    if demand == "required" and open_to:
        raise SandboxIncomplete(
            "No file is read: INCAMERA_SANDBOX is 'required', and this system would let the process that "
            f"reads files {in_words(open_to, 'and')}. Use Linux 6.12 or later with Landlock and seccomp (a "
            "container must be allowed to use them), or set INCAMERA_SANDBOX=best to read files all the same."
        )


def try_sandbox() -> list[str]:
    """The claims that hold on this machine now, found out in a process that is shut in and ends."""
    folder = ParserFolder()
    try:
        done = subprocess.run(
            child_command("ingest.parsing.attempts"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=folder.path,
            env=child_environment(str(folder.path)),
            check=False,
        )
        hold = json.loads(done.stdout) if done.returncode == 0 else []
    finally:
        folder.remove()
    return [claim for claim in CLAIMS if claim in hold]
