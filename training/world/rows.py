"""Rows that train the reader, from made-up patients and matters.

    python -m training.world.rows --seed 1 --count 160 --embedder FOLDER --to bench/out/rows

writes `world.jsonl.gz` from the side that trains and `world.fit.jsonl.gz`, a tenth as many, from the side
that develops. The documents are made as files, loaded and searched as in the product, so each row holds what
the reader is really shown: a question with passages that answer it and passages that were found for it and do
not. Those that tempt come first: another row, date, patient, version or relative; what is denied or only
planned. `training.train` takes the rows with the rest.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ingest.parsing.pool import ParserPool
from training.row import Candidate, Group, write_rows
from training.world.found import FoundAsked, answers_too, found_questions, labelled, tempts
from training.world.make import QUESTIONS, made_collections
from training.world.scene import MadeCollection
from training.world.sides import Side
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings

_RIGHT, _WRONG = 3, 9
"""Passages of a row."""


def rows_of(collections: Iterable[MadeCollection], embedder: Embedder) -> Iterator[Group]:
    """Yield a row for each question that the reader can read; a question without an answer is one too."""
    settings = Settings.load()
    with ParserPool(settings) as parsers:
        for collection in collections:
            for found in found_questions(collection, embedder, settings, parsers):
                group = row_of(found)
                if group is not None:
                    yield group


def row_of(found: FoundAsked) -> Group | None:
    """Return the row of a question; None if no passage holds its gold, or none is left that does not."""
    right: list[Candidate] = []
    wrong: list[tuple[bool, Candidate]] = []
    for passage in found.passages:
        candidate = labelled(found.asked, passage)
        if candidate.relevant:
            right.append(candidate)
        elif not candidate.evidence and not answers_too(found.asked, passage):
            wrong.append((not tempts(found.asked, passage), candidate))
    # The order of the search stays within those that tempt, and within the others.
    wrong.sort(key=lambda one: one[0])
    hardest = [candidate for _, candidate in wrong[:_WRONG]]
    if not hardest or (found.asked.question.answerable and not right):
        return None
    return Group("world", found.forms, (*right[:_RIGHT], *hardest))


def main(given: Sequence[str] | None = None) -> None:
    """Make the rows, write them and print how many there are."""
    parser = argparse.ArgumentParser(
        prog="python -m training.world.rows", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=120, help="collections that train")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="most of a collection")
    parser.add_argument("--embedder", type=Path, required=True, help="where the embedding model's copy lies")
    parser.add_argument("--to", type=Path, required=True, help="the folder of the rows")
    chosen = parser.parse_args(given)
    guard_egress()
    chosen.to.mkdir(parents=True, exist_ok=True)
    embedder = load_embedder(chosen.embedder)
    for side, name, count in (
        (Side.TRAIN, "world.jsonl.gz", chosen.count),
        (Side.DEVELOPMENT, "world.fit.jsonl.gz", -(-chosen.count // 10)),
    ):
        made = made_collections(chosen.seed, side, count, chosen.questions)
        rows = write_rows(chosen.to / name, rows_of(made, embedder))
        print(f"{name}: {rows} rows", flush=True)


if __name__ == "__main__":
    main()
