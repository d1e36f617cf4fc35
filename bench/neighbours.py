"""An answer that is written, an ingest and questions beside each other: how much of its speed does each keep?

    python -m bench.neighbours --model FILE.gguf [--seconds 20] [--rounds 2]

Each round measures every activity alone and then in pairs, so that what else the machine does meets all.
The archive is made up (`bench.archive`). `GOMP_SPINCOUNT` in the environment replaces ours, to compare.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from langchain_core.messages import HumanMessage

from bench.archive import write
from bench.machine import command_line, facts
from ingest.pipeline import Ingest
from ingest.report import FileDone, IngestEvent
from rag.answer import Answerer
from rag.events import EvidenceFound
from rag.models.llama.chat import LlamaChat
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings
from vault.vault import Vault

PROMPT = "Tell a long story about a house by the sea, its tenants and its landlord. " * 4
TOKENS = 96
QUESTIONS = ("Who pays for the repair of the roof?", "When is the rent due?", "What may the landlord change?")
_DOCUMENTS = 4_000


class _Stopped(Exception):
    """The time of a measurement is over."""


@dataclass(slots=True)
class Measured:
    """The figures of one activity, alone or beside another."""

    writing: list[float] = field(default_factory=list)
    """Tokens written in a second, for each answer."""
    ingest: list[float] = field(default_factory=list)
    """Chunks in a second."""
    evidence: list[float] = field(default_factory=list)
    """Milliseconds until the evidence of a question is found."""


class Neighbours:
    """A vault, a model and what they do beside each other."""

    def __init__(self, vault: Vault, settings: Settings, embedder: Embedder, model: LlamaChat, folder: Path):
        self._vault, self._settings, self._embedder = vault, settings, embedder
        self._model, self._folder = model, folder
        self._archives = 0

    def beside(self, seconds: float, *activities: str) -> Measured:
        """Do all of the activities ("writing", "ingest", "evidence") for that long."""
        found, stop = Measured(), threading.Event()
        acts: dict[str, Callable[[Measured, threading.Event], None]] = {
            "writing": self._write, "ingest": self._ingest, "evidence": self._ask,
        }  # fmt: skip
        threads = [threading.Thread(target=acts[name], args=(found, stop)) for name in activities]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        stop.set()
        for thread in threads:
            thread.join()
        return found

    def _write(self, found: Measured, stop: threading.Event) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            times = []
            for piece in self._model.stream([HumanMessage(f"({number}) {PROMPT}")], cancel=stop):
                if piece.text:
                    times.append(time.perf_counter())
            if len(times) > 8:
                found.writing.append((len(times) - 1) / (times[-1] - times[0]))

    def _ingest(self, found: Measured, stop: threading.Event) -> None:
        self._archives += 1
        archive = self._folder / f"archive {self._archives}"
        write(archive, self._archives * _DOCUMENTS, _DOCUMENTS, 600)
        chunks, started = 0, 0.0

        def note(event: IngestEvent) -> None:
            nonlocal chunks, started
            if isinstance(event, FileDone):
                started = started or time.monotonic()
                chunks += event.chunks
            if stop.is_set():
                raise _Stopped

        try:
            with self._vault.open_collection("loaded", user="local", action=Action.INGEST) as collection:
                Ingest(collection, self._embedder, self._settings, note).run([archive])
        except _Stopped:
            found.ingest.append(chunks / (time.monotonic() - started))

    def _ask(self, found: Measured, stop: threading.Event) -> None:
        answerer = Answerer(self._vault, self._embedder, self._settings)
        number = 0
        while not stop.is_set():
            number += 1
            for event in answerer.ask(QUESTIONS[number % len(QUESTIONS)], ["asked"], "local"):
                if isinstance(event, EvidenceFound):
                    found.evidence.append(event.milliseconds)
            time.sleep(0.2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Writing, ingest and questions beside each other.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.neighbours"))
    embedder = load_embedder(Settings.load().data.absolute() / "embedder")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "vault")
        with Vault.create(settings.data, user="local", purpose="bench") as vault:
            for name in ("asked", "loaded"):
                vault.create_collection(name, user="local")
            write(Path(folder) / "asked", 0, 100, 600)
            with vault.open_collection("asked", user="local", action=Action.INGEST) as collection:
                Ingest(collection, embedder, settings).run([Path(folder) / "asked"])
            model = LlamaChat(path=given.model, threads=settings.threads, max_tokens=TOKENS)
            model.invoke("Warm up", max_tokens=8)
            neighbours = Neighbours(vault, settings, embedder, model, Path(folder))
            lines += measured(neighbours, given.rounds, given.seconds)
            model.close()
    print("\n".join(lines))


def measured(neighbours: Neighbours, rounds: int, seconds: float) -> list[str]:
    """The table of what each keeps of its speed, by rounds of everything."""
    shares: dict[str, list[float]] = {"writing": [], "ingest": [], "evidence": []}
    alone: dict[str, list[float]] = {name: [] for name in shares}
    for _ in range(rounds):
        single = {name: neighbours.beside(seconds, name) for name in shares}
        pair = neighbours.beside(seconds, "ingest", "writing")
        asked = neighbours.beside(seconds, "ingest", "evidence")
        for name, beside in (("writing", pair), ("ingest", pair), ("evidence", asked)):
            before = statistics.median(getattr(single[name], name))
            alone[name].append(before)
            shares[name].append(statistics.median(getattr(beside, name)) / before)
    titles = {
        "writing": "writing, tokens a second, beside an ingest",
        "ingest": "ingest, chunks a second, beside an answer",
        "evidence": "evidence p50, ms, beside an ingest",
    }
    return [
        "", f"| median of {rounds} | alone | beside the other |", "| --- | ---: | ---: |",
        *(
            f"| {title} | {statistics.median(alone[name]):.1f} | × {statistics.median(shares[name]):.2f} |"
            for name, title in titles.items()
        ),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
