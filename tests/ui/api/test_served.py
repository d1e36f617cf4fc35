"""The interface for programs in a served process: real clients, and many of them."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import openai
import pytest

from tests.ui.cli.command import incamera, incamera_json
from tests.ui.web.browser import ServerProcess
from tests.waiting import PATIENCE
from vault.embedding.embedder import Embedder

QUESTION = "What is the rent?"
DOCUMENT = "LEASE OF 12 ASH ROAD\n\nThe rent is 900 pounds a month.\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, embedder_cache: Path) -> Path:
    folder = tmp_path_factory.mktemp("programs")
    made = folder / "data"
    made.mkdir()
    (made / "embedder").symlink_to(embedder_cache)
    (folder / "lease.txt").write_text(DOCUMENT)
    assert incamera(made, "init", "-c", "matter").returncode == 0
    assert incamera(made, "ingest", folder / "lease.txt", "-c", "matter").returncode == 0
    return made


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[ServerProcess]:
    with ServerProcess(data) as running:
        yield running


@pytest.fixture(scope="module")
def token(data: Path, server: ServerProcess) -> str:
    made = incamera_json(data, "tokens", "add", "tests", "-c", "matter")
    assert made["token"]["permissions"] == ["search"]
    return str(made["secret"])


@pytest.fixture
def chats(server: ServerProcess, token: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{server.address}/v1", api_key=token, timeout=PATIENCE) as client:
        yield client


def test_the_openai_package_gets_a_cited_answer(chats: openai.OpenAI) -> None:
    assert [model.id for model in chats.models.list()] == ["incamera:all", "matter"]
    reply = chats.chat.completions.create(model="matter", messages=[{"role": "user", "content": QUESTION}])
    assert "900 pounds" in (reply.choices[0].message.content or "")
    assert reply.model_extra is not None
    assert reply.model_extra["citations"][0]["document"] == "lease.txt"


def test_the_openai_package_gets_a_streamed_and_cited_answer(chats: openai.OpenAI) -> None:
    parts = list(
        chats.chat.completions.create(
            model="matter", messages=[{"role": "user", "content": QUESTION}], stream=True
        )
    )
    content = "".join(part.choices[0].delta.content or "" for part in parts)
    assert "900 pounds" in content
    assert content.endswith("[1] lease.txt, page 1")
    last = parts[-1]
    assert last.choices[0].finish_reason == "stop"
    assert last.model_extra is not None
    assert "900 pounds" in last.model_extra["citations"][0]["quote"]


def test_the_openai_package_knows_our_errors(server: ServerProcess, chats: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="nowhere"):
        chats.chat.completions.create(model="nowhere", messages=[{"role": "user", "content": QUESTION}])
    with (
        openai.OpenAI(base_url=f"{server.address}/v1", api_key="wrong") as stranger,
        pytest.raises(openai.AuthenticationError, match="incamera tokens add"),
    ):
        stranger.models.list()


def test_every_response_to_a_program_has_the_security_headers(server: ServerProcess, token: str) -> None:
    for headers in ({}, {"authorization": f"Bearer {token}"}):
        for path in ("/api/collections", "/v1/models", "/api/nothing", "/api/openapi.json"):
            answer = httpx.get(server.address + path, headers=headers)
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            assert "access-control-allow-origin" not in answer.headers


def test_a_browser_session_is_no_token_and_a_token_no_session(server: ServerProcess, token: str) -> None:
    with httpx.Client(base_url=server.address) as browser:
        browser.get(server.new_link())
        assert browser.get("/").status_code == 200
        assert browser.get("/api/collections").status_code == 401
    assert httpx.get(server.address + "/", headers={"authorization": f"Bearer {token}"}).status_code == 401


def test_another_host_name_is_refused_to_programs_too(server: ServerProcess, token: str) -> None:
    headers = {"authorization": f"Bearer {token}", "host": "evil.example"}
    assert httpx.get(server.address + "/api/collections", headers=headers).status_code == 403


def test_a_revoked_token_does_not_work_any_more(data: Path, server: ServerProcess) -> None:
    made = incamera_json(data, "tokens", "add", "short", "--may", "search", "--may", "ingest", "--days", 1)
    headers = {"authorization": f"Bearer {made['secret']}"}
    assert httpx.get(server.address + "/api/collections", headers=headers).status_code == 200
    listed = incamera(data, "tokens", "list").stdout
    assert made["token"]["id"] in listed
    assert "short" in listed
    assert "is revoked" in incamera(data, "tokens", "revoke", made["token"]["id"]).stdout
    assert httpx.get(server.address + "/api/collections", headers=headers).status_code == 401
    shown = [one for one in incamera_json(data, "tokens", "list") if one["id"] == made["token"]["id"]]
    assert not shown[0]["valid"]


@pytest.mark.slow
def test_a_thousand_requests_at_once_are_all_answered(server: ServerProcess, token: str) -> None:
    async def all_of_them() -> Counter[int]:
        async with httpx.AsyncClient(
            base_url=server.address, limits=httpx.Limits(max_connections=500), timeout=PATIENCE
        ) as client:

            async def ask(number: int) -> int:
                # Half of them with a token, and half guess one.
                sent = token if number % 2 else f"incamera_{number}"
                headers = {"authorization": f"Bearer {sent}"}
                return (await client.get("/api/collections", headers=headers)).status_code

            return Counter(await asyncio.gather(*map(ask, range(1000))))

    statuses = asyncio.run(all_of_them())
    assert statuses[401] == 500
    assert statuses[200] + statuses[429] == 500
    assert statuses[200] >= 1
    assert httpx.get(server.address + "/healthz").status_code == 204


def test_what_is_no_http_is_refused_with_the_security_headers(server: ServerProcess) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(b"\x00nonsense\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"default-src 'none'" in answer


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(server: ServerProcess, token: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(
            f"POST /api/answers HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Authorization: Bearer {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n".encode()
        )
        assert connection.recv(12) == b"HTTP/1.1 413"


@pytest.mark.slow
def test_whoever_says_nothing_or_sends_by_the_byte_is_left(tmp_path: Path, data: Path, token: str) -> None:
    slow = tmp_path / "data"
    slow.mkdir()
    (slow / "embedder").symlink_to((data / "embedder").resolve())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCAMERA_REQUEST_SECONDS", "1")
        with ServerProcess(slow) as server:
            secret = incamera_json(slow, "tokens", "add", "slow")["secret"]
            head = f"POST /api/answers HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            body = f"{head}Authorization: Bearer {secret}\r\nContent-Length: 10\r\n\r\n12345"
            for sent, answered in ((b"", b""), (head.encode(), b""), (body.encode(), b"HTTP/1.1 408")):
                with socket.create_connection(("127.0.0.1", server.port)) as connection:
                    connection.settimeout(PATIENCE)
                    connection.sendall(sent)
                    assert connection.recv(12) == answered
            assert httpx.get(server.address + "/healthz").status_code == 204
