"""How fast the product is on this machine: files in, evidence out, start.

    python -m bench.first [--documents PATH] [--repetitions N]

The whole ingest and the embedder alone on the same chunks are measured in turn in one process, so that
whatever else the machine does falls on both alike. Medians are printed as a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bench.contract_questions import QUESTIONS
from bench.machine import command_line, facts
from evaluation.measures import percentile
from ingest.chunking.chunk import chunk_document
from ingest.pipeline import Ingest
from ingest.report import FileDone, IngestEvent
from rag.answer import Answerer
from rag.events import EvidenceFound
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_docs"
CONTRACTS = ROOT.parent / "shared" / "documents" / "contracts"
COLLECTION = "documents"


@dataclass(slots=True)
class Run:
    """One ingest into a fresh vault."""

    pages: int = 0
    chunks: int = 0
    seconds: float = 0.0
    after_first: tuple[int, float] = (0, 0.0)
    """Chunks after the first file that took chunks, and seconds: what a long job tends to."""
    cpu: float = 0.0
    """Processor seconds, of the parsers too: what counts when other work runs beside."""


@dataclass(slots=True)
class Measured:
    """All figures of one set of documents."""

    name: str
    runs: list[Run] = field(default_factory=list)
    embedder_seconds: list[float] = field(default_factory=list)
    embedder_cpu: list[float] = field(default_factory=list)
    tokens: int = 0
    evidence_ms: list[float] = field(default_factory=list)
    start_seconds: list[float] = field(default_factory=list)


def measure(
    name: str,
    paths: Sequence[Path],
    questions: Sequence[str],
    embedder: Embedder,
    repetitions: int,
    cache: Path,
) -> Measured:
    """Measure one set of documents."""
    measured = Measured(name)
    with tempfile.TemporaryDirectory(prefix="incamera-bench-") as folder:
        for number in range(repetitions):
            settings = Settings(data=Path(folder) / str(number))
            with Vault.create(settings.data, user=settings.user, purpose="bench") as vault:
                vault.create_collection(COLLECTION, user=settings.user)
                with vault.open_collection(
                    COLLECTION, user=settings.user, action=Action.INGEST
                ) as collection:
                    measured.runs.append(ingest(collection, paths, embedder, settings))
                    texts = embedded_texts(collection, embedder)
                started, cpu = time.monotonic(), processor_seconds()
                embedder.embed(texts)
                measured.embedder_seconds.append(time.monotonic() - started)
                measured.embedder_cpu.append(processor_seconds() - cpu)
        measured.tokens = sum(embedder.count_tokens(texts))
        with Vault(settings.data, purpose="bench") as vault:
            answerer = Answerer(vault, embedder, settings)
            measured.evidence_ms = [evidence_ms(answerer, question, settings.user) for question in questions]
        (settings.data / "embedder").symlink_to(cache)
        measured.start_seconds = [first_answer(settings.data, questions[0]) for _ in range(repetitions)]
    return measured


def ingest(collection: Collection, paths: Sequence[Path], embedder: Embedder, settings: Settings) -> Run:
    """One whole ingest, parsers started and ended."""
    run = Run()
    first: tuple[int, float] | None = None

    def note(event: IngestEvent) -> None:
        nonlocal first
        if isinstance(event, FileDone) and event.chunks and first is None:
            first = (event.chunks, time.monotonic())

    started, cpu = time.monotonic(), processor_seconds()
    report = Ingest(collection, embedder, settings, note).run(paths)
    ended = time.monotonic()
    run.pages, run.chunks, run.seconds = report.pages, report.chunks, ended - started
    run.cpu = processor_seconds() - cpu
    if first is not None:
        run.after_first = (report.chunks - first[0], ended - first[1])
    return run


def processor_seconds() -> float:
    """Used so far by this process and by those of its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def embedded_texts(collection: Collection, embedder: Embedder) -> list[str]:
    """The texts that were embedded, as the chunker gives them again."""
    catalogue = collection.catalogue
    return [
        chunk.text
        for document in catalogue.documents()
        for chunk in chunk_document(
            document.sha256, document.title, catalogue.pages.of(document.sha256), embedder, 256
        )
    ]


def evidence_ms(answerer: Answerer, question: str, user: str) -> float:
    """From the question to the evidence."""
    events = answerer.ask(question, [COLLECTION], user)
    (found,) = (event.milliseconds for event in events if isinstance(event, EvidenceFound))
    return found


def first_answer(data: Path, question: str) -> float:
    """From starting `incamera ask` in an existing vault to the end of its answer."""
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "ui.cli", "ask", question],
        env={**os.environ, "INCAMERA_DATA": str(data)}, cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return time.monotonic() - started


def table(sets: Sequence[Measured]) -> list[str]:
    """The figures as Markdown."""
    cells: list[tuple[str, Callable[[Measured], str]]] = [
        ("pages, chunks, tokens", sizes),
        ("ingest, whole: pages/s", lambda one: f"{median_rate(one, 'pages'):.1f}"),
        ("ingest, whole: chunks/s", lambda one: f"{median_rate(one, 'chunks'):.1f}"),
        ("ingest, whole: tokens/s", lambda one: f"{tokens_rate(one):,.0f}"),
        ("ingest after its first file: chunks/s", lambda one: f"{after_first(one):.1f}"),
        ("embedder alone, same chunks: chunks/s", lambda one: f"{ceiling(one):.1f}"),
        ("**whole / embedder alone**", lambda one: f"{median_rate(one, 'chunks') / ceiling(one):.2f}"),
        ("after the first file / embedder alone", lambda one: f"{after_first(one) / ceiling(one):.2f}"),
        ("embedder / whole, in processor seconds", lambda one: f"{by_processor(one):.2f}"),
        ("evidence p50 / p95, ms", latency),
        ("`incamera ask`, process start to answer, s", start),
    ]  # fmt: skip
    rows = [("", *(one.name for one in sets)), ("---", *("---:" for _ in sets))]
    rows += [(name, *(show(one) for one in sets)) for name, show in cells]
    return ["| " + " | ".join(row) + " |" for row in rows]


def sizes(one: Measured) -> str:
    return f"{one.runs[0].pages}, {one.runs[0].chunks}, {one.tokens:,}"


def median_rate(one: Measured, unit: str) -> float:
    rate: float = statistics.median(getattr(run, unit) / run.seconds for run in one.runs)
    return rate


def tokens_rate(one: Measured) -> float:
    return statistics.median(one.tokens / run.seconds for run in one.runs)


def after_first(one: Measured) -> float:
    return statistics.median(run.after_first[0] / run.after_first[1] for run in one.runs)


def ceiling(one: Measured) -> float:
    return statistics.median(one.runs[0].chunks / seconds for seconds in one.embedder_seconds)


def start(one: Measured) -> str:
    return f"{statistics.median(one.start_seconds):.1f}"


def by_processor(one: Measured) -> float:
    return statistics.median(one.embedder_cpu) / statistics.median(run.cpu for run in one.runs)


def latency(one: Measured) -> str:
    p50, p95 = percentile(one.evidence_ms, 0.5), percentile(one.evidence_ms, 0.95)
    return f"{p50:.0f} / {p95:.0f} ({len(one.evidence_ms)} questions)"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--documents", type=Path, default=CONTRACTS, help="a folder of contracts; left out when missing"
    )
    parser.add_argument("--repetitions", type=int, default=3)
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.first"))
    settings = Settings.load()
    cache = settings.data.absolute() / "embedder"
    embedder = load_embedder(cache, backend=settings.embedder_backend, threads=settings.threads)
    embedder.embed(["Nothing is measured cold."] * 64)
    asked = [
        row["question"] for row in yaml.safe_load((SAMPLES / "questions.yaml").read_text(encoding="utf-8"))
    ]
    sets = [
        measure(
            "sample_docs",
            [SAMPLES / "legal", SAMPLES / "medical"],
            asked,
            embedder,
            chosen.repetitions,
            cache,
        )
    ]
    if chosen.documents.is_dir():
        name = chosen.documents.name
        sets.append(measure(name, [chosen.documents], QUESTIONS, embedder, chosen.repetitions, cache))
    print("\n".join([*lines, "", *table(sets)]))


if __name__ == "__main__":
    main()
