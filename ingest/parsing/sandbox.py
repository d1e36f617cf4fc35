"""What the parser must not be able to do, and what happens if the kernel allows it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Sequence
from typing import Literal

from ingest.parsing.folder import ParserFolder
from vault.errors import SandboxIncomplete
from vault.process.child_start import child_command, child_environment

Demand = Literal["best", "required"]
"""best: parse files with whatever the kernel refuses; required: only if it refuses all of `CLAIMS`."""

CLAIMS = {
    "network": "reach the network",
    "sockets": "talk to other programs over sockets",
    "files": "read, write or list other files",
    "modes": "change the permissions of other files",
    "processes": "signal or look into other processes",
    "programs": "start other programs",
}
"""What the kernel must refuse to the parser, with words for users. Each is tried when a parser starts."""


def granted(refused: Collection[str]) -> list[str]:
    """Return those `CLAIMS` that the kernel does not refuse, in their order."""
    return [claim for claim in CLAIMS if claim not in refused]


def in_words(claims: Sequence[str], last: str) -> str:
    """Return the claims as words, with `last` before the last one: "reach the network and start ..."."""
    *others, end = (CLAIMS[claim] for claim in claims)
    return f"{', '.join(others)} {last} {end}" if others else end


def check_sandbox(refused: Collection[str], demand: Demand) -> None:
    """Raise SandboxIncomplete if the sandbox is required and the kernel does not refuse everything."""
    allowed = granted(refused)
    if demand == "required" and allowed:
        raise SandboxIncomplete(
            "No file is read: INCAMERA_SANDBOX is 'required', and this system would let the process that "
            f"reads files {in_words(allowed, 'and')}. Use Linux 6.12 or later with Landlock and seccomp (a "
            "container must be allowed to use them), or set INCAMERA_SANDBOX=best to read files anyway."
        )


def try_sandbox() -> list[str]:
    """Try what the kernel of this machine refuses to a sandboxed process; return the claims that hold."""
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
