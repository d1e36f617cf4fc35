"""How much code one question visits: functions, files, and calls from one of our packages to another.

    python -m bench.crossings [--question TEXT] [--documents FILE ...]

Takes a few sample documents into a temporary vault and asks one question with the `incamera` command, in this
process and without a language model. What happens inside `Answerer.ask` is counted; the models are loaded
before. Only the command and `Answerer` are imported, so that the file also runs in the checkout of another
version:

    cd OTHER_CHECKOUT && PYTHONPATH=. python -P PATH/TO/bench/crossings.py
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import rag.answer
from bench.machine import facts
from rag.answer import Answerer

PACKAGES = ("vault", "ingest", "rag", "evaluation", "ui")
ROOT = Path(rag.answer.__file__).parents[1]
"""The checkout that is measured."""
DOCUMENTS = (
    "legal/services_agreement.pdf",
    "legal/services_amendment_1.pdf",
    "medical/clinic_letter_trewick.txt",
)
MOST_LISTED = 10
"""Functions that are listed by name."""
QUESTION = "Within how many days must an undisputed invoice be paid under the services agreement as amended?"


@cache
def package_of(file: str) -> str | None:
    """Return the package of ours that a source file belongs to; None for any other file."""
    path = Path(file)
    if not path.is_relative_to(ROOT):
        return None
    package = path.relative_to(ROOT).parts[0]
    return package if package in PACKAGES else None


class Visits:
    """Counts the calls of our functions while it is the profile function of the thread.

    Each step of a generator counts as a call. Lambdas and comprehensions are not counted by themselves.
    A library between two of our functions does not hide the call: the caller is the nearest function of ours.
    """

    def __init__(self) -> None:
        self.functions: set[tuple[str, str]] = set()
        """(file, qualified name)."""
        self.calls = 0
        self.crossings: Counter[tuple[str, str]] = Counter()
        """Number of calls by (package of the caller, package of the called)."""
        self.crossed_into: Counter[tuple[str, str]] = Counter()
        """Number of those calls by (file, qualified name) of the called function."""

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        """Count one event of `sys.setprofile`."""
        code = frame.f_code
        package = package_of(code.co_filename)
        if event != "call" or package is None or code.co_name.startswith("<"):
            return
        self.functions.add((code.co_filename, code.co_qualname))
        self.calls += 1
        caller = calling_package(frame)
        if caller is not None and caller != package:
            self.crossings[caller, package] += 1
            self.crossed_into[code.co_filename, code.co_qualname] += 1

    @property
    def files(self) -> set[str]:
        """The files of the functions that were called."""
        return {file for file, _ in self.functions}


def calling_package(frame: FrameType) -> str | None:
    """Return the package of the nearest function of ours that led to this frame; None when there is none."""
    caller = frame.f_back
    while caller is not None:
        package = package_of(caller.f_code.co_filename)
        if package is not None:
            return package
        caller = caller.f_back
    return None


def visits_of(question: str, documents: Sequence[Path]) -> Visits:
    """Ask a question of a temporary vault with the documents, and return what the answer visited."""
    from ui.cli import app

    visits = Visits()
    ask = Answerer.ask

    def counted(self: Answerer, *given: Any, **named: Any) -> Iterator[Any]:
        before = sys.getprofile()
        sys.setprofile(visits)
        try:
            events = list(ask(self, *given, **named))
        finally:
            sys.setprofile(before)
        return iter(events)

    os.umask(0o077)  # as the command does: what it makes is for this user alone
    with tempfile.TemporaryDirectory(prefix="incamera-crossings-") as folder:
        os.environ["INCAMERA_DATA"] = folder
        for name in ("INCAMERA_MODEL", "INCAMERA_MODEL_SERVER"):
            os.environ.pop(name, None)
        Answerer.ask = counted  # type: ignore[method-assign]
        try:
            for command in (["init"], ["ingest", *map(str, documents)], ["ask", question]):
                if app(command, standalone_mode=False):
                    raise SystemExit(f"incamera {command[0]} failed; nothing was counted.")
        finally:
            Answerer.ask = ask  # type: ignore[method-assign]
    return visits


def main() -> None:
    """Print the counts as Markdown."""
    parser = argparse.ArgumentParser(description="How much code one question visits.")
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument(
        "--documents", type=Path, nargs="+", default=[ROOT / "sample_docs" / name for name in DOCUMENTS]
    )
    arguments = parser.parse_args()
    measured = facts("python -m bench.crossings")
    visits = visits_of(arguments.question, arguments.documents)
    print("\n".join(["", *measured, ""]))
    print(
        f"{len(visits.functions):,} functions in {len(visits.files):,} files, {visits.calls:,} calls, "
        f"{visits.crossings.total():,} of them from one package to another."
    )
    print("\n| from | to | calls |\n|---|---|---:|")
    for (caller, called), count in visits.crossings.most_common():
        print(f"| {caller} | {called} | {count:,} |")
    print("\n| called from another package | calls |\n|---|---:|")
    for (file, name), count in visits.crossed_into.most_common(MOST_LISTED):
        print(f"| {Path(file).relative_to(ROOT)} `{name}` | {count:,} |")


if __name__ == "__main__":
    main()
