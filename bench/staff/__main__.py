"""Ask the questions of a staff set and print what was right, by kind.

    python -m bench.staff choose|report|final [--collections NAME …] [--kinds KIND …]
                                              [--json FILE] [--keep FOLDER] [--once]

The documents become real files, which are loaded into temporary vaults. With INCAMERA_MODEL or
INCAMERA_MODEL_SERVER a language model writes the answers, else they are quoted.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.machine import command_line, facts
from bench.staff.asking import Asked, ask_all
from bench.staff.figures import counts, table_by_kind, table_of_aims, went_wrong
from bench.staff.question import KINDS
from bench.staff.sets import FOLDER, SETS, StaffCollection, load_set
from ui.services.services import configured_reader
from vault.embedding.load import load_embedder
from vault.errors import EvaluationError, IncameraError
from vault.process.egress import guard_egress
from vault.settings import Settings

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


@contextmanager
def files_folder(keep: Path | None, name: str) -> Iterator[Path]:
    """Give the folder for the files of a set: below `keep`, or one that is removed at the end."""
    if keep is not None:
        yield keep.absolute() / name
        return
    with tempfile.TemporaryDirectory(prefix="incamera-staff-") as folder:
        yield Path(folder)


def run(arguments: argparse.Namespace) -> list[Asked]:
    """Ask the questions that were chosen, and print the tables. Raises IncameraError."""
    if arguments.set == "final" and not arguments.once:
        raise EvaluationError(_WHY_ONCE)
    collections = chosen_collections(FOLDER / arguments.set, arguments.collections)
    settings = Settings.load()
    guard_egress(settings.allowed_hosts)
    measured = facts(command_line("bench.staff"))

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    embedder = load_embedder(
        settings.data / "embedder", backend=settings.embedder_backend, threads=settings.threads, say=say
    )
    reader = configured_reader(settings, say)
    with files_folder(arguments.keep, arguments.set) as folder:
        asked = list(ask_all(collections, arguments.kinds, folder, embedder, reader, settings, say))
    if not asked:
        raise EvaluationError(
            f"There is no question of these kinds: {', '.join(arguments.kinds)}. Name others."
        )
    model = settings.model.name if settings.model else settings.model_server
    writes = model or "none, answers are quoted"
    measured.append(f"- Set `{arguments.set}`, {len(asked)} questions; language model: {writes}")
    lines = [*measured, "", *table_by_kind(asked), "", *table_of_aims(asked), "", *went_wrong(asked)]
    print("\n".join(lines))
    if arguments.json is not None:
        content = {
            "set": arguments.set,
            "facts": measured,
            "counts": counts(asked),
            "questions": [one.as_json() for one in asked],
        }
        arguments.json.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return asked


def main(given: Sequence[str] | None = None) -> int:
    """Read the command line and run; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.staff", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--collections", nargs="+", default=[], metavar="NAME", help="without it, all")
    parser.add_argument(
        "--kinds", nargs="+", default=[], metavar="KIND", choices=KINDS, help="without it, all"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every answer and judgement here")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the files of the documents here")
    parser.add_argument("--once", action="store_true", help="needed for the final set, which is asked once")
    try:
        run(parser.parse_args(given))
    except IncameraError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
