"""A model server of the house: llama.cpp's own on loopback, and servers that misbehave."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from langchain_core.messages import HumanMessage

from rag.answer import Answerer
from rag.events import Answer, Done
from rag.models.host import ModelHost
from tests import tiny_gguf
from tests.documents import add_text
from tests.first_use import FirstUse
from tests.ui.web.browser import free_port
from tests.waiting import PATIENCE, until
from vault.embedding.embedder import Embedder
from vault.errors import ModelServerFailed
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

client = FirstUse("rag.models.server")
LEASE = "The rent is 900 pounds a month.\n\nThe tenant shall keep the roof in repair."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of llama-cpp-python's server over a tiny model."""
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")
    folder = tmp_path_factory.mktemp("server")
    file = tiny_gguf.write(folder / "tiny.gguf", says="The rent is 900 pounds a month [1].")
    port = free_port()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "llama_cpp.server", "--model", str(file), "--port", str(port),
             "--n_ctx", "2048"],
            stdout=log, stderr=log, env={**os.environ, "INCAMERA_DATA": str(folder)},
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}/v1"
    try:

        def answers() -> bool:
            assert process.poll() is None, (folder / "log").read_text()
            with suppress(httpx.HTTPError):
                return httpx.get(f"{address}/models", trust_env=False, timeout=PATIENCE).is_success
            return False

        until(answers)
        yield address
    finally:
        process.kill()
        process.wait()


@contextmanager
def misbehaving(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a server that does with each connection what `behave` does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=behave, args=(connection,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"


def hang(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def drop(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        b'5e\r\ndata: {"id":"1","object":"chat.completion.chunk",'
        b'"choices":[{"index":0,"delta":{"content":"The"}}]}\n'
    )
    connection.close()


def nonsense(connection: socket.socket) -> None:
    connection.recv(65536)
    body = b"<html>not what you think</html>"
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
    connection.close()


def refuse(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops")
    connection.close()


@pytest.fixture
def ask(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> Callable[..., Answer]:
    add_text(collection, embedder, "lease.txt", LEASE)

    def one(**changes: object) -> Answer:
        configured = settings.model_copy(update=changes)
        host = ModelHost(vault, configured, lambda: embedder)
        try:
            *_, done = Answerer(vault, embedder, configured, host).ask(
                "What is the rent?", ["matter"], "local"
            )
        finally:
            host.close()
        assert isinstance(done, Done)
        return done.answer

    return one


@pytest.mark.llama
def test_an_answer_is_written_by_the_server_and_checked_here(server: str, ask: Callable[..., Answer]) -> None:
    answer = ask(model_server=server)
    assert answer.mode == "generated"
    assert answer.statements[0].text == "The rent is 900 pounds a month."
    assert answer.model is not None
    assert answer.model.name.endswith("tiny.gguf")


@pytest.mark.llama
def test_no_proxy_of_the_environment_gets_the_prompt(
    server: str, ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []

    def proxy(connection: socket.socket) -> None:
        heard.append(connection.recv(65536))
        connection.close()

    with misbehaving(proxy) as address:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, address.removesuffix("/v1"))
        assert ask(model_server=server).mode == "generated"
    assert heard == []


@pytest.mark.parametrize("behave", [drop, nonsense, refuse])
def test_a_server_that_misbehaves_leaves_the_quoted_answer_and_says_so(
    behave: Callable[[socket.socket], None], ask: Callable[..., Answer]
) -> None:
    with misbehaving(behave) as address:
        answer = ask(model_server=address, model_server_name="m")
    assert answer.mode == "quoted"
    assert answer.statements[0].text == "The rent is 900 pounds a month."
    assert address in answer.notes[0]


def test_a_server_that_hangs_is_left_after_the_time_limit(ask: Callable[..., Answer]) -> None:
    with misbehaving(hang) as address:  # one that waited for its end would wait for ever
        answer = ask(model_server=address, model_server_name="m", model_seconds=1)
    assert answer.mode == "quoted"
    assert any("after 1 second" in note or "failed" in note for note in answer.notes)


def test_a_server_that_is_not_there_is_named(ask: Callable[..., Answer]) -> None:
    address = f"http://127.0.0.1:{free_port()}/v1"
    answer = ask(model_server=address)
    assert answer.mode == "quoted"
    assert address in answer.notes[0]


@pytest.mark.parametrize("address", ["http://model.example.com/v1", "http://203.0.113.7:8000/v1"])
def test_an_address_that_is_not_allowed_is_refused_before_anything_is_sent(
    address: str, settings: Settings
) -> None:
    with pytest.raises(ModelServerFailed, match="INCAMERA_ALLOWED_HOSTS"):
        client.ServerModel(settings.model_copy(update={"model_server": address}))


@pytest.mark.parametrize("address", ["10.0.0.5:8000", "ftp://10.0.0.5/v1", "http://", "words"])
def test_what_is_no_address_is_refused(address: str, settings: Settings) -> None:
    with pytest.raises(ModelServerFailed, match="should be an address"):
        client.ServerModel(settings.model_copy(update={"model_server": address}))


def test_a_prompt_is_counted_rather_too_long_than_too_short(settings: Settings, embedder: Embedder) -> None:
    model = client.ServerModel(settings.model_copy(update={"model_server": "http://127.0.0.1:9/v1"}))
    text = Path(__file__).read_text()
    assert model.count([HumanMessage(text)]) > embedder.count_tokens([text])[0] * 0.8
