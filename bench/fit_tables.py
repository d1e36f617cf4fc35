"""Ask tables alone, and fit how sure an answer from rows and cells must be before it is stated.

    python -m bench.fit_tables [FOLDER …] [--count 0] [--scenes 0] [--seed 1] [--side development]
                               [--questions 40] [--vaults FOLDER] [--show] [--fit] [--write]

The questions are those of the written sets in the FOLDERs, and of `training.world`: --count collections of
sheets, --scenes of the other kinds. Each is answered by code from tables and forms, however unsure that is,
and judged as `bench.staff` judges. The fit makes the probability that the answer is right from its signals
(`rag.tables.signals`), and needs written sets and made ones (`bench.tables.fitting`).
"""

from __future__ import annotations

import argparse
import datetime
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml

from bench.staff.sets import load_set
from bench.tables.answered import Answered, answers, shown, table_of
from bench.tables.fitting import HOLDS, fit, left_out, log_loss, nested, stated, threshold
from evaluation.measures import auroc
from rag.tables.signals import SIGNALS
from rag.weights.tables import TABLES_FILE, table_sureness
from training.world.make import QUESTIONS, SCENES, SHEETS, made_collections
from training.world.sides import Side
from vault.settings import Settings


@contextmanager
def _vaults(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="incamera-tables-") as folder:
        yield Path(folder)


def _asked(given: argparse.Namespace, vaults: Path) -> list[Answered]:
    settings = Settings.load()
    found: list[Answered] = []
    for folder in given.folders:
        found += answers(load_set(folder), vaults / folder.name, settings, written=True)
    for count, scenes in ((given.count, SHEETS), (given.scenes, SCENES)):
        made = made_collections(given.seed, given.side, count, given.questions, scenes)
        found += answers([one.staff for one in made], vaults / "world", settings, written=False)
    return found


def _write(
    weights: Sequence[float], least: float, answered: Sequence[Answered], folders: Sequence[Path]
) -> None:
    written = sum(one.written for one in answered)
    sets = ", ".join(folder.name for folder in folders)
    content = {
        "origin": {
            "questions": f"{written} questions of the written sets {sets}; {len(answered) - written} of"
            " training.world. The threshold is chosen on written collections that are left out.",
            "command": f"python -m bench.fit_tables {shlex.join(_portable(sys.argv[1:]))}",
            "date": datetime.date.today(),
        },
        "threshold": least,
        "intercept": round(weights[0], 3),
        "signals": {name: round(value, 3) for name, value in zip(SIGNALS, weights[1:], strict=True)},
    }
    TABLES_FILE.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def _portable(arguments: Sequence[str]) -> list[str]:
    """Return the arguments without what only this machine has: where folders are, kept vaults."""
    kept = []
    for before, one in zip(["", *arguments], arguments, strict=False):
        if "--vaults" not in (before, one):
            kept.append(Path(one).name if Path(one).is_absolute() else one)
    return kept


def main() -> None:
    """Ask, print, fit and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--side", type=Side, choices=list(Side), default=Side.DEVELOPMENT)
    parser.add_argument("--count", type=int, default=0, help="collections of sheets")
    parser.add_argument("--scenes", type=int, default=0, help="collections of the other kinds")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="most of a made collection")
    parser.add_argument(
        "--vaults", type=Path, help="keep the vaults of the collections here, and ask them again"
    )
    parser.add_argument("--show", action="store_true", help="print what is answered wrongly or not at all")
    parser.add_argument("--fit", action="store_true", help="fit weights and threshold, and measure them")
    parser.add_argument("--write", action="store_true", help=f"fit, and write {TABLES_FILE.name}")
    given = parser.parse_args()
    with _vaults(given.vaults) as vaults:
        answered = _asked(given, vaults)
    if given.show:
        print("\n".join(shown(answered, table_sureness().threshold)))
    for title, kept in (
        ("written", [one for one in answered if one.written]),
        ("made", [one for one in answered if not one.written]),
    ):
        if kept:
            print("\n".join(["", f"{title}:", *table_of(kept, table_sureness().threshold)]))
    if not (given.fit or given.write):
        return
    scored = {hold: left_out(answered, hold) for hold in HOLDS}
    for hold, found in scored.items():
        least = threshold(found)
        right, wrong = stated(found, least)
        print(
            f"hold {hold}: on collections left out AUROC"
            f" {auroc([one.probability for one in found], [one.right for one in found]):.3f},"
            f" loss {log_loss(found):.3f}, threshold {least}: {right} right, {wrong} wrong of"
            f" {sum(one.right for one in found)} that could be right; threshold chosen without them,"
            f" too: right and wrong {nested(found)}"
        )
    hold = min(scored, key=lambda one: log_loss(scored[one]))
    if given.write:
        _write(fit(answered, hold), threshold(scored[hold]), answered, given.folders)


if __name__ == "__main__":
    main()
