"""How long a question takes in a large vault: retrieval, and evidence with its sentences.

    python -m bench.latency LOADED [--questions 200] [--collections 1000]

LOADED is the folder that `bench.load --keep` left: 100,000 chunks in one collection. With `--collections` a
second vault is made beside it from the same documents, that many collections of 100 chunks each, kept for the
next run; there each question goes to a collection that was not open before. `INCAMERA_READER=off` measures
without the reader.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from bench.archive import make, phrase
from bench.load import COLLECTION, WORDS
from bench.machine import command_line, facts
from evaluation.measures import percentile
from rag.evidence.evidence import find_evidence
from rag.question.question import Question
from rag.reader.reader import Reader
from rag.retrieval.rerank import rerank, search_limit
from rag.retrieval.search import Scope, Search
from ui.services.services import configured_reader
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings
from vault.text.terms import expression
from vault.text.words import content_words
from vault.vault import Vault

_CHUNKS_EACH = 100


@dataclass(slots=True)
class Times:
    """Milliseconds of each part, one entry a question."""

    embed: list[float] = field(default_factory=list)
    lexical: list[float] = field(default_factory=list)
    dense: list[float] = field(default_factory=list)
    retrieval: list[float] = field(default_factory=list)
    """All of `Search.find`, which the parts above are in."""
    evidence: list[float] = field(default_factory=list)
    """Retrieval, reading and the evidence sentences."""


def questions(count: int, documents: int) -> Iterator[str]:
    """Questions as people ask them: some name a person or a file number, all have common and rare words."""
    chance = random.Random(4)
    for number in range(count):
        made = make(chance.randrange(documents), 30)
        asked = phrase(chance, chance.randint(3, 9))
        yield (
            f"What did {made.person} say about {asked}?",
            f"When was {asked} in {made.number}?",
            f"How much is {asked}?",
        )[number % 3]


def ask(
    vault: Vault,
    embedder: Embedder,
    reader: Reader | None,
    settings: Settings,
    name: str,
    question: str,
    times: Times,
) -> None:
    """One question to one collection, timed as a whole and then part by part."""
    search = Search(
        vault,
        embedder,
        Scope(settings.user, (name,)),
        candidates=settings.candidates,
        limit=search_limit(settings.passages, reader),
    )
    started = time.perf_counter()
    found = search.find(question)
    retrieved = time.perf_counter()
    passages = rerank(found.question, found.passages, reader, settings.passages)[: settings.passages]
    find_evidence(found.question, passages, embedder, settings.evidence_sentences)
    ended = time.perf_counter()
    times.retrieval.append((retrieved - started) * 1000)
    times.evidence.append((ended - started) * 1000)
    parts(vault, embedder, settings, name, found.question, times)


def parts(
    vault: Vault, embedder: Embedder, settings: Settings, name: str, question: Question, times: Times
) -> None:
    """The parts of retrieval by themselves."""
    with vault.open_collection(name, user=settings.user, action=Action.SEARCH) as collection:
        started = time.perf_counter()
        (vector,) = embedder.embed([question.text])
        embedded = time.perf_counter()
        sought = expression(content_words(question.text))
        if sought:
            collection.catalogue.lexical.match(sought, settings.candidates)
        matched = time.perf_counter()
        collection.nearest(vector, settings.candidates)
    times.dense.append((time.perf_counter() - matched) * 1000)
    times.embed.append((embedded - started) * 1000)
    times.lexical.append((matched - embedded) * 1000)


def spread(source: Path, target: Path, count: int) -> None:
    """A vault of `count` collections with about 100 chunks each, of the documents of the loaded one. Goes on
    where an earlier run was stopped."""
    settings = Settings(data=target)
    with (
        Vault(source, purpose="bench") as loaded,
        Vault.create(target, user=settings.user, purpose="bench") as vault,
        loaded.open_collection(COLLECTION, user=settings.user, action=Action.SEARCH) as origin,
    ):
        there = {entry.name for entry in vault.members.collections(user=settings.user)}
        # Some documents stand in two collections, as copies do in life.
        documents = itertools.cycle(origin.catalogue.documents())
        for number in range(count):
            name = f"matter {number:04d}"
            chunks = 0
            some = []
            while chunks < _CHUNKS_EACH:
                some.append(next(documents))
                chunks += some[-1].chunks
            if name in there:
                continue
            vault.create_collection(name, user=settings.user)
            with vault.open_collection(name, user=settings.user, action=Action.INGEST) as collection:
                collection.catalogue.set_meta(origin.catalogue.meta())
                for document in some:
                    stored = origin.catalogue.chunks.of(document.sha256)
                    vectors = dict(origin.catalogue.chunks.embeddings([one.id for one in stored]))
                    collection.add(
                        replace(document, path=""),
                        origin.catalogue.pages.of(document.sha256),
                        [one.chunk for one in stored],
                        np.stack([vectors[one.id] for one in stored]),
                    )


def row(name: str, times: Times) -> str:
    """One line of the table."""
    cells = [
        f"{percentile(values, 0.5):.1f} / {percentile(values, 0.95):.1f}"
        for values in (times.embed, times.lexical, times.dense, times.retrieval, times.evidence)
    ]
    return f"| {name} | {len(times.retrieval)} | " + " | ".join(cells) + " |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("loaded", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--collections", type=int, default=0)
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.latency"))
    cache = Settings.load().data.absolute() / "embedder"
    settings = Settings(data=chosen.loaded.absolute() / "vault")
    embedder = load_embedder(cache, backend=settings.embedder_backend, threads=settings.threads)
    reader = configured_reader(settings)
    lines += [
        "",
        "| p50 / p95, ms | questions | question embedded | words | vectors | retrieval, whole | evidence |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    with Vault(settings.data, purpose="bench") as vault:
        with vault.open_collection(COLLECTION, user=settings.user, action=Action.SEARCH) as opened:
            totals = opened.catalogue.totals()
        for question in questions(5, totals.documents):
            ask(vault, embedder, reader, settings, COLLECTION, question, Times())
        times = Times()
        for question in questions(chosen.questions, totals.documents):
            ask(vault, embedder, reader, settings, COLLECTION, question, times)
    lines.append(row(f"one collection of {totals.chunks:,} chunks", times))
    if chosen.collections:
        many = chosen.loaded.absolute() / "many"
        spread(settings.data, many, chosen.collections)
        settings = Settings(data=many)
        with Vault(settings.data, purpose="bench") as vault:
            names = [entry.name for entry in vault.members.collections(user=settings.user)]
            random.Random(5).shuffle(names)
            times = Times()
            for name, question in zip(names, questions(chosen.questions, totals.documents), strict=False):
                ask(vault, embedder, reader, settings, name, question, times)
        lines.append(row(f"one of {len(names):,} collections of about {_CHUNKS_EACH} chunks", times))
    lines.append(f"\nWords of a document: about {WORDS}.")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
