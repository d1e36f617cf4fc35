"""The upload routes, tested from outside: a server process, HTTP, and cut connections."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.ui.cli.command import incamera_json
from tests.ui.web.browser import ServerProcess
from tests.waiting import until
from vault.embedding.embedder import Embedder

RENT = b"The rent is 900 pounds."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, embedder_cache: Path) -> Path:
    made = tmp_path_factory.mktemp("routes") / "data"
    made.mkdir()
    (made / "embedder").symlink_to(embedder_cache)
    incamera_json(made, "init", "-c", "matter")
    return made


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[ServerProcess]:
    with ServerProcess(data) as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: ServerProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, headers={"origin": server.address}) as client:
        assert client.get(server.new_link()).status_code == 200
        yield client


def begin(browser: httpx.Client, *files: tuple[str, int], collection: str = "matter") -> httpx.Response:
    asked = {"collection": collection, "files": [{"name": name, "size": size} for name, size in files]}
    return browser.post("/uploads", json=asked)


def stored(data: Path) -> list[str]:
    """Return the files in the folder of uploads, except the lists of contents."""
    found = [path for path in data.glob("incoming/*/*") if path.name != "contents.json"]
    return sorted(path.name for path in found)


def test_a_file_is_sent_and_added(browser: httpx.Client, data: Path) -> None:
    upload = begin(browser, ("Ash Road/rent.txt", len(RENT)), ("fee.txt", 9)).json()["upload"]
    sent = browser.put(f"/uploads/{upload}/0", content=RENT)
    assert (sent.status_code, sent.headers["cache-control"]) == (204, "no-store")
    problems = {"problems": {1: "The connection was cut."}}
    ended = browser.post(f"/uploads/{upload}/finish", json=problems)
    assert (ended.status_code, ended.json()) == (200, {"outcome": "begun"})
    until(lambda: [job["state"] for job in incamera_json(data, "jobs")] == ["done"])
    (job,) = incamera_json(data, "jobs")
    assert (job["ready"], job["failed"]) == (1, 1)
    (document,) = incamera_json(data, "documents", "-c", "matter")
    assert (document["name"], document["path"]) == ("Ash Road/rent.txt", "Ash Road/rent.txt")
    assert browser.put(f"/uploads/{upload}/1", content=b"x" * 9).status_code == 404
    assert list(data.glob("incoming/*")) == []


def test_a_cut_connection_leaves_nothing_of_the_file(
    browser: httpx.Client, server: ServerProcess, data: Path
) -> None:
    upload = begin(browser, ("scan.tif", 4 << 20)).json()["upload"]
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(
            f"PUT /uploads/{upload}/0 HTTP/1.1\r\nhost: 127.0.0.1:{server.port}\r\n"
            f"origin: {server.address}\r\ncookie: {cookies}\r\ncontent-length: {4 << 20}\r\n\r\n".encode()
        )
        connection.sendall(b"x" * (3 << 20))
        until(lambda: len(stored(data)) == 1)
        assert stored(data)[0].endswith(".part")
    until(lambda: stored(data) == [])
    assert browser.put(f"/uploads/{upload}/0", content=b"x" * (4 << 20)).status_code == 204
    assert stored(data) == ["0"]
    assert browser.post(f"/uploads/{upload}/cancel").status_code == 204
    assert list(data.glob("incoming/*")) == []


def test_a_file_of_another_size_than_announced_is_refused_with_a_reason(
    browser: httpx.Client, data: Path
) -> None:
    upload = begin(browser, ("rent.txt", 5)).json()["upload"]
    for content, expected in (
        (RENT, "More than the announced 5 bytes arrived"),
        (b"abc", "Only 3 of 5 bytes arrived"),
    ):
        answer = browser.put(f"/uploads/{upload}/0", content=content)
        assert (answer.status_code, expected in answer.json()["error"]) == (422, True)
    assert stored(data) == []
    assert browser.put(f"/uploads/{upload}/7", content=b"abc").status_code == 404
    assert browser.post(f"/uploads/{upload}/finish", json={}).json() == {"outcome": "nothing"}
    assert list(data.glob("incoming/*")) == []


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        (
            {"collection": "matter", "files": [{"name": "a.tif", "size": 1 << 40}]},
            422,
            "the limit for one file is 512 MB",
        ),
        ({"collection": "nowhere", "files": [{"name": "a.txt", "size": 1}]}, 404, "no collection named"),
        ({"collection": "matter", "files": [{"name": "a.txt", "size": -1}]}, 400, "not in the form"),
        ({"collection": "matter"}, 400, "not in the form"),
        ("nonsense", 400, "not in the form"),
    ],
)
def test_an_upload_that_cannot_start_is_refused_with_a_reason(
    browser: httpx.Client, data: Path, asked: object, status: int, expected: str
) -> None:
    answer = browser.post("/uploads", json=asked)
    assert (answer.status_code, expected in answer.json()["error"]) == (status, True)
    assert list(data.glob("incoming/*")) == []


def test_another_page_can_send_nothing(browser: httpx.Client, data: Path) -> None:
    asked = {"collection": "matter", "files": [{"name": "a.txt", "size": 1}]}
    answer = browser.post("/uploads", json=asked, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert list(data.glob("incoming/*")) == []
