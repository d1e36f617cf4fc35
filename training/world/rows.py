"""Rows that train the reader, from made-up patients and matters.

    python -m training.world.rows --seed 1 --count 120 --to bench/out/rows

writes `world.jsonl.gz` from the side that trains and `world.fit.jsonl.gz`, a tenth as many, from the side
that develops. Each row is a question with a passage that answers it and passages that tempt: another row,
date, patient, version or relative; what is denied or only planned. `training.train` takes them with the rest.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.staff.stands import stands
from training.row import Candidate, Group, write_rows
from training.world.asking.asker import Asked
from training.world.chance import Chance
from training.world.make import QUESTIONS, made_collections
from training.world.passages import ReadPassage, RowStyle, passages_of
from training.world.scene import MadeCollection
from training.world.sides import Side
from vault.text.words import content_words

_RIGHT, _WRONG = 3, 7
"""Passages of a row."""
_NOT_READ = frozenset({"follow-up", "other language"})
"""Kinds that the reader never reads as they are typed: the question is made whole, or searched otherwise."""


def rows_of(collections: Iterable[MadeCollection], chance: Chance) -> Iterator[Group]:
    """Yield a row for each question that the reader can read; a question without an answer is one too."""
    for collection in collections:
        style = chance.one(list(RowStyle))
        with_subject = chance.likely(0.6)
        drafts = {draft.file: draft for draft in collection.drafts}
        passages = [
            passage
            for document in collection.staff.documents
            for passage in passages_of(document, drafts[document.file], style, with_subject=with_subject)
        ]
        for asked in collection.asked:
            if asked.question.kind not in _NOT_READ:
                group = row_of(asked, passages)
                if group is not None:
                    yield group


def row_of(asked: Asked, passages: Sequence[ReadPassage]) -> Group | None:
    """Return the row of a question; None if no passage holds its gold, or none is left that does not."""
    right, wrong = [], []
    for passage in passages:
        candidate = _candidate(asked, passage)
        if candidate.relevant:
            right.append(candidate)
        elif not _answers_too(asked, passage):
            wrong.append((_temptation(asked, passage), candidate))
    wrong.sort(key=lambda one: -one[0])
    hardest = [candidate for _, candidate in wrong[:_WRONG]]
    if not hardest or (asked.question.answerable and not right):
        return None
    return Group("world", (asked.question.question,), (*right[:_RIGHT], *hardest))


def _candidate(asked: Asked, passage: ReadPassage) -> Candidate:
    evidence: dict[int, float] = {}
    words = None
    for gold in asked.gold:
        for number in passage.sentences_of(gold.place):
            evidence[number] = 1.0
            place = passage.sentences[number].words(gold)
            # A list, sum or count rests on several: there are no words that answer alone.
            if place is not None and words is None and _one_place_is_enough(asked):
                words = (number, *place)
    return Candidate(
        passage.title,
        passage.heading,
        tuple(sentence.text for sentence in passage.sentences),
        relevant=bool(evidence),
        answers=bool(evidence),
        evidence=tuple(sorted(evidence.items())),
        words=words,
    )


def _one_place_is_enough(asked: Asked) -> bool:
    return asked.question.kind not in ("list", "count", "computed", "comparison", "date arithmetic")


def _answers_too(asked: Asked, passage: ReadPassage) -> bool:
    """Return whether a sentence that is no gold says all that must be said, and does not tempt."""
    must = [one for one in asked.question.must if one not in ("yes", "no")]
    if not must or any(passage.sentences_of(place) for place in asked.tempting):
        return False
    return any(all(stands(one, sentence.origin) for one in must) for sentence in passage.sentences)


def _temptation(asked: Asked, passage: ReadPassage) -> float:
    """Return how easily a passage is taken for the answer: it holds what tempts, or the question's words."""
    tempts = sum(bool(passage.sentences_of(place)) for place in asked.tempting)
    asked_for = set(content_words(asked.question.question))
    held = set(content_words(f"{passage.title} {passage.heading} {passage.text}"))
    return 2.0 * min(tempts, 3) + len(asked_for & held) / (len(asked_for) or 1)


def main(given: Sequence[str] | None = None) -> None:
    """Make the rows, write them and print how many there are."""
    parser = argparse.ArgumentParser(
        prog="python -m training.world.rows", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=120, help="collections that train")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="most of a collection")
    parser.add_argument("--to", type=Path, required=True, help="the folder of the rows")
    chosen = parser.parse_args(given)
    chosen.to.mkdir(parents=True, exist_ok=True)
    for side, name, count in (
        (Side.TRAIN, "world.jsonl.gz", chosen.count),
        (Side.DEVELOPMENT, "world.fit.jsonl.gz", -(-chosen.count // 10)),
    ):
        made = made_collections(chosen.seed, side, count, chosen.questions)
        rows = write_rows(chosen.to / name, rows_of(made, Chance(f"rows {chosen.seed}", side)))
        print(f"{name}: {rows} rows", flush=True)


if __name__ == "__main__":
    main()
