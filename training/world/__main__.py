"""Make patients and matters and write them as files with questions.

    python -m training.world --seed 1 --side development --count 20 --out FOLDER

FOLDER then is a set that `bench.world` asks; its folder `files` holds the documents.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training.world.make import QUESTIONS, made_collections
from training.world.sides import Side
from training.world.write import write_collections


def main(given: Sequence[str] | None = None) -> int:
    """Read the command line, write the set and print how much it holds."""
    parser = argparse.ArgumentParser(
        prog="python -m training.world", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--side", type=Side, choices=list(Side), default=Side.DEVELOPMENT)
    parser.add_argument("--count", type=int, default=20, help="collections; each is a patient or a matter")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="most of a collection")
    parser.add_argument("--out", type=Path, required=True, help="a folder that is not there yet, or empty")
    chosen = parser.parse_args(given)
    if chosen.out.exists() and any(chosen.out.iterdir()):
        print(f"{chosen.out} is not empty. Name a new folder, or empty it.", file=sys.stderr)
        return 2
    made = made_collections(chosen.seed, chosen.side, chosen.count, chosen.questions)
    questions = write_collections(made, chosen.out)
    print(
        f"{chosen.out}: {chosen.count} collections, {questions} questions ({chosen.side}, seed {chosen.seed})"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
