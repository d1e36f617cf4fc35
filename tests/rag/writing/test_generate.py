"""Writing with a model: what is read again, and what is not."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.models.llama.model import LlamaModel
from rag.question.turn import Turn
from rag.retrieval.passage import Passage
from rag.writing.generate import ModelWriter, _key, in_cached_order
from rag.writing.writer import Writing
from tests import tiny_gguf
from tests.documents import document
from vault.embedding.embedder import Embedder
from vault.records import Slice, Span
from vault.settings import Settings


def passage(number: int) -> Passage:
    text = f"Clause {number} says that the fee of year {number} is {number}00 pounds. " * 2
    return Passage(
        collection="matter", document=document("contract.txt", "text"), chunk_id=number, ordinal=number,
        heading="", slices=(Slice(Span(1, 1000 * number, 1000 * number + len(text)), text),), score=1.0,
        cosine=1.0, names_in_document=1.0, terms_in_document=1.0,
    )  # fmt: skip


PASSAGES = [passage(number) for number in range(6)]
Loaded = Callable[..., LlamaModel]


@pytest.fixture
def loaded(tmp_path: Path, settings: Settings) -> Iterator[Loaded]:
    """Makes a model file that says what is asked, and loads it; closed at the end."""
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")
    made: list[LlamaModel] = []

    def load(says: str | None, context: int, **changed: int) -> LlamaModel:
        path = tiny_gguf.write(tmp_path / f"{len(made)}.gguf", says=says, context_length=context)
        made.append(LlamaModel(path, settings.model_copy(update=changed)))
        return made[-1]

    yield load
    for model in made:
        model.close()


@given(st.permutations(PASSAGES), st.lists(st.sampled_from(PASSAGES), unique=True))
def test_an_order_that_was_read_is_kept_and_no_better_passage_loses_its_place(
    ranked: list[Passage], read: list[Passage]
) -> None:
    ordered = in_cached_order(ranked, [[_key(one) for one in read]])
    assert sorted(one.chunk_id for one in ordered) == sorted(one.chunk_id for one in ranked)
    assert set(map(_key, ordered[: len(read)])) == set(map(_key, ranked[: len(read)]))
    if set(map(_key, read)) == set(map(_key, ranked[: len(read)])):
        assert ordered[: len(read)] == read


@pytest.mark.llama
def test_a_follow_up_reads_only_what_is_new_though_its_passages_rank_otherwise(
    loaded: Loaded, embedder: Embedder
) -> None:
    model = loaded("Clause 1 [1].", 8192, model_context=8192)
    writer = ModelWriter(model, embedder)
    first, second = Writing(), Writing()
    list(writer.write("What is the fee?", PASSAGES[:4], (), None, first))
    turn = Turn("What is the fee?", "It is 100 pounds.")
    later = [PASSAGES[2], PASSAGES[0], PASSAGES[3], PASSAGES[1]]
    list(writer.write("And when?", later, (turn,), None, second))
    run = model._chat.load().last_run
    assert first.trace["context"] == second.trace["context"]
    read_before = "".join(part["content"] for part in first.trace["prompt"])  # type: ignore[attr-defined]
    # All but the question itself, which stood where the earlier turn stands now.
    assert run.reused_tokens > 0.9 * len(read_before)


def test_of_several_orders_that_were_read_the_one_that_goes_furthest_is_kept() -> None:
    one, two, three, *others = PASSAGES
    orders = [
        [_key(passage) for passage in read] for read in ((three, two), (two, one, three), (one, others[0]))
    ]
    assert in_cached_order([one, three, two, *others], orders) == [two, one, three, *others]


@pytest.mark.llama
def test_users_who_take_turns_have_their_passages_read_once(loaded: Loaded, embedder: Embedder) -> None:
    model = loaded("Clause 1 [1].", 8192, model_context=8192)
    writer = ModelWriter(model, embedder)
    turn = Turn("What is the fee?", "It is 100 pounds.")
    again = []
    for passages, history in (
        (PASSAGES[:3], ()),
        (PASSAGES[3:], ()),
        ([PASSAGES[2], PASSAGES[0], PASSAGES[1]], (turn,)),
        ([PASSAGES[4], PASSAGES[5], PASSAGES[3]], (turn,)),
    ):
        list(writer.write("What is the fee?", passages, history, None, Writing()))
        run = model._chat.load().last_run
        again.append(run.reused_tokens / run.prompt_tokens)
    assert max(again[:2]) < 0.6  # the rules are the same for all
    assert min(again[2:]) > 0.8


@pytest.mark.llama
@pytest.mark.parametrize("says", ["The fee is 100 pounds [7]. It is due.", None])
def test_a_model_within_the_grammar_cites_no_passage_that_it_was_not_given(
    says: str | None, loaded: Loaded, embedder: Embedder
) -> None:
    model = loaded(says, 4096, model_max_tokens=60)
    for constrained in (False, True):
        writing = Writing()
        writer = ModelWriter(model, embedder, constrained=constrained)
        list(writer.write("What is the fee?", PASSAGES[:2], (), None, writing))
        written = "".join(writing.trace["written"])  # type: ignore[arg-type]
        if constrained:
            assert set(re.findall(r"\[(\d*)", written)) <= {"1", "2", ""}
            assert "\n" not in written
        elif says:
            assert "[7]" in written


@pytest.mark.llama
def test_what_keeps_to_the_grammar_is_written_as_without_it(loaded: Loaded, embedder: Embedder) -> None:
    for says in ("Clause 1 says it [1]. Clause 2 says it too [2].", "The documents do not say."):
        writing, model = Writing(), loaded(says, 4096)
        list(ModelWriter(model, embedder, constrained=True).write("Which?", PASSAGES[:2], (), None, writing))
        assert "".join(writing.trace["written"]) == says  # type: ignore[arg-type]
