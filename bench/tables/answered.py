"""What tables alone answer to the questions of sets, however unsure, and whether that is right."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.staff.judge import Judgement, judge
from bench.staff.question import StaffQuestion
from bench.staff.render import render
from bench.staff.sets import StaffCollection
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
from vault.access import Action
from vault.embedding.load import load_embedder
from vault.settings import Settings
from vault.vault import Vault


@dataclass(frozen=True)
class Answered:
    """A question with what tables answer to it, if anything."""

    collection: str
    written: bool
    """Whether a person wrote it; else it is made."""
    question: StaffQuestion
    direct: DirectAnswer | None
    signals: tuple[float, ...]
    sure: float
    right: bool
    searched: str


def answers(
    collections: Sequence[StaffCollection], vaults: Path, settings: Settings, *, written: bool
) -> Iterator[Answered]:
    """Yield what tables answer to each question; vaults that `vaults` has already are asked as they are."""
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
                    yield _answered(made, question, sources, written=written)


def _answered(
    made: StaffCollection, question: StaffQuestion, sources: Sequence[TableSource], *, written: bool
) -> Answered:
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
        return Answered(made.name, written, question, None, (), 0.0, False, understood.text)
    direct = spelled_out(found.answer)
    stated = {"outcome": "answered", "direct": direct.as_json(), "statements": [], "evidence": []}
    judged = judge(question, stated, made.documents_of(question))
    right = question.answerable and judged.judgement is Judgement.RIGHT
    signals = tuple(found.signals[name] for name in SIGNALS)
    sure = found.answer.confidence
    return Answered(made.name, written, question, direct, signals, sure, right, understood.text)


def table_of(answered: Sequence[Answered], least: float) -> list[str]:
    """Return how many questions of each kind are answered rightly and wrongly, from a sureness on."""
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


def shown(answered: Sequence[Answered], least: float) -> Iterator[str]:
    """Yield two lines for each question that is answered wrongly, or not though it may be answered."""
    for one in answered:
        stated = one.direct is not None and one.sure >= least
        if (stated and one.right) or not (stated or one.question.answerable):
            continue
        outcome = "WRONG" if stated else "below" if one.direct is not None else "none"
        said = one.direct.text if one.direct is not None else "-"
        history = " / ".join(one.question.history)
        yield (
            f"{outcome} [{one.question.kind}] {one.collection} {history} > {one.question.question}"
            f" | {one.searched}"
        )
        yield (
            f"    must {one.question.must} not {one.question.must_not[:3]};"
            f" {'right' if one.right else 'not right'}, sure {one.sure:.2f}: {said[:220]}"
        )
