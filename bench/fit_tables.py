"""Ask tables alone, and fit how sure an answer from rows and cells must be before it is stated.

    python -m bench.fit_tables [FOLDER …] [--seed 1] [--count 40] [--questions 40] [--side development]
                               [--vaults FOLDER] [--show] [--write]

The questions are those of the sets in the FOLDERs, else of `training.world` (sheets, and as many scenes of
the other kinds as --scenes says). Each is answered by code from tables and forms, however unsure that is, and
judged as `bench.staff` judges. The fit makes the probability that the answer is right from its signals
(`rag.tables.signals`); it is also fitted on every other collection and measured on the rest.
"""

from __future__ import annotations

import argparse
import datetime
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import yaml

from bench.staff.judge import Judgement, judge
from bench.staff.question import StaffQuestion
from bench.staff.render import render
from bench.staff.sets import StaffCollection, load_set
from evaluation.measures import auroc
from evaluation.temporary_vault import COLLECTION
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from rag.direct.answer import DirectAnswer
from rag.direct.spelled_out import spelled_out
from rag.directing import sources_of
from rag.question.turn import Turn
from rag.question.understanding.understand import understand
from rag.tables.answering import best_answer
from rag.tables.grids.source import TableSource
from rag.tables.signals import SIGNALS
from rag.weights.tables import TABLES_FILE, table_sureness
from training.world.make import QUESTIONS, SCENES, SHEETS, made_collections
from training.world.sides import Side
from vault.access import Action
from vault.embedding.load import load_embedder
from vault.settings import Settings
from vault.vault import Vault

_WANTED_PRECISION = 0.93
"""How many of the answers that are stated are right, on collections that the fit has not seen."""
_HOLD = 0.03
"""The price of leaving the weight that is expected."""
_EXPECTED = {
    "given": 1.0, "unexplained": -2.0, "unexplained_share": -1.0, "idle": -0.3, "named_target": 0.5,
    "target_unsaid": -0.5, "by_unit": -0.3, "no_target": -0.3, "person_sure": 0.5, "nobody_of_several": -1.5,
    "unknown_name": -2.0, "dates_not_met": -3.0, "two_readings": -0.5, "rival": -0.3, "more_plans": -0.5,
    "form": -0.3, "no_header": -1.0, "wanted_met": 0.3, "wanted_missed": -1.0, "several_values": -1.0,
    "not_certain": -1.0, "corrected": -0.3, "uncounted": -0.7, "undated_latest": -1.0, "second_try": -1.0,
    "who_on_a_day": 1.0,
}  # fmt: skip
"""What signals count before anything is fitted. A fitted weight keeps this sign: few made-up questions
have two people of one name or a date that no row was compared with."""


@dataclass(frozen=True)
class Answered:
    """A question with what tables answer to it, if anything."""

    collection: str
    question: StaffQuestion
    direct: DirectAnswer | None
    signals: tuple[float, ...]
    sure: float
    right: bool
    why: str
    searched: str


def answers(collections: Sequence[StaffCollection], vaults: Path, settings: Settings) -> Iterator[Answered]:
    """Yield what tables answer to each question, however unsure."""
    embedder = load_embedder(settings.data / "embedder", threads=settings.threads)
    with ParserPool(settings) as parsers:
        for made in collections:
            data = vaults / made.name
            if not data.exists():
                files = vaults / f"{made.name}-files"
                files.mkdir(parents=True, exist_ok=True)
                paths = [render(document, files) for document in made.documents]
                with Vault.create(data, user=settings.user, purpose="bench") as vault:
                    vault.create_collection(COLLECTION, user=settings.user)
                    with vault.open_collection(COLLECTION, user=settings.user, action=Action.MANAGE) as kept:
                        Ingest(kept, embedder, settings, parsers=parsers).run(paths)
            with (
                Vault(data, purpose="bench") as vault,
                vault.open_collections((COLLECTION,), user=settings.user, action=Action.SEARCH) as opened,
            ):
                sources = sources_of(opened, None)
                for question in made.questions:
                    yield _answered(made, question, sources)


def _answered(made: StaffCollection, question: StaffQuestion, sources: Sequence[TableSource]) -> Answered:
    today = datetime.date.today()
    indexes = [source.sentences for source in sources]
    turns: list[Turn] = []
    for earlier in question.history:
        understood = understand(earlier, turns, indexes, today=today)
        found = best_answer(understood, sources)
        said = found.answer.text if found is not None else "-"
        turns.append(Turn(earlier, said, understood.text if understood.text != earlier else ""))
    understood = understand(question.question, turns, indexes, today=today)
    found = best_answer(understood, sources)
    if found is None:
        return Answered(made.name, question, None, (), 0.0, False, "", understood.text)
    direct = spelled_out(found.answer)
    stated = {"outcome": "answered", "direct": direct.as_json(), "statements": [], "evidence": []}
    judged = judge(question, stated, made.documents_of(question))
    right = question.answerable and judged.judgement is Judgement.RIGHT
    signals = tuple(found.signals[name] for name in SIGNALS)
    return Answered(
        made.name, question, direct, signals, found.answer.confidence, right, judged.why, understood.text
    )


def table_of(answered: Sequence[Answered], least: float) -> list[str]:
    """Return how many questions of each kind are answered rightly and wrongly, above a sureness."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answered:
        stated = one.direct is not None and one.sure >= least
        outcome = ("right" if one.right else "wrong") if stated else "silent"
        for kind in (one.question.kind, "all"):
            counts[kind][outcome] += 1
            counts[kind]["below, right"] += not stated and one.right
    return [
        "| kind | n | right | wrong | silent | below, right |",
        "| --- | --: | --: | --: | --: | --: |",
    ] + [
        f"| {kind} | {found['right'] + found['wrong'] + found['silent']} | {found['right']} "
        f"| {found['wrong']} | {found['silent']} | {found['below, right']} |"
        for kind, found in sorted(counts.items())
    ]


def fit(answered: Sequence[Answered]) -> np.ndarray:
    """Return intercept and weights of the probability that an answer is right."""
    given = [one for one in answered if one.direct is not None]
    x = torch.tensor([[1.0, *one.signals] for one in given])
    y = torch.tensor([float(one.right) for one in given])
    expected = torch.tensor([0.0, *(_EXPECTED.get(name, 0.0) for name in SIGNALS)])
    found = expected.clone().requires_grad_(True)
    optimiser = torch.optim.Adam([found], lr=0.03)
    for _ in range(600):
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ found, y)
        loss = loss + _HOLD * ((found - expected)[1:] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        with torch.no_grad():
            found[expected > 0] = found[expected > 0].clamp(min=0)
            found[expected < 0] = found[expected < 0].clamp(max=0)
    return found.detach().numpy()


def scores(answered: Sequence[Answered], weights: np.ndarray) -> list[tuple[float, bool]]:
    """Return the probability of each answer with whether it is right."""
    return [
        (float(1 / (1 + np.exp(-(weights @ np.array([1.0, *one.signals]))))), one.right)
        for one in answered
        if one.direct is not None
    ]


def threshold(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the lowest probability from which as many of the answers are right as is wanted."""
    ordered = sorted(scored, reverse=True)
    best, right = 0.99, 0
    for number, (score, is_right) in enumerate(ordered, 1):
        right += is_right
        if right / number >= _WANTED_PRECISION:
            best = score
    return min(max(best, 0.5), 0.95)


def _halves(answered: Sequence[Answered]) -> tuple[list[Answered], list[Answered]]:
    even = set(sorted({one.collection for one in answered})[::2])
    return (
        [one for one in answered if one.collection in even],
        [one for one in answered if one.collection not in even],
    )


@contextmanager
def _vaults(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="incamera-tables-") as folder:
        yield Path(folder)


def main() -> None:
    """Ask, print, fit and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--side", type=Side, choices=list(Side), default=Side.DEVELOPMENT)
    parser.add_argument("--count", type=int, default=40, help="collections of sheets")
    parser.add_argument("--scenes", type=int, default=0, help="collections of the other kinds")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="most of a collection")
    parser.add_argument(
        "--vaults", type=Path, help="keep the vaults of the collections here, and ask them again"
    )
    parser.add_argument("--show", action="store_true", help="print what is answered wrongly or not at all")
    parser.add_argument("--write", action="store_true", help=f"write {TABLES_FILE.name}")
    given = parser.parse_args()
    collections = [made for folder in given.folders for made in load_set(folder)]
    if not given.folders:
        for count, scenes in ((given.count, SHEETS), (given.scenes, SCENES)):
            made = made_collections(given.seed, given.side, count, given.questions, scenes)
            collections += [one.staff for one in made]
    with _vaults(given.vaults) as vaults:
        answered = list(answers(collections, vaults, Settings.load()))
    if given.show:
        for one in answered:
            if one.right == (one.direct is not None and one.sure >= table_sureness().threshold):
                continue
            said = one.direct.text if one.direct is not None else "-"
            print(
                f"[{one.question.kind}] {one.collection} {one.question.history} {one.question.question}"
                f" | {one.searched}"
            )
            print(
                f"    must {one.question.must} not {one.question.must_not[:3]};"
                f" sure {one.sure:.2f}: {said[:220]}"
            )
    print("\n".join(table_of(answered, table_sureness().threshold)))
    held_out = []
    for fitted_on, rest in (_halves(answered), _halves(answered)[::-1]):
        if any(one.direct for one in fitted_on):
            held_out += scores(rest, fit(fitted_on))
    print("AUROC on the other half:", auroc([one[0] for one in held_out], [one[1] for one in held_out]))
    least = threshold(held_out)
    stated = [right for score, right in held_out if score >= least]
    print(
        f"threshold {least:.2f}: {sum(stated)} of {len(stated)} right,"
        f" of {sum(is_right for _, is_right in held_out)} right in all"
    )
    if given.write:
        weights = fit(answered)
        names = ", ".join(str(one) for one in given.folders) or (
            f"training.world, {given.side}, seed {given.seed}: {given.count} of sheets, {given.scenes} others"
        )
        content = {
            "origin": {
                "questions": f"{len(answered)} questions of {names}",
                "command": "python -m bench.fit_tables --write",
                "date": datetime.date.today(),
                "by_hand": dict(table_sureness().origin.by_hand),
            },
            "threshold": table_sureness().threshold,
            "intercept": round(float(weights[0]), 3),
            "signals": {
                name: round(float(value), 3) for name, value in zip(SIGNALS, weights[1:], strict=True)
            },
        }
        TABLES_FILE.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
