"""The engine itself, in this process: what llama.cpp counts is only to be seen from inside."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.models.llama.chat_template import ChatMessage
from rag.models.llama.engine import LlamaEngine
from rag.models.llama.loading import load_of
from rag.models.llama.prefixes import PrefixCache
from rag.models.llama.run import Run
from tests import tiny_gguf
from tests.waiting import until

pytestmark = pytest.mark.llama
llama_cpp = pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")

Make = Callable[..., LlamaEngine]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Loads a tiny model and closes it afterwards."""
    engines: list[LlamaEngine] = []

    def one(context_length: int = 512, layers: int = 2) -> LlamaEngine:
        path = tiny_gguf.write(tmp_path / "model.gguf", context_length=context_length, layers=layers)
        engines.append(LlamaEngine(load_of(path, context_length=context_length, threads=1)))
        return engines[-1]

    yield one
    for engine in engines:
        engine.close()


def asked(question: str) -> list[ChatMessage]:
    return [ChatMessage(role="user", content=question)]


def answer(
    engine: LlamaEngine, question: str, max_tokens: int = 8, cancel: threading.Event | None = None
) -> Run:
    run = Run()
    list(engine.write(asked(question), run, max_tokens=max_tokens, temperature=0.0, cancel=cancel))
    return run


def test_llama_cpp_reads_only_what_is_new_of_a_second_question(make: Make) -> None:
    engine = make()
    start = "A passage that stays the same. " * 8
    answer(engine, start + "One?")
    context = engine._llama.ctx
    llama_cpp.llama_perf_context_reset(context)
    second = answer(engine, start + "Another?")
    # llama.cpp's own count of the prompt tokens that it read.
    read = llama_cpp.llama_perf_context(context).n_p_eval
    assert read == second.prompt_tokens - second.reused_tokens


def test_what_was_read_of_others_is_forgotten_where_memory_ends(make: Make) -> None:
    engine = make(context_length=1024)
    prompts = [engine.prompt(asked(f"{letter} and so on. " * 30))[1] for letter in "ABCD"]
    for limit, kept in ((0, 0), (150_000, 0), (10_000_000, len(prompts))):
        cache = PrefixCache(engine._llama, llama_cpp, limit)
        again = []
        for prompt in [*prompts, *prompts]:
            again.append(cache.prepare(prompt) > 300)
            next(engine._llama.generate(prompt, temp=0.0))
            assert cache.size <= limit
        assert (cache.size > 0) == (limit > 0)
        assert sum(again[len(prompts) :]) == kept
        cache.clear()
        assert cache.size == 0


def test_a_set_event_interrupts_the_reading_of_a_long_prompt(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, cancel = make(layers=24, context_length=8192), threading.Event()
    context, read = engine._llama.ctx, engine._llama.eval
    llama_cpp.llama_perf_context_reset(context)

    def come_between(tokens: list[int]) -> None:
        cancel.set()
        until(lambda: engine._stop_flag[0] == b"x")
        read(tokens)

    monkeypatch.setattr(engine._llama, "eval", come_between)
    run = answer(engine, "word " * 1500, max_tokens=1, cancel=cancel)
    monkeypatch.undo()
    # llama.cpp's own count of the prompt tokens that it read.
    assert llama_cpp.llama_perf_context(context).n_p_eval < 1500
    assert run.finish == "cancelled"
    assert answer(engine, "Short?", max_tokens=1).finish == "length"
