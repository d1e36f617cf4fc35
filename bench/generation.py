"""A language model in the product beside llama.cpp alone, a follow-up beside the first question, ten users at
once, and what each way of reading costs.

    python -m bench.generation [--model FILE.gguf] [--rounds 5]

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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langchain_core.messages import HumanMessage, SystemMessage

from bench.machine import command_line, facts
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.context import Reads, context_of
from rag.events import Answer, Done
from rag.evidence import find_evidence
from rag.generate import ModelWriter
from rag.llama_backend import backend
from rag.llama_model import LlamaModel
from rag.model_check import TimedModel
from rag.model_host import ModelHost
from rag.passage import Passage
from rag.search import Scope, Search
from rag.writing import Turn, Writing
from tests import tiny_gguf
from vault.access import Action
from vault.egress import guard_egress
from vault.embedder import Embedder, load_embedder
from vault.records import Slice
from vault.settings import Settings
from vault.vault import Vault

QUESTION = "Which subcontractor has been approved for the secondary data centre?"
FOLLOW_UP = "And which other subcontractors may Tolvane use?"
SAYS = " The Client consents to the use of Kestrow Hosting Limited [1]."
USERS = 10
_TOKENS = 128


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", type=Path, help="a GGUF file; without it one is made")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--width", type=int, default=1024)
    parser.add_argument("--layers", type=int, default=8)
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
            collection = vault.create_collection("samples", user="local")
            Ingest(collection, embedder, settings).run(
                [Path("sample_docs/legal"), Path("sample_docs/medical")]
            )
            size = model.stat().st_size / 2**20
            lines += [
                "",
                f"Model: {'given' if chosen.model else 'made'}, {size:,.0f} MiB, {_TOKENS} tokens an answer.",
            ]
            lines += ["", *decoding(settings, vault, embedder, chosen.rounds)]
            lines += ["", *following_up(settings, vault, embedder, chosen.rounds)]
            lines += ["", *reading(settings, vault, embedder)]
            lines += ["", *at_once(settings, vault, embedder)]
    print("\n".join(lines))


def passages_of(vault: Vault, embedder: Embedder, settings: Settings, reads: Reads) -> list[Passage]:
    """What the model reads for the question."""
    found = Search(
        vault, embedder, Scope("local", ("samples",)), candidates=settings.candidates, limit=settings.passages
    ).find(QUESTION)
    ranked = find_evidence(found.question, found.passages, embedder, None)
    opened = vault.open_collection("samples", user="local", action=Action.SEARCH)

    def around(passage: Passage) -> Sequence[Slice]:
        return opened.section_around(passage.document.sha256, passage.ordinal, 2)

    return context_of(found.passages, ranked, reads, around)


def decoding(settings: Settings, vault: Vault, embedder: Embedder, rounds: int) -> list[str]:
    """Tokens a second of llama.cpp alone, of the product's stream, and with every sentence checked."""
    assert settings.model is not None
    passages = passages_of(vault, embedder, settings, Reads.PASSAGES)
    model = TimedModel(settings.model, settings)
    writer = ModelWriter(model, embedder)
    window = model.context_length
    alone = backend().Llama(
        str(settings.model),
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


def following_up(settings: Settings, vault: Vault, embedder: Embedder, rounds: int) -> list[str]:
    """Seconds to the first statement of a first question and of a follow-up about the same passages."""
    assert settings.model is not None
    passages = passages_of(vault, embedder, settings, Reads.PASSAGES)
    first, later, reused, whole = [], [], [], []
    for _ in range(rounds):
        model = TimedModel(settings.model, settings)
        writer = ModelWriter(model, embedder)
        _ = model.context_length  # loaded before the clock starts
        first.append(_to_first_statement(writer, QUESTION, passages, ()))
        turn = Turn(QUESTION, SAYS)
        later.append(_to_first_statement(writer, FOLLOW_UP, passages, (turn,)))
        run = model.run
        reused.append(run.reused_tokens)
        whole.append(run.prompt_tokens)
        model.close()
    a, b = statistics.median(first), statistics.median(later)
    return [
        f"First statement after {a:.2f} s for a first question and {b:.2f} s for a follow-up about the same "
        f"passages: **{b / a:.2f}**. Of the follow-up's {whole[-1]:,} prompt tokens {reused[-1]:,} were not "
        "read again.",
    ]


def _to_first_statement(
    writer: ModelWriter, question: str, passages: Sequence[Passage], history: Sequence[Turn]
) -> float:
    started = time.perf_counter()
    events = writer.write(question, passages, history, None, Writing())
    next(events)
    seconds = time.perf_counter() - started
    events.close()  # type: ignore[attr-defined]
    return seconds


def reading(settings: Settings, vault: Vault, embedder: Embedder) -> list[str]:
    """What each way of reading costs."""
    assert settings.model is not None
    lines = [
        "| what is read | prompt tokens | left out | first statement, s |",
        "| --- | ---: | ---: | ---: |",
    ]
    for reads in Reads:
        model = LlamaModel(settings.model, settings)
        _ = model.context_length
        writer = ModelWriter(model, embedder)
        passages = passages_of(vault, embedder, settings, reads)
        seconds = _to_first_statement(writer, QUESTION, passages, ())
        writing = Writing()
        list(writer.write(QUESTION, passages, (), None, writing))
        dropped: Any = writing.trace["dropped"]
        lines.append(
            f"| {reads.value} | {writing.trace['prompt_tokens']:,} | {len(dropped)} of {len(passages)} "
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
