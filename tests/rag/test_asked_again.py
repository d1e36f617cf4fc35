"""A record asked again gives the same prompt, in another process and whatever was asked in between."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from rag.answer import Answerer
from rag.events import Done
from rag.models.host import ModelHost
from rag.models.server import ServerModel
from rag.question.turn import Turn
from rag.writing.generate import ModelWriter
from rag.writing.writer import Writing
from tests.documents import add_text
from tests.rag.models.test_server import misbehaving
from tests.rag.models.test_stopping import answered, request
from tests.rag.writing.test_generate import PASSAGES
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

QUESTIONS = ("What is the rent of flat 3?", "Which flat costs 200 pounds?", "What is the rent?")


def answer(connection: socket.socket) -> None:
    request(connection)
    answered(connection)


def test_a_question_gives_the_same_prompt_whatever_was_asked_before(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    for number in range(5):
        add_text(collection, embedder, f"{number}.txt", f"The rent of flat {number} is {number}00 pounds.")
    chosen = [document.sha256 for document in collection.catalogue.documents()[:4]]
    prompts: dict[str, list[object]] = {question: [] for question in QUESTIONS}
    with misbehaving(answer) as address:
        configured = settings.model_copy(update={"model_server": address, "model_server_name": "m"})
        for order in (QUESTIONS, QUESTIONS[::-1]):
            host = ModelHost(vault, configured, lambda: embedder)
            for question in order:
                *_, done = Answerer(vault, embedder, configured, host).ask(
                    question, ["matter"], "local", documents=chosen
                )
                assert isinstance(done, Done)
                record = vault.records.get(done.answer.record, user="local") or {}
                assert record["documents"] == chosen
                prompts[question].append(record["writing"])
            host.close()
    assert all(first == second for first, second in prompts.values())
    assert all(first["prompt"] for first, _ in prompts.values())  # type: ignore[index]


def order_of(writing: Writing) -> Sequence[int]:
    context = writing.trace["context"]
    return [place["spans"][0][1] // 1000 for place in context]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("history", "user", "order"),
    [
        ((), "ana", [2, 0, 1]),
        ((Turn("What is the fee?", "100 pounds."),), "ana", [0, 1, 2]),
        ((Turn("What is the fee?", "100 pounds."),), "ben", [2, 0, 1]),
        ((Turn("Who pays?", "Pike."),), "ana", [2, 0, 1]),
    ],
)
def test_only_a_follow_up_keeps_the_order_that_was_read_before(
    history: Sequence[Turn], user: str, order: list[int], settings: Settings, embedder: Embedder
) -> None:
    with misbehaving(answer) as address:
        update = {"model_server": address, "model_server_name": "m"}
        writer = ModelWriter(ServerModel(settings.model_copy(update=update)), embedder)
        list(writer.write("What is the fee?", PASSAGES[:3], (), None, Writing("ana")))
        later = Writing(user)
        list(writer.write("And when?", [PASSAGES[2], *PASSAGES[:2]], history, None, later))
        writer.close()
    assert order_of(later) == order
