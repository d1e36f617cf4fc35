"""What stops one piece of work stops no other: the time limit of a rewriting does not cancel the answer."""

from __future__ import annotations

import json
import socket
import threading

from rag.answer import Answerer
from rag.events import Answer, Done, Event
from rag.models.host import ModelHost
from rag.models.stopping import StopEvent, time_limit
from rag.question.turn import Turn
from tests.documents import add_text
from tests.rag.models.alarms import HandAlarms
from tests.rag.models.test_server import LEASE, misbehaving
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

HISTORY = [Turn("Does he pay?", "The rent is 900 pounds a month.")]


def request(connection: socket.socket) -> bytes:
    """All of a request: a client may send its head before its body."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    (length,) = (
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if b"content-length" in line
    )
    while len(body) < length:
        body += connection.recv(65536)
    return body


def answered(connection: socket.socket) -> None:
    """Write one true sentence, as a model server does."""
    said = {"id": "1", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": (
        "The rent is 900 pounds a month [1]."
    )}}]}  # fmt: skip
    body = f"data: {json.dumps(said)}\n\ndata: [DONE]\n\n".encode()
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body) + body
    )
    connection.close()


def test_a_rewriting_whose_time_is_up_leaves_the_answer_to_be_written(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    rewriting, ended, alarms = threading.Event(), threading.Event(), HandAlarms()

    def behave(connection: socket.socket) -> None:
        if b"Rewrite the last question" in request(connection):
            rewriting.set()
            alarms.ring(configured.model_seconds)
            ended.wait()  # a server that hangs
        else:
            answered(connection)

    with misbehaving(behave) as address:
        configured = settings.model_copy(update={"model_server": address, "model_server_name": "m"})
        host = ModelHost(vault, configured, lambda: embedder, alarms)
        cancel = threading.Event()

        def ask(question: str, *history: Turn) -> Answer:
            answerer = Answerer(vault, embedder, configured, host)
            *_, done = answerer.ask(question, ["matter"], "local", history, cancel=cancel)
            assert isinstance(done, Done)
            return done.answer

        assert ask("What is the rent?").mode == "generated"
        answer = ask("And how is it paid by him?", *HISTORY)
        host.close()
    ended.set()
    assert rewriting.is_set()
    assert not cancel.is_set()
    assert answer.mode == "generated"
    assert answer.statements[0].text == "The rent is 900 pounds a month."
    assert answer.notes == ()


def test_an_answer_whose_time_is_up_does_not_count_as_stopped_by_its_user(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)
    ended, alarms = threading.Event(), HandAlarms()

    def behave(connection: socket.socket) -> None:
        request(connection)
        alarms.ring(configured.model_seconds)
        ended.wait()

    with misbehaving(behave) as address:
        configured = settings.model_copy(update={"model_server": address, "model_server_name": "m"})
        host = ModelHost(vault, configured, lambda: embedder, alarms)
        cancel = threading.Event()
        events: list[Event] = list(
            Answerer(vault, embedder, configured, host).ask(
                "What is the rent?", ["matter"], "local", cancel=cancel
            )
        )
        host.close()
    ended.set()
    done = events[-1]
    assert isinstance(done, Done)
    assert not cancel.is_set()
    assert done.answer.mode == "quoted"
    assert any("stopped after 300 seconds" in note for note in done.answer.notes)


def test_a_stop_event_is_set_with_the_callers_event_and_never_sets_it() -> None:
    caller, alarms = threading.Event(), HandAlarms()
    with time_limit(caller, 5, alarms) as first:
        assert not first.is_set() and not first.wait(0)
        alarms.ring(5)
        assert first.is_set() and first.wait() and first.time_is_up
        assert not caller.is_set()
    with time_limit(caller, 5, alarms) as second:
        caller.set()
        assert second.is_set() and second.wait()
        assert not second.time_is_up
    assert not StopEvent(None).is_set()
