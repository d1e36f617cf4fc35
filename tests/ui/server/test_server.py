"""The server from outside: who gets in, and what every response carries."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import websockets

from tests.ui.web.browser import ServerProcess, free_port
from ui.server.server import serve
from ui.services.services import Services
from vault.embedding.embedder import Embedder
from vault.errors import ServerError, VaultInUse
from vault.settings import Settings
from vault.vault import Vault


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, embedder_cache: Path
) -> Iterator[ServerProcess]:
    data = tmp_path_factory.mktemp("server") / "data"
    data.mkdir()
    (data / "embedder").symlink_to(embedder_cache)
    with ServerProcess(data) as running:
        yield running


@pytest.fixture(scope="module")
def signed_in(server: ServerProcess) -> httpx.Client:
    client = httpx.Client(base_url=server.address)
    assert client.get(server.new_link()).status_code == 200
    return client


PATHS = [
    "/", "/documents", "/index.html", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream",
    "/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/openapi.json", "/media/a.png",
    "/static/js/index.js", "/component/a/b", "/favicon.png", "/login", "/login?token=", "/nothing/../here",
    "/uploads", "/uploads/a/0", "/uploads/a/finish", "/uploads/a/cancel",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_answered_without_a_session(server: ServerProcess, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
        answer = httpx.request(method, server.address + path)
        assert answer.status_code == 401, f"{method} {path}"
        assert "Open Incamera with its link" in answer.text
        assert_security_headers(answer)


def assert_security_headers(answer: httpx.Response) -> None:
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", PATHS)
def test_every_response_to_a_signed_in_browser_carries_the_policy(signed_in: httpx.Client, path: str) -> None:
    answer = signed_in.get(path)
    assert_security_headers(answer)
    if not path.startswith("/static/"):
        assert answer.headers["cache-control"] == "no-store"


def test_a_link_works_once(server: ServerProcess) -> None:
    link = server.new_link()
    first = httpx.get(link)
    assert first.status_code == 200
    assert httpx.get(link).status_code == 401
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    session = cookie.split(";")[0]
    assert httpx.get(server.address, headers={"cookie": session}).status_code == 200


def test_a_new_link_replaces_an_unused_one(server: ServerProcess) -> None:
    old, new = server.new_link(), server.new_link()
    assert httpx.get(old).status_code == 401
    assert httpx.get(new).status_code == 200


def test_a_used_link_still_works_in_the_browser_that_used_it(server: ServerProcess) -> None:
    link = server.new_link()
    with httpx.Client() as client:
        first, again = client.get(link), client.get(link)
    assert again.status_code == 200
    assert "set-cookie" in first.headers
    assert "set-cookie" not in again.headers


def test_a_head_request_does_not_use_up_a_link(server: ServerProcess) -> None:
    link = server.new_link()
    assert httpx.head(link).status_code == 401
    assert httpx.get(link).status_code == 200


@pytest.mark.parametrize("cookie", ["x", "", "; ;", "a=b=c;;", "ü"])
def test_an_invented_cookie_is_not_a_session(server: ServerProcess, cookie: str) -> None:
    sent = f"incamera_{server.port}={cookie}".encode("latin-1")
    assert httpx.get(server.address, headers={b"cookie": sent}).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_host_name_is_refused_even_with_a_session(
    server: ServerProcess, signed_in: httpx.Client, host: str
) -> None:
    answer = signed_in.get("/", headers={"host": host.format(port=server.port)})
    assert answer.status_code == 403
    assert_security_headers(answer)


def test_a_request_that_another_page_sends_is_refused(server: ServerProcess, signed_in: httpx.Client) -> None:
    assert signed_in.post("/", headers={"origin": "http://evil.example"}).status_code == 403


def connect(server: ServerProcess, **headers: str) -> int:
    """Try to open Streamlit's websocket, and return the status; 101 means that it opened."""

    async def attempt() -> int:
        url = f"ws://127.0.0.1:{server.port}/_stcore/stream"
        try:
            async with websockets.connect(url, additional_headers=headers, proxy=None):
                return 101
        except websockets.exceptions.InvalidStatus as error:
            assert error.response.headers["content-security-policy"]
            return error.response.status_code

    return asyncio.run(attempt())


def test_a_websocket_needs_the_session_and_the_right_origin(
    server: ServerProcess, signed_in: httpx.Client
) -> None:
    session = "; ".join(f"{name}={value}" for name, value in signed_in.cookies.items())
    assert connect(server) == 401
    assert connect(server, origin=server.address) == 401
    assert connect(server, cookie=session) == 403
    assert connect(server, cookie=session, origin="http://evil.example") == 403
    assert connect(server, cookie=session, origin=f"http://evil.example:{server.port}") == 403
    assert connect(server, cookie=session, origin=server.address) == 101


def test_a_page_learns_whether_it_is_signed_in_and_which_server_answers(
    server: ServerProcess, signed_in: httpx.Client
) -> None:
    assert httpx.get(server.address + "/session").status_code == 401
    first, again = signed_in.get("/session"), signed_in.get("/session")
    assert first.status_code == 204
    assert first.headers["x-incamera-start"] == again.headers["x-incamera-start"]


def test_every_page_is_ours_and_loads_our_script(signed_in: httpx.Client) -> None:
    for path in ("/", "/documents", "/index.html"):
        for headers in ({}, {"range": "bytes=0-9"}, {"accept-encoding": "identity"}):
            answer = signed_in.get(path, headers=headers)
            assert answer.status_code == 200
            assert '<script src="/incamera.js"></script>' in answer.text
            assert "</html>" in answer.text
    script = signed_in.get("/incamera.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "Incamera cannot be reached" in script.text


@pytest.mark.slow
def test_after_a_restart_the_browser_is_signed_in_and_old_links_are_refused(data: Path) -> None:
    with ServerProcess(data) as first:
        unused = first.first_link
        cookie = {"cookie": httpx.get(first.new_link()).headers["set-cookie"].split(";")[0]}
        started = httpx.get(first.address + "/session", headers=cookie).headers["x-incamera-start"]
        first.kill()
        with ServerProcess(data, first.port) as second:
            answer = httpx.get(second.address + "/session", headers=cookie)
            assert answer.status_code == 204
            assert answer.headers["x-incamera-start"] != started
            assert httpx.get(unused).status_code == 401


def test_health_is_open_and_says_nothing(server: ServerProcess) -> None:
    answer = httpx.get(server.address + "/healthz")
    assert answer.status_code == 204
    assert answer.content == b""


def test_stopping_the_server_releases_the_vault(data: Path) -> None:
    running = ServerProcess(data)
    with pytest.raises(VaultInUse):
        Vault(data, purpose="test")
    assert running.stop() == 0
    Vault(data, purpose="test").close()
    assert not (data / "open.html").exists()


def services(data: Path, **settings: object) -> Services:
    return Services(Settings.load(data=data, **settings), purpose="test", create=True)


def test_a_port_in_use_is_a_clear_error_and_the_vault_is_released(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            ServerError, match=f"Port {port} of 127.0.0.1 cannot be used: address already in use"
        ):
            serve(services(data), port=port)
    Vault(data, purpose="test").close()


def test_an_address_that_others_could_reach_is_refused(data: Path) -> None:
    with pytest.raises(ServerError, match=r"'0\.0\.0\.0'"):
        serve(services(data, host="0.0.0.0"), port=free_port())
