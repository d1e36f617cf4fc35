"""Make the rows that train the answerer from those that train the reader.

    python -m training.answerer.rows bench/out/rows --to bench/out/answers --seed 3

The rows of the reader (`training.rows`, `training.world.rows`) hold what the product's own search finds for a
question, so the sentences that do not answer are those that a user would meet. Questions on one passage share
a row: its sentences are read once for all of them. With `--ranked` each question has a row of its own, with
the sentences in the order in which the product would rank them: that is the last part of the training. A
quarter of the questions has no answer in the sentences. Files that end in `.fit.jsonl.gz` stay apart: they
give the figures that training prints.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rag.refusal import REFUSAL
from training.answerer.row import AnswerRow, AskedOf, write_answer_rows
from training.answerer.shown import Bundle, Shown, bundles_of, ranked_sentences, shown_sentences
from training.answerer.targets import from_answer, from_words
from training.row import Candidate, Group, read_rows
from vault.process.egress import guard_egress

_REFUSED = 0.2
"""Questions without an answer for each with one; and of the rows half as many lose the sentences that answer.
With answers that are too long left out, a quarter of the questions ends up with the refusal."""
_MOST_GOLD = 2
"""Sentences that answer together; where there are more, the answer is a list."""
_LONGEST = 48
"""Words of an answer."""
_CELLS = " | "
"""Stands between the cells of a table row, which code answers from and not a model."""
HUMAN = frozenset({"bioasq"})
"""Sets whose last form of a question is its answer as a person wrote it."""
SETS: Mapping[str, int] = {
    "squad2": 6000, "world": 1200, "bioasq": 1500, "doc2dial_val": 1000, "covid_qa": 800, "cuad": 500,
    "contractnli": 300,
}  # fmt: skip
"""The most questions of each set: as many as keep any of them from outweighing the rest."""


def rows_of(
    groups: Sequence[Group],
    chance: random.Random,
    most: int,
    *,
    ranked: bool = False,
    refused: float = _REFUSED,
) -> Iterator[AnswerRow]:
    """Yield rows until they hold `most` questions; `ranked` gives each its own, in the order of a ranking.

    `refused` is the number of questions without an answer for each with one.
    """
    bundles = list(bundles_of(_with_fewer_refusals(groups, chance, refused), chance, alone=ranked))
    chance.shuffle(bundles)
    count = 0
    for bundle in bundles:
        row = _row(bundle, chance, without_gold=chance.random() < refused / 2, ranked=ranked)
        if row is not None:
            yield row
            count += len(row.asked)
        if count >= most:
            return


def _with_fewer_refusals(groups: Sequence[Group], chance: random.Random, refused: float) -> list[Group]:
    """Return the groups with fewer without an answer."""
    right = [group for group in groups if any(one.relevant for one in group.candidates)]
    others = [group for group in groups if not any(one.relevant for one in group.candidates)]
    return [*right, *chance.sample(others, min(len(others), round(len(right) * refused)))]


def _row(bundle: Bundle, chance: random.Random, *, without_gold: bool, ranked: bool) -> AnswerRow | None:
    """Return the row of a bundle; `without_gold` takes what answers away, so that nothing does."""
    shown = shown_sentences(bundle, chance, without_gold=without_gold)
    if len(shown) < 2:
        return None
    if ranked:
        shown = ranked_sentences(shown, bundle, chance)
    asked = []
    for group in bundle.groups:
        question = question_of(group)
        answer = _answer(group, question, bundle, shown, without_gold=without_gold)
        if answer is not None:
            asked.append(AskedOf(question, answer))
    sentences = tuple(one.sentence for one in shown)
    return AnswerRow(bundle.groups[0].set, sentences, tuple(asked)) if asked else None


def question_of(group: Group) -> str:
    """Return the question as it was asked; the first form may lack the names that only say where to look."""
    whole = [form for form in group.forms[1:2] if form.endswith("?")]
    return whole[0] if whole and len(whole[0].split()) <= 30 else group.forms[0]


def _answer(
    group: Group, question: str, bundle: Bundle, shown: Sequence[Shown], *, without_gold: bool
) -> str | None:
    """Return what is to be written; None if that is not certain."""
    right = [one for one in group.candidates if one.relevant]
    if not right:
        return REFUSAL
    if without_gold:
        # Only where the words that answer are known can one say that they do not stand there.
        known = [said for one in right if (said := words_of(one)) is not None]
        text = " ".join(one.sentence.text for one in shown).lower()
        return REFUSAL if known and not any(said.lower() in text for said in known) else None
    if group.set in HUMAN:
        answer = group.forms[-1]
        return from_answer(answer, [one.sentence for one in shown]) if not answer.endswith("?") else None
    home = bundle.home_of(group)
    gold = [index for index, weight in home.evidence if weight == 1]
    if not home.relevant or not 0 < len(gold) <= _MOST_GOLD:
        return None
    place = (home.title, home.heading, home.sentences)
    by_index = {one.index: one.sentence for one in shown if one.place == place}
    words = words_of(home)
    if home.words is not None:
        gold = [home.words[0]]
    sentences = [one.sentence for one in shown]
    written = []
    for index in gold:
        if index not in by_index or _CELLS in by_index[index].text:
            return None
        said = from_words(question, words, by_index[index], sentences)
        if said is None:
            return None
        written.append(said)
    answer = " ".join(written)
    return answer if len(answer.split()) <= _LONGEST else None


def words_of(candidate: Candidate) -> str | None:
    """Return the words in a passage that answer, if they are known."""
    if candidate.words is None:
        return None
    sentence, start, end = candidate.words
    return candidate.sentences[sentence][start:end]


def main(given: Sequence[str] | None = None) -> None:
    """Make the rows, write them and print how many there are."""
    parser = argparse.ArgumentParser(
        prog="python -m training.answerer.rows", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("rows", type=Path, help="the folder that training.rows filled")
    parser.add_argument("--to", type=Path, required=True, help="where the rows go")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument(
        "--ranked", action="store_true", help="a row for each question, in the order of a ranking"
    )
    parser.add_argument(
        "--refused", type=float, default=_REFUSED, help="questions without an answer for each with one"
    )
    chosen = parser.parse_args(given)
    guard_egress()
    chosen.to.mkdir(parents=True, exist_ok=True)
    for name, most in SETS.items():
        for suffix, part in (("", 1), (".fit", 10)):
            source = chosen.rows / f"{name}{suffix}.jsonl.gz"
            if not source.is_file():
                continue
            groups = [row for row in read_rows(source) if isinstance(row, Group) and row.set == name]
            chance = random.Random(f"{chosen.seed} {name}{suffix}")
            rows = list(
                rows_of(groups, chance, -(-most // part), ranked=chosen.ranked, refused=chosen.refused)
            )
            write_answer_rows(chosen.to / source.name, rows)
            asked = [one.answer for row in rows for one in row.asked]
            print(
                f"{source.name}: {len(rows)} rows, {len(asked)} questions, "
                f"{sum(answer == REFUSAL for answer in asked)} without an answer",
                flush=True,
            )


if __name__ == "__main__":
    main()
