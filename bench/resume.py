"""A job that is killed again and again ends as one that nobody disturbed.

    python -m bench.resume [--kills 50] [--files 60] [--folder FOLDER]

Takes in a folder (or files made for this) twice: once undisturbed, once with SIGKILL at random moments, the
same command again after each. Compares catalogue, chunks, embeddings, vector index, originals and the
report of the job; prints the result as JSON and ends with 0 when all are equal.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vault.access import Action
from vault.vault import Vault

_COLLECTION = "bench"
_WORDS = "amber birch cedar delta ember fjord grove heath inlet knoll larch meadow north orchard".split()

# One process loads the libraries and forks for each attempt: to start Python each time would take longer than
# the ingest.
_FORKING = """
import os, sys
from pathlib import Path
import ingest.job, vault.embedding.openvino_embedder
from ingest.job import run_job
from vault.embedding.load import load_embedder
from vault.ledger.jobs import Task
from vault.settings import Settings
from vault.vault import Vault

def attempt(data, inbox):
    settings = Settings(data=Path(data))
    embedder = load_embedder(Path(sys.argv[1]), threads=settings.threads)
    with Vault(settings.data, purpose="bench") as vault:
        job = vault.begin_job("bench", Task((inbox,)), user="local")
        print("begun", flush=True)
        report = run_job(vault, job, embedder, settings)
        print("report", report.ready, len(report.partial), report.skipped, len(report.failed), report.pages,
              report.chunks, flush=True)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        attempt(*line.rstrip("\\n").split("\\t"))
        os._exit(0)
    print("pid", child, flush=True)
    print("status", os.waitpid(child, 0)[1], flush=True)
"""


class Forking:
    """Starts attempts and kills them."""

    def __init__(self, embedder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _FORKING, str(embedder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip

    def attempt(self, data: Path, inbox: Path, kill_after: float | None) -> list[int] | None:
        """The sums of the report; None when the attempt was killed so many seconds after it had begun."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{data}\t{inbox}\n")
        pid, report = 0, None
        for line in self._process.stdout:
            words = line.split()
            if words[0] == "pid":
                pid = int(words[1])
            elif words[0] == "begun" and kill_after is not None:
                time.sleep(kill_after)
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            elif words[0] == "report":
                report = [int(word) for word in words[1:]]
            elif words[0] == "status":
                return report
        raise RuntimeError("the forking process ended")

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def make_files(folder: Path, count: int) -> None:
    """Notes, pages and messages with attachments; some equal, some empty, one broken."""
    chance = random.Random(1)
    for number in range(count):
        text = ". ".join(
            f"The {' '.join(chance.choices(_WORDS, k=9))} of unit {number}"
            for _ in range(chance.randint(3, 60))
        )
        if number % 5 == 1:
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = (
                "a@example.org",
                "b@example.org",
                f"Unit {number}",
            )
            message.set_content(text)
            message.add_attachment(
                f"Attached to {number}. {text}".encode(), "text", "plain", filename="note.txt"
            )
            (folder / f"{number:03}.eml").write_bytes(message.as_bytes())
        elif number % 5 == 2:
            (folder / f"{number:03}.html").write_text(f"<h1>Unit {number}</h1><p>{text}</p>")
        elif number % 13 == 3:
            (folder / f"{number:03}.txt").write_bytes(b"")
        elif number % 13 == 4:
            (folder / f"{number:03}.txt").write_text("The same words in several files.")
        else:
            (folder / f"{number:03}.txt").write_text(text)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj << /Type /Catalog")


def new_vault(data: Path) -> Path:
    """An empty vault with the collection."""
    with Vault.create(data, user="local", purpose="bench") as vault:
        vault.create_collection(_COLLECTION, user="local")
    return data


def contents(data: Path) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """All that the collection holds, but for ids and times; and the embeddings of each document."""
    vectors: dict[str, NDArray[np.float32]] = {}
    with (
        Vault(data, purpose="bench") as vault,
        vault.open_collection(_COLLECTION, user="local", action=Action.SEARCH) as collection,
    ):
        catalogue = collection.catalogue
        held: dict[str, Any] = {"indexed": collection.vector_ids() == set(catalogue.chunks.ids())}
        for document in catalogue.documents():
            stored = catalogue.chunks.of(document.sha256)
            texts = "\0".join(page.text for page in catalogue.pages.of(document.sha256))
            spans = [one.chunk.spans for one in stored]
            vectors[document.sha256] = np.array(
                [vector for _, vector in catalogue.chunks.embeddings([one.id for one in stored])]
            )
            held[document.sha256] = (
                document.name, document.path, document.parent, document.state.value, document.reason,
                document.pages, document.chunks, collection.originals.has(document.sha256),
                catalogue.is_unfinished(document.sha256), hashlib.sha256(texts.encode()).hexdigest(), spans,
            )  # fmt: skip
        return held, vectors


def main() -> None:
    """Run, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as scratch:
        inbox = given.folder or Path(scratch) / "inbox"
        if given.folder is None:
            inbox.mkdir()
            make_files(inbox, given.files)
        forking = Forking(Path(scratch) / "embedder")
        calm = new_vault(Path(scratch) / "calm")
        forking.attempt(calm, inbox, None)  # the embedder is converted here and not in the time below
        calm = new_vault(Path(scratch) / "undisturbed")
        started = time.monotonic()
        expected = forking.attempt(calm, inbox, None)
        seconds = time.monotonic() - started
        kills, rounds, reports, wrong = 0, 0, [], []
        while kills < given.kills:
            data = new_vault(Path(scratch) / f"killed-{rounds}")
            rounds += 1
            report = None
            while report is None:
                moment = chance.random() * seconds / 4 if kills < given.kills else None
                report = forking.attempt(data, inbox, moment)
                kills += report is None
            reports.append(report)
            (before, meant), (after, got) = contents(calm), contents(data)
            wrong += [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
            # What was embedded together differs, and with it the last digits.
            wrong += [
                key
                for key in meant.keys() & got.keys()
                if meant[key].shape != got[key].shape or not np.allclose(meant[key], got[key], atol=0.005)
            ]
        forking.close()
        documents = len(contents(calm)[1])
    result = {
        "files": sum(1 for path in inbox.rglob("*") if path.is_file()) if given.folder else given.files + 1,
        "documents": documents,
        "seconds_undisturbed": round(seconds, 1),
        "kills": kills,
        "jobs_killed": rounds,
        "report_undisturbed": expected,
        "reports_equal": all(report == expected for report in reports),
        "reports": reports,
        "documents_that_differ": len(set(wrong)),
        "same": not wrong and all(report == expected for report in reports),
    }
    print(json.dumps(result, indent=2))
    sys.exit(0 if result["same"] else 1)


if __name__ == "__main__":
    main()
