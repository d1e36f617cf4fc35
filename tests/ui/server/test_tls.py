"""Reached from elsewhere: by TLS, under a name of one's own, and behind nginx and Caddy as in deploy/."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import websockets

from tests.places import ROOT
from tests.ui.cli.command import incamera_json
from tests.ui.server.certificates import NAME, make_certificate
from tests.ui.server.test_server import assert_security_headers, services
from tests.ui.web.browser import ServerProcess, free_port
from tests.waiting import PATIENCE, until
from ui.server.server import serve
from vault.embedding.embedder import Embedder
from vault.errors import ServerError


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@contextmanager
def served(folder: Path, embedder_cache: Path, **settings: str) -> Iterator[ServerProcess]:
    data = folder / "data"
    data.mkdir()
    (data / "embedder").symlink_to(embedder_cache)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(f"INCAMERA_{name.upper()}", value)
        server = ServerProcess(data)
    with server as running:
        yield running


@pytest.fixture(scope="module")
def private(
    tmp_path_factory: pytest.TempPathFactory,
    embedder: Embedder,
    embedder_cache: Path,
    certificate: tuple[Path, Path],
) -> Iterator[ServerProcess]:
    """A server that listens at every address, by TLS."""
    with served(
        tmp_path_factory.mktemp("private"), embedder_cache,
        host="0.0.0.0", served_hosts=json.dumps([NAME]),
        tls_certificate=str(certificate[0]), tls_key=str(certificate[1]),
    ) as running:  # fmt: skip
        yield running


@pytest.fixture(scope="module")
def proxied(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, embedder_cache: Path
) -> Iterator[ServerProcess]:
    """A server on this machine only, which believes a proxy here."""
    folder = tmp_path_factory.mktemp("proxied")
    names, proxies = json.dumps([NAME]), json.dumps(["127.0.0.1"])
    with served(folder, embedder_cache, served_hosts=names, trusted_proxies=proxies) as running:
        yield running


def data_of(folders: pytest.TempPathFactory, name: str) -> Path:
    """Return the data folder of one of the servers above."""
    (data,) = folders.getbasetemp().glob(f"{name}[0-9]/data")
    return data


def client(certificate: Path, port: int, host: str = "") -> httpx.Client:
    """Return a client that trusts this certificate, of a server on this machine that it calls `host`."""
    trusted = ssl.create_default_context(cafile=str(certificate))
    headers = {"host": host or f"{NAME}:{port}"}
    return httpx.Client(
        base_url=f"https://127.0.0.1:{port}", verify=trusted, headers=headers, timeout=PATIENCE
    )


def link_path(server: ServerProcess) -> str:
    return "/login?" + server.new_link().partition("/login?")[2]


def opened(context: ssl.SSLContext, port: int, host: str, cookie: str, origin: str) -> int:
    """Try to open the page's websocket, and return the status; 101 means that it opened."""

    async def attempt() -> int:
        try:
            async with websockets.connect(
                f"wss://{host}/_stcore/stream", host="127.0.0.1", port=port, ssl=context, proxy=None,
                additional_headers={"cookie": cookie, "origin": origin},
            ):  # fmt: skip
                return 101
        except websockets.exceptions.InvalidStatus as error:
            return error.response.status_code

    return asyncio.run(attempt())


def test_a_browser_signs_in_by_tls(private: ServerProcess, certificate: tuple[Path, Path]) -> None:
    assert private.first_link.startswith(f"https://{NAME}:{private.port}/login?token=")
    trusted = ssl.create_default_context(cafile=str(certificate[0]))
    with client(certificate[0], private.port) as browser:
        signed_in = browser.get(link_path(private))
        assert signed_in.status_code == 200
        for part in ("HttpOnly", "SameSite=Strict", "Secure"):
            assert part in signed_in.headers["set-cookie"]
        assert_security_headers(signed_in)
        assert signed_in.headers["strict-transport-security"] == "max-age=31536000"
        assert f"wss://{NAME}" in signed_in.headers["content-security-policy"]
        cookie = signed_in.headers["set-cookie"].partition(";")[0]
        assert browser.get("/", headers={"cookie": cookie}).status_code == 200
    host = f"{NAME}:{private.port}"
    assert opened(trusted, private.port, host, cookie, f"https://{host}") == 101
    assert opened(trusted, private.port, host, cookie, f"http://{host}") == 403
    assert opened(trusted, private.port, host, cookie, "https://evil.example") == 403


def test_a_program_comes_by_tls(
    private: ServerProcess, certificate: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = incamera_json(data_of(tmp_path_factory, "private"), "tokens", "add", "tls")["secret"]
    headers = {"authorization": f"Bearer {secret}"}
    with client(certificate[0], private.port) as program:
        assert program.get("/v1/models", headers=headers).status_code == 200
        for host in ("evil.example", f"evil.{NAME}", f"{NAME}:1"):
            assert program.get("/v1/models", headers={**headers, "host": host}).status_code == 403


def test_without_tls_nothing_is_answered_there(private: ServerProcess) -> None:
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"http://127.0.0.1:{private.port}/healthz")


def test_old_versions_of_tls_are_refused(private: ServerProcess, certificate: tuple[Path, Path]) -> None:
    old = ssl.create_default_context(cafile=str(certificate[0]))
    with pytest.warns(DeprecationWarning):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("127.0.0.1", private.port)) as plain,
        pytest.raises(ssl.SSLError),
        old.wrap_socket(plain, server_hostname=NAME),
    ):
        pass


def test_a_trusted_proxy_says_that_the_browser_came_by_tls(proxied: ServerProcess) -> None:
    headers = {"host": NAME, "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
    signed_in = httpx.get(proxied.address + link_path(proxied), headers=headers)
    assert "Secure" in signed_in.headers["set-cookie"]
    assert "strict-transport-security" in signed_in.headers
    cookie = signed_in.headers["set-cookie"].partition(";")[0]
    given = {**headers, "cookie": cookie, "origin": f"https://{NAME}"}
    assert httpx.get(f"{proxied.address}/session", headers=given).status_code == 204
    given["origin"] = f"http://{NAME}"
    assert httpx.get(f"{proxied.address}/session", headers=given).status_code == 403


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"host": "0.0.0.0"}, "could be read on the way"),
        ({"host": "0.0.0.0", "trusted_proxies": ("10.0.0.1",)}, "INCAMERA_SERVED_HOSTS"),
        ({"tls_certificate": "here.pem"}, "Set both, or neither"),
        ({"tls_certificate": "nowhere.pem", "tls_key": "nowhere.key"}, "no such file"),
    ],
)
def test_what_others_could_read_is_not_served(data: Path, settings: dict[str, object], said: str) -> None:
    with pytest.raises(ServerError, match=said):
        serve(services(data, **settings), port=free_port())


def test_a_key_of_another_certificate_is_said(data: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    (certificate, _), (_, key) = map(make_certificate, folders)
    with pytest.raises(ServerError, match="belong together"):
        serve(services(data, tls_certificate=certificate, tls_key=key), port=free_port())


def example(name: str, port: int, upstream: int, certificate: tuple[Path, Path]) -> str:
    """Return an example of deploy/ with the ports and files of the test."""
    text = (ROOT / "deploy" / name).read_text()
    for example, own in (
        ("127.0.0.1:8765", f"127.0.0.1:{upstream}"), ("listen 443", f"listen 127.0.0.1:{port}"),
        (f"{NAME}:443", f"{NAME}:{port}"), ("/etc/ssl/incamera.pem", str(certificate[0])),
        ("/etc/ssl/incamera.key", str(certificate[1])),
    ):  # fmt: skip
        text = text.replace(example, own)
    return text


def proxy_command(name: str, folder: Path, port: int, upstream: int, files: tuple[Path, Path]) -> list[str]:
    if name == "caddy":
        (folder / "Caddyfile").write_text(example("Caddyfile", port, upstream, files))
        return ["caddy", "run", "--config", str(folder / "Caddyfile")]
    temporary = "".join(
        f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr; user root; events {{}}\n"
        f"http {{ {temporary}\n{example('nginx.conf', port, upstream, files)} }}\n"
    )
    return ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_the_examples_of_proxies_work(
    name: str, proxied: ServerProcess, certificate: tuple[Path, Path], tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    port = free_port()
    environment = {"PATH": "/usr/sbin:/usr/bin:/bin", "HOME": str(tmp_path)}
    started = proxy_command(name, tmp_path, port, proxied.port, certificate)
    with (tmp_path / "said").open("w") as said:
        proxy = subprocess.Popen(started, env=environment, stdout=said, stderr=said)
    try:
        host = f"{NAME}:{port}"
        trusted = ssl.create_default_context(cafile=str(certificate[0]))
        address = f"https://{NAME}:{port}"
        with httpx.Client(transport=_ToThisMachine(trusted), base_url=address, timeout=PATIENCE) as browser:

            def answers() -> bool:
                assert proxy.poll() is None, (tmp_path / "said").read_text()
                try:
                    return browser.get("/healthz").status_code in (204, 403)
                except httpx.TransportError:
                    return False

            until(answers)
            # The name with the proxy's own port is another one than the setting has.
            assert browser.get("/healthz").status_code == 403
            named = {"host": NAME}
            signed_in = browser.get(link_path(proxied), headers=named)
            assert "Secure" in signed_in.headers["set-cookie"]
            cookie = signed_in.headers["set-cookie"].partition(";")[0]
            assert browser.get("/", headers={**named, "cookie": cookie}).status_code == 200
            assert opened(trusted, port, NAME, cookie, f"https://{NAME}") == 101, host
            secret = incamera_json(data_of(tmp_path_factory, "proxied"), "tokens", "add", name)["secret"]
            asked = {"authorization": f"Bearer {secret}", **named}
            assert browser.get("/v1/models", headers=asked).status_code == 200
    finally:
        proxy.terminate()
        proxy.wait(PATIENCE)


class _ToThisMachine(httpx.HTTPTransport):
    """Sends every request to this machine, whatever its name is."""

    def __init__(self, trusted: ssl.SSLContext) -> None:
        super().__init__(verify=trusted)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["sni_hostname"] = request.url.host
        request.url = request.url.copy_with(host="127.0.0.1")
        return super().handle_request(request)
