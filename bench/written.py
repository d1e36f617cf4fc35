"""How long a language model takes to answer questions on the sample documents.

    python -m bench.written [--questions N]

The model is that of the settings (INCAMERA_MODEL, INCAMERA_MODEL_SERVER), by default the built-in one. It is
loaded by a first question that does not count. Questions that it is not asked (rows, lists, "not found") do
not count either. Medians and 95th percentiles are printed as a Markdown table.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.first import SAMPLES
from bench.machine import command_line, facts
from evaluation.files import document_folders
from evaluation.measures import percentile
from evaluation.question_set import load_file_questions
from evaluation.temporary_vault import temporary_vault
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.events import Done, Statement
from rag.models.host import ModelHost
from rag.verification.verify import Verdict
from ui.services.services import configured_reader
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings
from vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Timed:
    """One question that the model was asked; all times in seconds since the question."""

    evidence: float
    first: float | None
    """Until the first sentence of the model that passed its check; None if none did."""
    whole: float
    prompt_tokens: int
    generated: bool


def main() -> int:
    """Ask the questions and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=40, help="so many of the answerable ones")
    chosen = parser.parse_args()
    measured, settings = facts(command_line("bench.written")), Settings.load()
    guard_egress(settings.allowed_hosts)
    embedder = load_embedder(settings.data / "embedder", threads=settings.threads)
    reader = configured_reader(settings, lambda text: print(text, file=sys.stderr))
    questions = [one.question for one in load_file_questions(SAMPLES) if one.answerable][: chosen.questions]
    with temporary_vault(settings) as (vault, kept):
        Ingest(kept, embedder, settings).run(document_folders(SAMPLES))
        host = ModelHost(vault, settings, lambda: embedder)
        try:
            answerer = Answerer(vault, embedder, settings, host, reader)
            timed = [ask(answerer, vault, question, kept.name) for question in (questions[0], *questions)][1:]
        finally:
            host.close()
    print("\n".join([*measured, "", *table([one for one in timed if one is not None])]))
    return 0


def ask(answerer: Answerer, vault: Vault, question: str, collection: str) -> Timed | None:
    """Ask a question; None if the model was not asked."""
    started, first = time.monotonic(), None
    for event in answerer.ask(question, [collection], "local"):
        if isinstance(event, Statement) and first is None and event.verdict is not Verdict.UNSUPPORTED:
            first = time.monotonic() - started
    whole = time.monotonic() - started
    assert isinstance(event, Done)
    record = vault.records.get(event.answer.record, user="local") or {}
    writing = record.get("writing")
    if not isinstance(writing, dict) or not writing:
        return None
    generated = event.answer.mode == "generated"
    evidence = event.answer.evidence_ms / 1000
    return Timed(evidence, first if generated else None, whole, writing["prompt_tokens"], generated)


def table(timed: Sequence[Timed]) -> list[str]:
    """Return the figures as lines of Markdown."""
    first = [one.first for one in timed if one.first is not None]
    rows = {
        "evidence": [one.evidence for one in timed],
        "first checked sentence": first,
        "whole answer": [one.whole for one in timed],
    }
    tokens = [float(one.prompt_tokens) for one in timed]
    written = sum(one.generated for one in timed)
    lines = [f"- {len(timed)} questions were put to the model; {written} answers are in its words", ""]
    lines += ["| seconds until | p50 | p95 |", "|---|---|---|"]
    lines += [
        f"| {name} | {percentile(values, 0.5):.2f} | {percentile(values, 0.95):.2f} |"
        for name, values in rows.items()
        if values
    ]
    if tokens:
        lines.append(f"\nTokens of the prompt: median {percentile(tokens, 0.5):.0f}, most {max(tokens):.0f}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
