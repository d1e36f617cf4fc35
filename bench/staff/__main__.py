"""Ask the questions of a staff set and print what was right, by kind.

    python -m bench.staff SET [--collections NAME …] [--kinds KIND …]
                                              [--json FILE] [--keep FOLDER] [--once]

The documents become real files, which are loaded into temporary vaults. The language model of the settings
writes the answers, by default the built-in one. With INCAMERA_MODEL=off they are quoted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.staff.asking import Asked
from bench.staff.running import add_choices, ask_and_print
from bench.staff.sets import FOLDER, SETS, StaffCollection, load_set
from vault.errors import EvaluationError, IncameraError

_WHY_ONCE = (
    "The final set is asked once, at the very end: how much worse it comes out than `report` shows how far "
    "the product was fitted to questions that we knew. Whoever asks it earlier, or looks at what went wrong "
    "and then changes something, has no such set any more. If this is the end, add --once and report what "
    "comes out."
)


def chosen_collections(folder: Path, names: Sequence[str]) -> list[StaffCollection]:
    """Return the collections of a set with these names, or all. Raises EvaluationError."""
    collections = load_set(folder)
    known = [collection.name for collection in collections]
    for name in names:
        if name not in known:
            raise EvaluationError(
                f"{folder.name} has no collection {name!r}. Name some of {', '.join(known)}."
            )
    return [collection for collection in collections if not names or collection.name in names]


def run(arguments: argparse.Namespace) -> list[Asked]:
    """Ask the questions that were chosen, and print the tables. Raises IncameraError."""
    if arguments.set == "final" and not arguments.once:
        raise EvaluationError(_WHY_ONCE)
    collections = chosen_collections(FOLDER / arguments.set, arguments.collections)
    return ask_and_print(
        "bench.staff", arguments.set, collections, arguments.kinds, arguments.json, arguments.keep
    )


def main(given: Sequence[str] | None = None) -> int:
    """Read the command line and run; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.staff", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("set", choices=SETS)
    add_choices(parser)
    parser.add_argument("--once", action="store_true", help="needed for the final set, which is asked once")
    try:
        run(parser.parse_args(given))
    except IncameraError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
