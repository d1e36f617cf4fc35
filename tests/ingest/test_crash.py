"""An ingest that is killed at any moment leaves only complete documents, and the next one continues."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.forking import ONE_THREAD
from tests.ingest.invariants import DocumentSet, assert_consistent
from tests.ingest.other_files import zipped
from tests.places import ROOT
from tests.waiting import until
from vault.access import Action
from vault.errors import VaultInUse
from vault.vault import Vault

pytestmark = pytest.mark.slow

PDFS = 16
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "inlet", "knoll", "larch")

# One process loads the libraries once and forks for each attempt, before anything starts a thread: starting
# Python again each time would take longer than the ingest.
FORKING = """
import faulthandler, os, signal, sys
from pathlib import Path
import ingest.pipeline, vault.vault, vault.embedding.openvino_embedder
from ingest.pipeline import Ingest
from ingest.report import FileDone, FileStarted
from tests.forking import fork, share_memory
from tests.waiting import PATIENCE
from vault.access import Action
from vault.embedding.load import load_embedder
from vault.settings import Settings
from vault.vault import Vault

def attempt(data, inbox, last="0"):
    left = int(last)
    def show(event):
        nonlocal left
        if not (isinstance(event, FileDone) and event.state is None) and not isinstance(event, FileStarted):
            print("event", flush=True)
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    # An ingest that hangs says where, and ends.
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    settings = Settings(data=Path(data))
    embedder = load_embedder(Path(os.environ["EMBEDDER"]))
    with (
        Vault(settings.data, purpose="test") as vault,
        vault.open_collection("matter", user="local", action=Action.INGEST) as collection,
    ):
        report = Ingest(collection, embedder, settings, show).run([Path(inbox)])
    print("report", report.ready, len(report.failed), flush=True)

share_memory()
for line in sys.stdin:
    child = fork()
    if child == 0:
        attempt(*line.split())
        os._exit(0)
    print("pid", child, flush=True)
    print("status", os.waitpid(child, 0)[1], flush=True)
"""


class Forking:
    """A process that forks an ingest for each attempt."""

    def __init__(self, embedder_cache: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", FORKING],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
            env={**os.environ, **ONE_THREAD, "EMBEDDER": str(embedder_cache)}, cwd=ROOT,
        )  # fmt: skip

    def ingest(
        self, data: Path, inbox: Path, *, kill_after: tuple[int, float] | None = None, kill_at: int = 0
    ) -> bool:
        """Run one ingest; return whether it was killed.

        `kill_at` is the event at which the process kills itself, before it does anything else; 0 is never.
        `kill_after` is (n, seconds): kill it so many seconds after its n-th event. The first event is that
        the files were found, then comes each file that is not skipped.
        """
        assert self._process.stdin
        self._process.stdin.write(f"{data} {inbox} {kill_at}\n")
        pid, events = 0, 0
        for words in self._output():
            if words[0] == "pid":
                pid = int(words[1])
            elif words[0] == "event":
                events += 1
                if kill_after and events == kill_after[0]:
                    time.sleep(kill_after[1])
                    # It may have ended by now; then its status says that it was not killed.
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            elif words[0] == "status":
                assert int(words[1]) in (0, signal.SIGKILL)
                return int(words[1]) != 0
        raise AssertionError("the forking process ended")

    def close(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.communicate()

    def _output(self) -> Iterator[list[str]]:
        """Yield the words of each line that the process prints."""
        assert self._process.stdout
        for line in self._process.stdout:
            yield line.split()


@pytest.fixture
def forking(embedder_cache: Path, embedder: object) -> Iterator[Forking]:
    """A process that forks an ingest for each attempt."""
    made = Forking(embedder_cache)
    yield made
    made.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Make small PDFs, an empty file that fails, an archive with a file in it, and a text.

    None of them needs the slow imports of the parser, which would be made in each attempt.
    """
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(PDFS):
        chance = random.Random(number)
        canvas = Canvas(str(folder / f"{number:02} letter.pdf"), A4)
        for page in range(1 + number % 3):
            for line in range(6):
                words = " ".join(chance.choices(WORDS, k=9))
                canvas.drawString(60, 780 - 20 * line, f"{page}.{line} The {words} of unit {number}.")
            canvas.showPage()
        canvas.save()
    (folder / "05 empty.txt").touch()
    attached = (folder / "03 letter.pdf").read_bytes()
    (folder / "03 letter.pdf").unlink()
    zipped(folder / "40 letters.zip", {"letter.pdf": attached})
    for number in range(50, 51):
        (folder / f"{number} note.txt").write_text(f"The key to unit {number} hangs in the porter's lodge.")
    return folder


def new_vault(data: Path) -> Path:
    """Make a vault with an empty collection."""
    data.mkdir()
    with Vault.create(data, user="local", purpose="tests") as vault:
        vault.create_collection("matter", user="local")
    return data


def checked_documents(data: Path) -> DocumentSet:
    """Open the vault, check that nothing is incomplete, and return its documents."""
    with (
        until(lambda: open_vault(data)) as vault,
        vault.open_collection("matter", user="local", action=Action.SEARCH) as collection,
    ):
        return assert_consistent(collection)


def open_vault(data: Path) -> Vault | None:
    """Open the vault; None if a parser that was starting when its owner was killed still has the lock."""
    with contextlib.suppress(VaultInUse):
        return Vault(data, purpose="tests")
    return None


def moments() -> Iterator[tuple[int, float]]:
    """Yield when to kill: after which event, and how many seconds later. A file takes 20 to 100 ms."""
    chance = random.Random(2026)
    while True:
        event = chance.randint(1, 5)
        yield event, chance.random() * (0.5 if event == 1 else 0.1)


@pytest.mark.parametrize(
    ("most_kills", "moments_seen"), [(5, 3), pytest.param(20, 8, marks=pytest.mark.long)]
)
def test_an_ingest_killed_at_any_moment_leaves_no_partial_document_and_the_next_one_completes(
    forking: Forking, inbox: Path, tmp_path: Path, most_kills: int, moments_seen: int
) -> None:
    undisturbed = new_vault(tmp_path / "undisturbed")
    assert not forking.ingest(undisturbed, inbox)
    expected = checked_documents(undisturbed)
    assert len(expected) == PDFS + 3

    kills, vaults = 0, 0
    seen: set[int] = set()
    data, before = new_vault(tmp_path / "0"), 0
    for moment in moments():
        if kills == most_kills:
            break
        if not forking.ingest(data, inbox, kill_after=moment):
            assert checked_documents(data) == expected
            vaults += 1
            data, before = new_vault(tmp_path / str(vaults)), 0
            continue
        kills += 1
        documents = checked_documents(data)
        assert documents <= expected
        assert len(documents) >= before
        before = len(documents)
        seen.add(before)
    assert len(seen) >= moments_seen, f"the kills came at {sorted(seen)} documents only"
    forking.ingest(data, inbox)
    assert checked_documents(data) == expected


def test_a_message_killed_between_its_attachments_keeps_what_is_complete_and_gets_the_rest(
    forking: Forking, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "una@survey.example", "Survey"
    mail.set_content("All that we found is attached.\n")
    mail.add_attachment("The roof leaks over the north wing.\n", filename="roof.txt")
    mail.add_attachment("The cellar is dry.\n", filename="cellar.txt")
    (inbox / "survey.eml").write_bytes(mail.as_bytes())
    undisturbed = new_vault(tmp_path / "undisturbed")
    assert not forking.ingest(undisturbed, inbox)
    expected = checked_documents(undisturbed)
    assert len(expected) == 3

    data, seen = new_vault(tmp_path / "killed"), [0]
    # The first event says that the file was found; each later attempt gets one event further.
    for event in range(2, 2 * len(expected) + 2):
        if not forking.ingest(data, inbox, kill_at=event):
            break
        documents = checked_documents(data)
        assert documents <= expected
        assert len(documents) >= seen[-1], "a killed attempt must not undo what is complete"
        seen.append(len(documents))
    assert checked_documents(data) == expected
    assert len({count for count in seen if 0 < count < len(expected)}) >= 2, f"the kills came at {seen} only"
