"""A load of 100,000 chunks: is the last tenth as fast as the first, and how much memory does it take?

    python -m bench.load [--chunks 100000] [--chunk-tokens 64] [--keep FOLDER]

A made-up archive (`bench.archive`) goes through the whole ingest into one collection, a tenth at a time.
Before and after each tenth the embedder alone gets a fixed set of texts, because the machine may be slower
at one time than at another: the ratio of a tenth to its probes is what is compared. Short chunks (64 tokens)
make the load of index and catalogue heavy against the embedding, so growth in their cost cannot hide behind
the model.

`--keep FOLDER` leaves archive and vault there, for `bench.latency`; an interrupted run goes on with the tenth
that it was in.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from bench.archive import write
from bench.machine import command_line, facts
from ingest.pipeline import Ingest
from ingest.report import FileDone, IngestEvent
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

COLLECTION = "archive"
WORDS = 600
PROBE_TEXTS = 512
_CHUNKS_EACH = {64: 44, 96: 26, 128: 18, 256: 8}
"""Chunks that a file of `WORDS` words gives, about: more files are made until there are enough chunks."""


@dataclass(slots=True)
class Tenth:
    """One tenth of the load."""

    chunks: int
    documents: int
    seconds: float
    probe: float
    """Texts per second of the embedder alone, mean of before and after."""
    memory_mib: float
    """Most memory of this process, which owns the vault; the parsers are apart."""

    @property
    def rate(self) -> float:
        """Chunks per second."""
        return self.chunks / self.seconds


def load_tenth(collection: Collection, embedder: Embedder, settings: Settings, folder: Path) -> Tenth:
    """Ingest the files of one folder."""
    process = psutil.Process()
    before = probe(embedder)
    most = 0.0

    def note(event: IngestEvent) -> None:
        nonlocal most
        if isinstance(event, FileDone):
            most = max(most, process.memory_info().rss / 2**20)

    started = time.monotonic()
    report = Ingest(collection, embedder, settings, note).run([folder])
    seconds = time.monotonic() - started
    return Tenth(report.chunks, report.ready, seconds, (before + probe(embedder)) / 2, most)


def probe(embedder: Embedder) -> float:
    """Texts per second of the embedder alone, always on the same ones."""
    texts = [f"Probe {number}: {PROBE_SENTENCE}" for number in range(PROBE_TEXTS)]
    started = time.monotonic()
    embedder.embed(texts)
    return PROBE_TEXTS / (time.monotonic() - started)


PROBE_SENTENCE = (
    "the tenant shall pay the rent on the first day of each month and the landlord shall give thirty days "
    "notice in writing before any increase takes effect, and either party may ask for a review of the charge"
)


def run(folder: Path, chunks: int, chunk_tokens: int) -> list[Tenth]:
    """The whole load; tenths that a run before this one ended are read from its notes."""
    settings = Settings(data=folder / "vault", chunk_tokens=chunk_tokens)
    cache = Settings.load().data.absolute() / "embedder"
    embedder = load_embedder(cache, backend=settings.embedder_backend, threads=settings.threads)
    notes = folder / "tenths.jsonl"
    done = [Tenth(**json.loads(line)) for line in notes.read_text().splitlines()] if notes.exists() else []
    each = next(count for tokens, count in _CHUNKS_EACH.items() if chunk_tokens <= tokens)
    documents = -(-chunks // 10 // each)
    fresh = not settings.data.exists()
    with (
        Vault.create(settings.data, user=settings.user, purpose="bench")
        if fresh
        else Vault(settings.data, purpose="bench")
    ) as vault:
        if fresh:
            vault.create_collection(COLLECTION, user=settings.user)
        with vault.open_collection(COLLECTION, user=settings.user, action=Action.INGEST) as collection:
            for number in range(len(done), 10):
                archive = folder / "archive" / str(number)
                write(archive, number * documents, documents, WORDS)
                done.append(load_tenth(collection, embedder, settings, archive))
                with notes.open("a") as file:
                    file.write(json.dumps(asdict(done[-1])) + "\n")
    return done


def table(tenths: list[Tenth]) -> list[str]:
    """As Markdown."""
    lines = [
        "| tenth | documents | chunks | chunks/s | embedder alone, texts/s | ratio | owner's memory, MiB |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for number, tenth in enumerate(tenths, start=1):
        lines.append(
            f"| {number} | {tenth.documents:,} | {tenth.chunks:,} | {tenth.rate:.1f} | {tenth.probe:.0f} | "
            f"{tenth.rate / tenth.probe:.3f} | {tenth.memory_mib:.0f} |"
        )
    first, last = tenths[0], tenths[-1]
    return [
        *lines,
        "",
        f"{sum(tenth.chunks for tenth in tenths):,} chunks in "
        f"{sum(tenth.seconds for tenth in tenths):.0f} s. "
        f"Last tenth against the first: **{last.rate / first.rate:.2f}** by the clock, "
        f"**{last.rate / last.probe / (first.rate / first.probe):.2f}** against the embedder at that time. "
        f"Most memory of the owner: **{max(tenth.memory_mib for tenth in tenths):.0f} MiB**.",
    ]


def main() -> None:
    """Load and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--chunk-tokens", type=int, default=64)
    parser.add_argument(
        "--keep", type=Path, help="a folder for archive and vault; without it they are removed"
    )
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.load"))
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
        tenths = run(chosen.keep.absolute(), chosen.chunks, chosen.chunk_tokens)
    else:
        with tempfile.TemporaryDirectory(prefix="incamera-bench-") as folder:
            tenths = run(Path(folder), chosen.chunks, chosen.chunk_tokens)
    print("\n".join([*lines, "", *table(tenths)]))


if __name__ == "__main__":
    main()
