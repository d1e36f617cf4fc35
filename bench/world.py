"""Ask questions on made-up patients and matters and print what was right, by kind.

    python -m bench.world [--seed 1] [--side development] [--count 8] [--questions 40] [--set FOLDER]
                          [--collections NAME …] [--kinds KIND …] [--json FILE] [--keep FOLDER]

The collections are made by `training.world`, or read from a FOLDER that it wrote, and judged as
`bench.staff` judges. Constants are chosen on the side `development`. The side `report` gives
figures that are reported; it is asked only with --once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.staff.__main__ import chosen_collections
from bench.staff.asking import Asked
from bench.staff.running import add_choices, ask_and_print
from bench.staff.sets import StaffCollection
from training.world.make import QUESTIONS, made_collections
from training.world.sides import Side
from vault.errors import EvaluationError, IncameraError


def made_or_read(arguments: argparse.Namespace) -> list[StaffCollection]:
    """Return the collections that were chosen. Raises EvaluationError for a name that there is not."""
    if arguments.set is not None:
        return chosen_collections(arguments.set, arguments.collections)
    made = [
        one.staff
        for one in made_collections(arguments.seed, arguments.side, arguments.count, arguments.questions)
    ]
    known = [one.name for one in made]
    for name in arguments.collections:
        if name not in known:
            raise EvaluationError(f"No collection {name!r} is made. Name some of {', '.join(known)}.")
    return [one for one in made if not arguments.collections or one.name in arguments.collections]


def run(arguments: argparse.Namespace) -> list[Asked]:
    """Ask the questions that were chosen, and print the tables. Raises IncameraError."""
    if arguments.side is Side.REPORT and not arguments.once:
        raise EvaluationError(
            "The side `report` gives figures that are reported: nothing may be chosen on it. Ask the side "
            "`development`, or add --once if this is the figure that you report."
        )
    name = arguments.set.name if arguments.set else f"world-{arguments.side}-{arguments.seed}"
    return ask_and_print(
        "bench.world", name, made_or_read(arguments), arguments.kinds, arguments.json, arguments.keep
    )


def main(given: Sequence[str] | None = None) -> int:
    """Read the command line and run; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.world", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--side", type=Side, choices=list(Side), default=Side.DEVELOPMENT)
    parser.add_argument("--count", type=int, default=8, help="collections")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="most of a collection")
    parser.add_argument("--set", type=Path, metavar="FOLDER", help="a set that training.world wrote")
    add_choices(parser)
    parser.add_argument("--once", action="store_true", help="needed for the side that is reported")
    try:
        run(parser.parse_args(given))
    except IncameraError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
