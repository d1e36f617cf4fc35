"""Ask a set with the product as it is configured, and print the tables."""

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
from bench.staff.sets import StaffCollection
from rag.models.builtin import find_builtin
from ui.services.services import configured_reader
from vault.embedding.load import load_embedder
from vault.errors import EvaluationError
from vault.process.egress import guard_egress
from vault.settings import Settings


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command has that asks a set: what is asked, and what is kept."""
    parser.add_argument("--collections", nargs="+", default=[], metavar="NAME", help="without it, all")
    parser.add_argument(
        "--kinds", nargs="+", default=[], metavar="KIND", choices=KINDS, help="without it, all"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every answer and judgement here")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the files of the documents here")


def ask_and_print(
    command: str,
    name: str,
    collections: Sequence[StaffCollection],
    kinds: Sequence[str],
    to: Path | None,
    keep: Path | None,
) -> list[Asked]:
    """Ask the questions of these kinds (none: all), print the tables, and write all answers to the file `to`.

    `command` is the module that was called and `name` that of the set. The files of the documents are kept in
    `keep`. Raises IncameraError.
    """
    settings = Settings.load()
    guard_egress(settings.allowed_hosts)
    measured = facts(command_line(command))

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    embedder = load_embedder(
        settings.data / "embedder", backend=settings.embedder_backend, threads=settings.threads, say=say
    )
    reader = configured_reader(settings, say)
    with _files_folder(keep, name) as folder:
        asked = list(ask_all(collections, kinds, folder, embedder, reader, settings, say))
    if not asked:
        raise EvaluationError(f"There is no question of these kinds: {', '.join(kinds)}. Name others.")
    writes = _writer_of(settings)
    measured.append(f"- Set `{name}`, {len(asked)} questions; language model: {writes}")
    lines = [*measured, "", *table_by_kind(asked), "", *table_of_aims(asked), "", *went_wrong(asked)]
    print("\n".join(lines))
    if to is not None:
        content = {
            "set": name,
            "facts": measured,
            "counts": counts(asked),
            "questions": [one.as_json() for one in asked],
        }
        to.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return asked


def _writer_of(settings: Settings) -> str:
    """Return what writes the answers, in words."""
    if settings.model_server or settings.model_file is not None:
        return settings.model_server or str(settings.model_file)
    lacks = "INCAMERA_MODEL is off." if settings.model == "off" else find_builtin().lacks
    return f"none, answers are quoted. {lacks}" if lacks else "the built-in one"


@contextmanager
def _files_folder(keep: Path | None, name: str) -> Iterator[Path]:
    """Give the folder for the files of a set: below `keep`, or one that is removed at the end."""
    if keep is not None:
        yield keep.absolute() / name
        return
    with tempfile.TemporaryDirectory(prefix="incamera-staff-") as folder:
        yield Path(folder)
