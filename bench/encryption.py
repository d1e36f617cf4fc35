"""What encryption costs: ingest and evidence of an encrypted vault beside a plain one.

    python -m bench.encryption [--documents PATH ...] [--rounds 3] [--questions 20]

Each round makes a plain and an encrypted vault in turn, in one process, so that whatever else the machine
does falls on both alike; every other round begins with the encrypted one. The vaults of the last round then
answer the same questions, in turn question by question. Medians are printed as a Markdown table, with the
processor seconds, which other work beside does not change.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bench.first import COLLECTION, SAMPLES, evidence_ms, processor_seconds
from bench.machine import command_line, facts
from evaluation.measures import percentile
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from rag.answer import Answerer
from ui.services.services import configured_reader
from vault.access import Action
from vault.creation import create_vault
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.keys.header import NewSecret
from vault.keys.secret import create_key_file, key_in
from vault.keys.source import KeySource
from vault.process.egress import guard_egress
from vault.settings import Settings
from vault.vault import Vault

PLAIN, ENCRYPTED = "plain", "encrypted"
BOUNDS = {"ingest": 0.85, "evidence": 1.2}
"""Encrypted ingest is at least this part as fast; evidence takes at most this many times as long."""


@dataclass(slots=True)
class Side:
    """The figures of one kind of vault."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    evidence: list[float] = field(default_factory=list)
    pages: int = 0
    megabytes: float = 0.0
    """Of the data folder after the ingest."""


def opened(kind: str, folder: Path, user: str) -> Vault:
    """Make and open an empty vault of this kind."""
    data, key = folder / "data", folder / "key"
    folder.mkdir()
    if kind == PLAIN:
        return Vault.create(data, user=user, purpose="bench")
    create_key_file(key)
    create_vault(data, user, "bench", NewSecret("file", key_in(key), str(key)))
    return Vault(data, purpose="bench", key=KeySource(key))


def ingest(
    vault: Vault, documents: Sequence[Path], embedder: Embedder, settings: Settings, side: Side
) -> None:
    """Ingest files into a new collection and note what it took."""
    vault.create_collection(COLLECTION, user=settings.user)
    with (
        ParserPool(settings, in_memory=vault.keys.encrypted) as parsers,
        vault.open_collection(COLLECTION, user=settings.user, action=Action.INGEST) as collection,
    ):
        # Starting a parser takes seconds and is the same for both.
        parser = parsers.take()
        parser.start()
        parsers.give_back(parser)
        started, cpu = time.monotonic(), processor_seconds()
        report = Ingest(collection, embedder, settings, parsers=parsers).run(documents)
        side.seconds.append(time.monotonic() - started)
    side.cpu.append(processor_seconds() - cpu)
    side.pages = report.pages
    side.megabytes = sum(path.stat().st_size for path in vault.data.rglob("*") if path.is_file()) / 2**20


def measure(
    documents: Sequence[Path], questions: Sequence[str], rounds: int, embedder: Embedder, settings: Settings
) -> dict[str, Side]:
    """Measure both kinds in turn."""
    sides = {PLAIN: Side(), ENCRYPTED: Side()}
    with tempfile.TemporaryDirectory(prefix="incamera-bench-") as folder, ExitStack() as last:
        vaults: dict[str, Vault] = {}
        for number in range(rounds):
            kinds = (PLAIN, ENCRYPTED) if number % 2 == 0 else (ENCRYPTED, PLAIN)
            for kind in kinds:
                print(f"round {number + 1}: {kind}", file=sys.stderr, flush=True)
                vault = opened(kind, Path(folder) / f"{kind}-{number}", settings.user)
                with ExitStack() as closing:
                    (last if number == rounds - 1 else closing).enter_context(vault)
                    ingest(vault, documents, embedder, settings, sides[kind])
                vaults[kind] = vault
        reader = configured_reader(settings)
        answerers = {
            kind: Answerer(vault, embedder, settings, None, reader) for kind, vault in vaults.items()
        }
        for number, question in enumerate([questions[0], *questions]):
            for kind in (PLAIN, ENCRYPTED) if number % 2 else (ENCRYPTED, PLAIN):
                took = evidence_ms(answerers[kind], question, settings.user)
                if number:  # the first time opens and loads
                    sides[kind].evidence.append(took)
    return sides


def table(sides: dict[str, Side]) -> list[str]:
    """The figures as Markdown, with what the encrypted vault is to the plain one."""
    plain, encrypted = sides[PLAIN], sides[ENCRYPTED]
    speed = statistics.median(plain.seconds) / statistics.median(encrypted.seconds)
    by_processor = statistics.median(plain.cpu) / statistics.median(encrypted.cpu)
    p50 = percentile(encrypted.evidence, 0.5) / percentile(plain.evidence, 0.5)
    p95 = percentile(encrypted.evidence, 0.95) / percentile(plain.evidence, 0.95)
    rows = [
        ("", PLAIN, ENCRYPTED, "encrypted / plain"),
        ("---", "---:", "---:", "---:"),
        ("ingest, pages/s", *(f"{one.pages / statistics.median(one.seconds):.1f}" for one in sides.values()),
         f"**{speed:.2f}** (at least {BOUNDS['ingest']})"),
        ("ingest, processor s", *(f"{statistics.median(one.cpu):.1f}" for one in sides.values()),
         f"{1 / by_processor:.2f}"),
        ("evidence p50, ms", *(f"{percentile(one.evidence, 0.5):.0f}" for one in sides.values()),
         f"**{p50:.2f}** (at most {BOUNDS['evidence']})"),
        ("evidence p95, ms", *(f"{percentile(one.evidence, 0.95):.0f}" for one in sides.values()),
         f"{p95:.2f}"),
        ("data folder, MB", *(f"{one.megabytes:.1f}" for one in sides.values()),
         f"{encrypted.megabytes / plain.megabytes:.2f}"),
    ]  # fmt: skip
    return [f"{plain.pages} pages, {len(plain.evidence)} questions, {len(plain.seconds)} rounds.", ""] + [
        "| " + " | ".join(row) + " |" for row in rows
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    folders = [SAMPLES / "legal", SAMPLES / "medical"]
    parser.add_argument("--documents", type=Path, nargs="+", default=folders, help="folders of documents")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--questions", type=int, default=20, help="how many of the sample questions")
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.encryption"))
    listed = yaml.safe_load((SAMPLES / "questions.yaml").read_text(encoding="utf-8"))
    questions = [one["question"] for one in listed][: chosen.questions]
    with tempfile.TemporaryDirectory(prefix="incamera-bench-") as data:
        settings = Settings(data=Path(data))
        embedder = load_embedder(settings.data / "embedder", threads=settings.threads)
        sides = measure(chosen.documents, questions, chosen.rounds, embedder, settings)
    print("\n".join([*lines, "", *table(sides)]))


if __name__ == "__main__":
    main()
