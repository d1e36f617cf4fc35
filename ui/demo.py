"""`make demo`: adds the sample documents and asks three questions, with the commands that people use."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from vault.settings import Settings

_SAMPLES = Path(__file__).parents[1] / "sample_docs"
_COLLECTION = "samples"
_QUESTIONS = (
    "Within how many days must an undisputed invoice be paid under the services agreement as amended?",
    "Is Alban Trewick allergic to contrast medium?",
    "What is the annual fee for the parking space?",
)


def main() -> int:
    """Run the demo in the data folder of the settings; return 1 if a command failed, else 0."""
    settings = Settings.load()
    print(f"Everything stays on this machine, in {settings.data}.\n", flush=True)
    if _run("init", "-c", _COLLECTION):
        return 1
    if _run("ingest", *(str(_SAMPLES / part) for part in ("legal", "medical")), "-c", _COLLECTION):
        return 1
    for question in _QUESTIONS:
        if _run("ask", question, "-c", _COLLECTION):
            return 1
    print("\nThe same in the browser: make serve")
    return 0


def _run(*arguments: str) -> int:
    print(f"\n$ incamera {shlex.join(arguments)}", flush=True)
    return subprocess.run([sys.executable, "-m", "ui.cli", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
