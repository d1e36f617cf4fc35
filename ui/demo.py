"""`make demo`: adds the sample documents and asks three questions, with the commands that people use."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from rag.models.builtin import TITLE, find_builtin
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
    print(f"Everything stays on this machine, in {settings.data}.\n{_who_answers(settings)}\n", flush=True)
    if _run("init", "-c", _COLLECTION):
        return 1
    if _run("ingest", *(str(_SAMPLES / part) for part in ("legal", "medical")), "-c", _COLLECTION):
        return 1
    for question in _QUESTIONS:
        if _run("ask", question, "-c", _COLLECTION):
            return 1
    print("\nThe same in the browser: make serve")
    return 0


def _who_answers(settings: Settings) -> str:
    """Return a sentence on what writes the answers."""
    named = settings.model_server or settings.model_file
    if named:
        return f"Answers are written by {named}; each sentence is checked."
    if settings.model == "off":
        return "Answers are quoted: INCAMERA_MODEL is off."
    lacks = find_builtin().lacks
    if lacks:
        return f"Answers are quoted, because the built-in language model does not answer here. {lacks}"
    return f"Answers are written by the built-in language model ({TITLE}); each sentence is checked."


def _run(*arguments: str) -> int:
    print(f"\n$ incamera {shlex.join(arguments)}", flush=True)
    return subprocess.run([sys.executable, "-m", "ui.cli", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
