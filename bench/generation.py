"""A language model in the product beside llama.cpp alone, a follow-up beside the first question, users who
take turns, ten at once, what each way of reading costs, and what a grammar does.

    python -m bench.generation [--model FILE.gguf] [--rounds 5] [--vocabulary FILE.gguf ...]

Without a model one is made that says a given text after any prompt, of `--width` and `--layers`, so that
a token takes as long as in a model of that size: what is measured is around the model, and ours. (Its
tokens are single letters, so its prompts have about four times as many as those of a real model.) The
passages are those of the sample documents.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from langchain_core.messages import HumanMessage, SystemMessage

from bench.conversations import QUESTION, following_up, taking_turns, to_first_statement
from bench.grammar import constrained
from bench.machine import command_line, facts
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.events import Answer, Done
from rag.evidence.evidence import find_evidence
from rag.models.check import TimedModel
from rag.models.host import ModelHost
from rag.models.llama.library import backend
from rag.models.llama.model import LlamaModel
from rag.retrieval.passage import Passage
from rag.retrieval.search import Scope, Search
from rag.writing.context import ContextSize, choose_context
from rag.writing.generate import ModelWriter
from rag.writing.writer import Writing
from tests import tiny_gguf
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.records import Slice
from vault.settings import Settings
from vault.vault import Vault

SAYS = " The Client consents to the use of Kestrow Hosting Limited [1]."
USERS = 10
PARTS = ("decoding", "follow-up", "turns", "reading", "at-once", "grammar")
_TOKENS = 128


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", type=Path, help="a GGUF file; without it one is made")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--width", type=int, default=1024)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument(
        "--vocabulary", type=Path, nargs="*", default=[], help="GGUF files whose tokenizers the grammar meets"
    )
    parser.add_argument("--only", nargs="*", choices=PARTS, help="these parts; without it, all")
    chosen = parser.parse_args()
    guard_egress()
    lines = facts(command_line("bench.generation"))
    embedder = load_embedder(Settings.load().data.absolute() / "embedder")
    with tempfile.TemporaryDirectory() as folder:
        model = chosen.model or tiny_gguf.write(
            Path(folder) / "made.gguf", says=SAYS, ends=False, context_length=8192, width=chosen.width,
            feed_forward=4 * chosen.width, layers=chosen.layers,
        )  # fmt: skip
        settings = Settings(data=Path(folder) / "vault", model=model, model_max_tokens=_TOKENS)
        with Vault.create(settings.data, user="local", purpose="bench") as vault:
            vault.create_collection("samples", user="local")
            with vault.open_collection("samples", user="local", action=Action.INGEST) as collection:
                Ingest(collection, embedder, settings).run(
                    [Path("sample_docs/legal"), Path("sample_docs/medical")]
                )
            size = model.stat().st_size / 2**20
            lines += [
                "",
                f"Model: {'given' if chosen.model else 'made'}, {size:,.0f} MiB, {_TOKENS} tokens an answer.",
            ]
            passages = passages_of(vault, embedder, settings, ContextSize.PASSAGES)
            parts: dict[str, Callable[[], list[str]]] = {
                "decoding": lambda: decoding(settings, passages, embedder, chosen.rounds),
                "follow-up": lambda: following_up(settings, passages, embedder, chosen.rounds),
                "turns": lambda: taking_turns(settings, passages, embedder, chosen.rounds),
                "reading": lambda: reading(settings, vault, embedder),
                "at-once": lambda: at_once(settings, vault, embedder),
                "grammar": lambda: constrained(settings, Path(folder), chosen.vocabulary),
            }
            for name in chosen.only or PARTS:
                lines += ["", *parts[name]()]
    print("\n".join(lines))


def passages_of(vault: Vault, embedder: Embedder, settings: Settings, size: ContextSize) -> list[Passage]:
    """What the model reads for the question."""
    found = Search(
        vault, embedder, Scope("local", ("samples",)), candidates=settings.candidates, limit=settings.passages
    ).find(QUESTION)
    ranked = find_evidence(found.question, found.passages, embedder, None)

    def around(passage: Passage) -> Sequence[Slice]:
        with vault.open_collection("samples", user="local", action=Action.SEARCH) as opened:
            return opened.section_around(passage.document.sha256, passage.ordinal, 2)

    return choose_context(found.passages, ranked, size, around)


def decoding(settings: Settings, passages: Sequence[Passage], embedder: Embedder, rounds: int) -> list[str]:
    """Tokens a second of llama.cpp alone, of the product's stream, and with every sentence checked."""
    assert settings.model_file is not None
    model = TimedModel(settings.model_file, settings)
    writer = ModelWriter(model, embedder)
    window = model.context_length
    alone = backend().Llama(
        str(settings.model_file),
        n_ctx=window,
        n_gpu_layers=0,
        verbose=False,
        n_threads=settings.threads,
        n_threads_batch=settings.threads,
    )
    rates: dict[str, list[float]] = {"alone": [], "stream": [], "checked": []}
    checked = 0
    for _ in range(rounds):
        writing = Writing()
        list(writer.write(QUESTION, passages, (), None, writing))
        rates["checked"].append(model.decode_per_second)
        checked = len(writing.statements)
        prompt = writing.trace["prompt"]
        engine = model._chat.load()
        turns: Any = [
            {"role": {"system": "system", "human": "user"}[one["role"]], "content": one["content"]}
            for one in prompt  # type: ignore[attr-defined]
        ]
        tokens = engine.prompt(turns)[1]
        times = []
        for token in alone.generate(tokens, temp=0.0, repeat_penalty=1.0):
            alone.detokenize([token])
            times.append(time.perf_counter())
            if len(times) == _TOKENS:
                break
        rates["alone"].append((len(times) - 1) / (times[-1] - times[0]))
        messages = [SystemMessage(turns[0]["content"]), HumanMessage(turns[1]["content"])]
        list(model.stream(messages, None))
        rates["stream"].append(model.decode_per_second)
    model.close()
    alone.close()
    medians = {name: statistics.median(values) for name, values in rates.items()}
    ratios = {
        name: statistics.median(a / b for a, b in zip(rates[name], rates["alone"], strict=True))
        for name in ("stream", "checked")
    }
    return [
        f"| tokens written a second, median of {rounds} | | against llama.cpp alone |",
        "| --- | ---: | ---: |",
        f"| llama.cpp alone | {medians['alone']:.1f} | 1 |",
        f"| the product's stream | {medians['stream']:.1f} | {ratios['stream']:.3f} |",
        f"| with every sentence checked ({checked} an answer) | {medians['checked']:.1f} "
        f"| {ratios['checked']:.3f} |",
    ]


def reading(settings: Settings, vault: Vault, embedder: Embedder) -> list[str]:
    """What each way of reading costs."""
    assert settings.model_file is not None
    lines = [
        "| what is read | prompt tokens | left out | first statement, s |",
        "| --- | ---: | ---: | ---: |",
    ]
    for size in ContextSize:
        model = LlamaModel(settings.model_file, settings)
        _ = model.context_length
        writer = ModelWriter(model, embedder)
        passages = passages_of(vault, embedder, settings, size)
        seconds = to_first_statement(writer, QUESTION, passages, ())
        writing = Writing()
        list(writer.write(QUESTION, passages, (), None, writing))
        dropped: Any = writing.trace["dropped"]
        lines.append(
            f"| {size.value} | {writing.trace['prompt_tokens']:,} | {len(dropped)} of {len(passages)} "
            f"passages | {seconds:.2f} |"
        )
        model.close()
    return lines


def at_once(settings: Settings, vault: Vault, embedder: Embedder) -> list[str]:
    """Ten users who ask at the same moment."""
    host = ModelHost(vault, settings, lambda: embedder)
    answers: list[tuple[float, Answer]] = []

    def ask(number: int) -> None:
        *_, done = Answerer(vault, embedder, settings, host).ask(
            f"{QUESTION} ({number})", ["samples"], "local"
        )
        assert isinstance(done, Done)
        answers.append((time.perf_counter() - started, done.answer))

    started = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    host.close()
    written = sum(answer.mode == "generated" for _, answer in answers)
    return [
        f"{USERS} questions at once: {len(answers)} answers, {written} of them written by the model; the "
        f"first after {min(seconds for seconds, _ in answers):.1f} s, the last after "
        f"{max(seconds for seconds, _ in answers):.1f} s.",
    ]


if __name__ == "__main__":
    main()
