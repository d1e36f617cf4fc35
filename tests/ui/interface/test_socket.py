"""The socket of a vault: who may connect, many at once, slow ones, and ends on either side."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.ui.interface.answerers import LINE_ENDS, Endless, Long, Meeting
from tests.ui.interface.conftest import Serve
from tests.ui.interface.raw_owner import raw_owner
from tests.waiting import PATIENCE
from ui.interface.address import is_served, socket_path
from ui.interface.client.owner import OwnerClient
from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.answers import AnswerProgress, Question, StatementChecked
from ui.interface.socket_server import SocketServer
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound, HandoverFailed
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

CLIENTS = 50
QUESTION = Question(question="When is the rent due?", collections=["matter"])


@pytest.fixture
def client(serve: Serve, settings: Settings, collection: Collection) -> OwnerClient:
    """Return a client of the user of the vault, not yet connected."""
    return OwnerClient(settings.data, "local")


def test_only_the_owner_of_the_files_reaches_the_socket(serve: Serve, settings: Settings) -> None:
    serve()
    path = socket_path(settings.data)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_another_user_is_refused_even_where_the_modes_would_allow_it(
    serve: Serve, settings: Settings
) -> None:
    serve()
    path = socket_path(settings.data)
    path.parent.chmod(0o777)
    path.chmod(0o777)
    ask = (
        "import os, socket, sys\n"
        "asked = socket.socket(socket.AF_UNIX)\n"
        "os.setuid(int(sys.argv[2]))\n"
        "asked.connect(f'/proc/self/fd/{sys.argv[1]}/owner.sock')\n"
        "try:\n"
        "    asked.sendall(b'GET /api/collections HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')\n"
        "    print(asked.recv(12).decode())\n"
        "except ConnectionError:\n"
        "    print('refused')\n"
    )
    folder = os.open(path.parent, os.O_RDONLY)

    def said_to(user: int) -> str:
        done = subprocess.run(
            [sys.executable, "-S", "-c", ask, str(folder), str(user)],
            pass_fds=[folder], capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    try:
        assert said_to(0) == "HTTP/1.1 200"
        assert said_to(65534) in ("", "refused")
    finally:
        os.close(folder)


def test_a_data_folder_with_a_long_path_has_a_socket_too(tmp_path: Path, embedder: Embedder) -> None:
    deep = tmp_path / ("d" * 90) / ("e" * 60)
    settings = Settings(data=deep)
    with Vault.create(deep, user="Zoë 陳", purpose="tests") as vault:
        vault.create_collection("échéance", user="Zoë 陳")
        workplace = Workplace(vault, settings, lambda: embedder, lambda: None)  # type: ignore[arg-type, return-value]
        with SocketServer(workplace), OwnerClient(deep, "Zoë 陳") as client:
            assert [entry.name for entry in client.collections.all()] == ["échéance"]
    assert not is_served(deep)
    with OwnerClient(deep, "Zoë 陳") as client, pytest.raises(HandoverFailed, match="cannot be reached"):
        client.collections.all()


def test_a_command_that_ends_stops_its_answer(serve: Serve, client: OwnerClient) -> None:
    endless = Endless()
    serve(endless)

    def interrupt(_: AnswerProgress) -> None:
        raise KeyboardInterrupt

    with client, pytest.raises(KeyboardInterrupt):
        client.answers.ask(QUESTION, interrupt)
    assert endless.closed.wait(PATIENCE)
    assert endless.cancelled.is_set()  # a language model that is between two events stops too


def test_fifty_clients_are_answered_at_once(serve: Serve, settings: Settings, collection: Collection) -> None:
    # Nobody gets an answer before all have asked: with fewer threads than clients this would never end.
    serve(Meeting(CLIENTS))

    def ask(number: int) -> str:
        with OwnerClient(settings.data, "local") as one:
            said = one.answers.ask(Question(question=f"What of {number}?", collections=["matter"]))
            assert [entry.name for entry in one.collections.all()] == ["matter"]
            return said.statements[0].text

    with ThreadPoolExecutor(CLIENTS) as together:
        assert list(together.map(ask, range(CLIENTS))) == [f"What of {n}?" for n in range(CLIENTS)]


def test_a_client_that_reads_slowly_holds_nobody_up_and_gets_everything(
    serve: Serve, client: OwnerClient, settings: Settings
) -> None:
    long, texts = Long(), set()
    serve(long)

    def read(event: AnswerProgress) -> None:
        # Nothing more is read until the whole answer is written.
        assert long.written.wait(PATIENCE)
        assert isinstance(event, StatementChecked)
        texts.add(event.text)

    with client:
        assert client.answers.ask(QUESTION, read).statements[0].text == LINE_ENDS
    assert texts == {LINE_ENDS + "x" * Long.CHARACTERS}


def test_an_error_keeps_its_class_message_and_exit_code(serve: Serve, client: OwnerClient) -> None:
    serve()
    with client, pytest.raises(CollectionNotFound, match="'nowhere'") as refused:
        client.answers.ask(Question(question="When?", collections=["nowhere"]))
    assert refused.value.exit_code == 2


def test_a_defect_is_reported_without_a_traceback(
    serve: Serve, client: OwnerClient, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: str, __: threading.Event) -> None:
        raise ZeroDivisionError("the text of a document")

    serve(broken)
    with client, pytest.raises(HandoverFailed, match="internal error \\(ZeroDivisionError\\)") as failed:
        client.answers.ask(QUESTION)
    assert "the text of a document" not in str(failed.value)
    assert "ZeroDivisionError" in caplog.text


def test_requests_that_are_running_are_finished_when_the_server_closes(
    serve: Serve, client: OwnerClient, settings: Settings
) -> None:
    asked, go_on = threading.Event(), threading.Event()
    meeting = Meeting(1)

    def held(question: str, cancel: threading.Event) -> object:
        asked.set()
        assert go_on.wait(PATIENCE)
        return meeting(question, cancel)

    server = serve(held)
    with client, ThreadPoolExecutor() as beside:
        answered = beside.submit(client.answers.ask, QUESTION)
        assert asked.wait(PATIENCE)
        closed = beside.submit(server.close)
        go_on.set()
        assert answered.result(PATIENCE).statements
        closed.result(PATIENCE)
    assert not is_served(settings.data)


def test_what_is_slow_to_load_is_loaded_when_it_is_needed(settings: Settings, vault: Vault) -> None:
    begun = (
        "import sys, pathlib\n"
        "import ui.cli.main\n"
        "from ui.interface.operations.workplace import Workplace\n"
        "from ui.interface.socket_server import SocketServer\n"
        "from vault.settings import Settings\n"
        "slow = {'chromadb', 'fastapi', 'httpx', 'langchain_core', 'numpy', 'starlette', 'uvicorn'}\n"
        "settings = Settings(data=pathlib.Path(sys.argv[1]))\n"
        "with SocketServer(Workplace(None, settings, None, None)):\n"
        "    print(slow & sys.modules.keys())\n"
    )
    call = [sys.executable, "-c", begun, str(settings.data)]
    assert subprocess.run(call, capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_program_can_use_the_socket_without_our_client(serve: Serve, settings: Settings) -> None:
    serve()
    transport = httpx.HTTPTransport(uds=str(socket_path(settings.data)))
    with httpx.Client(transport=transport, base_url="http://incamera") as program:
        assert program.get("/api/collections").json() == []
        wrong = program.post("/api/answers", json={"question": 7, "loud": True})
        assert wrong.status_code == 422
        assert wrong.json()["error"]["type"] == "RequestInvalid"
        assert "body.loud" in wrong.json()["error"]["message"]
        assert program.get("/api/documents", params={"collection": "WRONG"}).status_code == 404


@pytest.mark.parametrize(
    "ending", [b'19\r\n{"event":"waiting","before"', b'1e\r\n{"event":"waiting","before":1}\n\r\n0\r\n\r\n']
)
def test_a_reply_that_breaks_off_is_an_error(settings: Settings, vault: Vault, ending: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    with raw_owner(settings.data, head + ending):
        with OwnerClient(settings.data, "local") as client, pytest.raises(HandoverFailed) as ended:
            client.answers.ask(QUESTION)
        assert "another version" not in str(ended.value)
        assert "again" in str(ended.value)
