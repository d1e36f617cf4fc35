"""What ends the process of a language model ends nothing else: users get answers."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from rag.answer import Answerer
from rag.events import Answer, Done, Event, Statement, Waiting
from rag.models.adding import add_model
from rag.models.host import ModelHost
from rag.models.llama.channel import Channel
from rag.models.llama.model import LlamaModel
from rag.models.switched_off import Failures
from tests import tiny_gguf
from tests.documents import add_text
from tests.waiting import PATIENCE, until
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

pytestmark = [
    pytest.mark.llama,
    pytest.mark.usefixtures("models_answer"),
    pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux"),
]
pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")

RIGHT = "The rent is 900 pounds a month [1]. "
KEPT = {
    "Ana Pike": "gutters", "Ben Moor": "drains", "Carla Finch": "windows", "Dan Oakes": "boilers",
    "Eve Hale": "fences", "Finn Marsh": "locks", "Gwen Stott": "stairs", "Hugo Birch": "lamps",
    "Iris Wade": "hedges", "Jack Crane": "chimneys", "Kira Flint": "floors", "Liam Heath": "paths",
    "Mona Reeve": "sheds", "Nils Thorn": "pumps", "Olga Brook": "bells", "Paul Sykes": "signs",
}  # fmt: skip
"""So much that an answer which says all of it is longer than the pipe, and says nothing twice."""
LEASE = "\n\n".join(
    ["The rent is 900 pounds a month.", *(f"{name} repairs the {what}." for name, what in KEPT.items())]
)
SAYS = RIGHT + " ".join(f"{name} repairs the {what} [1]." for name, what in KEPT.items()) + " "
QUESTION = "What is the rent?"
STOPPED = "The language model was stopped before it had finished."
Asking = Callable[..., Answer]


@pytest.fixture
def host(
    vault: Vault, settings: Settings, embedder: Embedder, collection: Collection, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ModelHost]:  # fmt: skip
    """A host whose model writes more than the pipe holds, so that it is never done before it is ended."""
    start = Channel.__init__

    def start_with_a_small_pipe(channel: Channel, *given: object) -> None:
        start(channel, *given)  # type: ignore[arg-type]
        assert channel._process.stdout
        fcntl.fcntl(channel._process.stdout, fcntl.F_SETPIPE_SZ, 4096)

    monkeypatch.setattr(Channel, "__init__", start_with_a_small_pipe)
    add_text(collection, embedder, "lease.txt", LEASE)
    file = tiny_gguf.write(tmp_path / "usual.gguf", says=SAYS, context_length=8192)
    add_model(vault.models, file, name="usual")
    vault.models.choose("usual")
    configured = settings.model_copy(
        update={"model_max_tokens": 2000, "model_context": 8192, "threads": 1, "model_reads": "passages"}
    )
    host = ModelHost(vault, configured, lambda: embedder)
    yield host
    host.close()
    assert [child for child in psutil.Process().children() if "llama" in " ".join(child.cmdline())] == []


@pytest.fixture
def asking(vault: Vault, settings: Settings, embedder: Embedder, host: ModelHost) -> Asking:
    def ask(at_first: Callable[[], object] | None = None, user: str = "local", most: int = 2) -> Answer:
        """Ask, and stop the model after `most` sentences; or do something when the first is written, and read
        on to the end."""
        stop, sentences = threading.Event(), 0
        for event in Answerer(vault, embedder, settings, host).ask(QUESTION, ["matter"], user, cancel=stop):
            if isinstance(event, Statement):
                sentences += 1
                if at_first is not None and sentences == 1:
                    at_first()
                elif at_first is None and sentences == most:
                    stop.set()
        assert isinstance(event, Done)
        return event.answer

    return ask


def pid_of(host: ModelHost) -> int:
    assert host._loaded is not None
    backend = host._loaded[1]._backend
    assert isinstance(backend, LlamaModel)
    return backend._chat.load().pid


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        pytest.param(signal.SIGSEGV, "Segmentation fault .signal 11.", marks=pytest.mark.long),
        (signal.SIGILL, "Illegal instruction .signal 4.*make llama"),
        pytest.param(signal.SIGABRT, "Aborted .signal 6.", marks=pytest.mark.long),
        (signal.SIGKILL, "Killed .signal 9.*memory ran out"),
    ],
)
def test_a_model_that_dies_leaves_quotes_and_the_cause_and_the_next_question_starts_another(
    number: signal.Signals, cause: str, host: ModelHost, asking: Asking
) -> None:
    died: list[int] = []

    def end() -> None:
        died.append(pid_of(host))
        os.kill(died[0], number)

    answer = asking(end)
    assert answer.mode == "quoted"
    assert answer.statements[0].text == "The rent is 900 pounds a month."
    (note,) = [note for note in answer.notes if "so the documents are quoted" in note]
    assert re.search(cause, note)
    assert not psutil.pid_exists(died[0])
    assert asking().mode == "generated"
    assert pid_of(host) != died[0]


@pytest.mark.slow
def test_a_model_that_stands_still_is_ended(host: ModelHost, asking: Asking) -> None:
    assert asking().mode == "generated"
    stopped = pid_of(host)
    backend = host._loaded[1]._backend  # type: ignore[index]
    assert isinstance(backend, LlamaModel)
    backend._chat.load()._channel.hang_seconds = 2.0
    answer = asking(lambda: os.kill(stopped, signal.SIGSTOP))
    assert answer.mode == "quoted"
    assert any("made no progress for 2 seconds" in note for note in answer.notes)
    assert not psutil.pid_exists(stopped)
    assert asking().mode == "generated"


@pytest.mark.slow
def test_a_model_that_gets_little_of_the_processor_is_waited_for(host: ModelHost, asking: Asking) -> None:
    asking()
    done = threading.Event()
    starved = pid_of(host)

    def starve() -> None:
        with contextlib.suppress(ProcessLookupError):
            while not done.is_set():
                os.kill(starved, signal.SIGSTOP)
                time.sleep(0.1)
                os.kill(starved, signal.SIGCONT)
                time.sleep(0.05)

    thread = threading.Thread(target=starve)
    try:
        thread.start()
        assert asking(most=40).mode == "generated"
    finally:
        done.set()
        thread.join()
    assert pid_of(host) == starved


@pytest.mark.slow
def test_a_model_that_died_while_nobody_asked_is_started_again_and_nobody_notices(
    host: ModelHost, asking: Asking
) -> None:
    asking()
    dead = pid_of(host)
    os.kill(dead, signal.SIGKILL)
    os.waitid(os.P_PID, dead, os.WEXITED | os.WNOWAIT)  # its threads end some time after the signal
    answer = asking()
    assert (answer.mode, answer.notes) == ("generated", (STOPPED,))


@pytest.mark.slow
def test_three_failures_in_a_row_switch_the_model_off_until_it_is_chosen_again(
    host: ModelHost, asking: Asking, vault: Vault
) -> None:
    def end() -> None:
        os.kill(pid_of(host), signal.SIGSEGV)

    asking(end)
    asking(end)
    asking()  # in between it works: counted anew
    for _ in range(3):
        assert Failures(vault.data).find("usual") is None
        answer = asking(end)
    assert any("has been switched off since" in note for note in answer.notes)
    off = asking()
    assert off.mode == "quoted"
    assert any("incamera models use usual" in note and "Segmentation fault" in note for note in off.notes)
    assert (vault.data / "models.off").stat().st_mode & 0o777 == 0o600
    Failures(vault.data).switch_on("usual")
    assert asking().mode == "generated"


def test_a_file_that_was_damaged_gives_quotes_and_the_cause(
    host: ModelHost, asking: Asking, vault: Vault
) -> None:
    file = Path(vault.models.find("usual").path)
    file.write_bytes(file.read_bytes().replace(b"blk.0.attn_q", b"blk.0.attn_x"))
    answer = asking()
    assert answer.mode == "quoted"
    assert any("was changed in the data folder" in note for note in answer.notes)


@pytest.mark.slow
def test_one_who_waits_gets_an_answer_when_the_model_dies_under_another(
    host: ModelHost, asking: Asking, vault: Vault, embedder: Embedder, settings: Settings
) -> None:
    vault.members.add_user("other")
    vault.members.set_member("matter", "other", Role.READER, user="local")
    waits, stop, answers = threading.Event(), threading.Event(), []

    def note(event: Event) -> None:
        if isinstance(event, Waiting):
            waits.set()
        elif isinstance(event, Statement):
            stop.set()  # one sentence is enough
        elif isinstance(event, Done):
            answers.append(event.answer)

    def ask() -> None:
        answerer = Answerer(vault, embedder, settings, host)
        for event in answerer.ask(QUESTION, ["matter"], "other", cancel=stop):
            note(event)

    thread = threading.Thread(target=ask)

    def end() -> None:
        thread.start()
        waits.wait(PATIENCE)
        os.kill(pid_of(host), signal.SIGSEGV)

    assert asking(end).mode == "quoted"
    thread.join(PATIENCE)
    assert [answer.mode for answer in answers] == ["generated"]


SHUT_IN = """
import sys
from pathlib import Path
import rag.answer, rag.models.check, rag.models.host, rag.models.probe
from rag.models.llama.chat import LlamaChat
chat = LlamaChat(path=Path(sys.argv[1]), max_tokens=100_000, context_length=8192, threads=1)
pieces = chat.stream("What?")
assert next(pieces).text
assert "llama_cpp" not in sys.modules
assert not any("libllama" in line or "libggml" in line for line in open("/proc/self/maps"))
print(chat.load().pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.slow
def test_the_owner_never_loads_llama_cpp_and_its_death_ends_the_shut_in_process(tmp_path: Path) -> None:
    file = tiny_gguf.write(tmp_path / "model.gguf", says=RIGHT, ends=False, context_length=8192)
    owner = subprocess.Popen(
        [sys.executable, "-c", SHUT_IN, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    assert int(status["Umask"], 8) == 0o077
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"
    owner.kill()
    owner.communicate()
    until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


@pytest.mark.long
def test_fifty_crashes_under_ten_users_lose_no_question_and_no_memory(
    host: ModelHost, vault: Vault, embedder: Embedder, settings: Settings, asking: Asking
) -> None:
    users = [f"user {number}" for number in range(10)]
    for user in users:
        vault.members.add_user(user)
        vault.members.set_member("matter", user, Role.READER, user="local")
    asking()
    answers: list[Answer] = []
    crashes = iter(range(50))
    memory: list[int] = []

    def end() -> None:
        if next(crashes, None) is not None:
            Failures(vault.data).switch_on("usual")
            os.kill(pid_of(host), signal.SIGSEGV)

    def ask_all(user: str) -> None:
        for _ in range(6):
            host._failures.succeeded("usual")
            answers.append(asking(end, user))

    for _ in range(2):
        threads = [threading.Thread(target=ask_all, args=(user,)) for user in users[:5]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        memory.append(psutil.Process().memory_info().rss)
    assert next(crashes, None) is None
    assert len(answers) == 60
    assert all(answer.statements for answer in answers)
    assert memory[1] < memory[0] + (32 << 20)
    assert psutil.Process().num_fds() < resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2
