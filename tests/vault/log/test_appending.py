"""Many threads append at once, and a process is killed while it appends: the chain has no gap."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from tests.places import ROOT
from vault.log.events import Event
from vault.log.head import Head
from vault.log.once import Once
from vault.settings import Settings
from vault.vault import Vault

APPENDING = """
import sys
from pathlib import Path
from vault.log.events import Event
from vault.vault import Vault

with Vault(Path(sys.argv[1]), purpose="tests") as vault:
    while True:
        vault.log.append(Event.PAGE_VIEWED, user="ana", content={"term": "mare"})
        print(vault.log.head(), flush=True)
"""


def test_threads_that_append_at_once_leave_no_gap(vault: Vault) -> None:
    before = vault.log.head().number
    with ThreadPoolExecutor(8) as threads:
        numbers = list(
            threads.map(lambda n: vault.log.append(Event.PAGE_VIEWED, user=f"u{n % 5}"), range(200))
        )
    assert sorted(numbers) == list(range(before + 1, before + 201))
    assert vault.log.verify().intact


def test_a_log_is_checked_while_others_append_and_purge(vault: Vault) -> None:
    """More entries than are read at once, so that others come in between."""
    with vault._db.write() as db:
        for number in range(1200):
            content = {"term": str(number)} if number % 3 else None
            vault.log.append(Event.MENTIONS_FOUND, user="ana", content=content, within=db)
    going = threading.Event()

    def append() -> None:
        while not going.is_set():
            vault.log.append(Event.PAGE_VIEWED, user="ben", content={"term": "mare"})
            with vault._db.write() as db:
                vault.log.forget_content(db, "matter", [])

    other = threading.Thread(target=append)
    other.start()
    try:
        checks = [vault.log.verify() for _ in range(3)]
    finally:
        going.set()
        other.join()
    assert all(found.intact for found in checks), checks
    assert checks[0].entries > 1200


def test_a_log_whose_process_was_killed_is_intact_and_has_what_was_appended(settings: Settings) -> None:
    Vault.create(settings.data, user="local", purpose="tests").close()
    process = subprocess.Popen(
        [sys.executable, "-c", APPENDING, str(settings.data)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    heads = [process.stdout.readline().strip() for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Vault(settings.data, purpose="tests") as vault:
        found = vault.log.verify([Head.parse(head) for head in heads])
        assert found.intact and found.entries >= Head.parse(heads[-1]).number


def test_the_head_is_written_beside_the_key_now_and_then(settings: Settings) -> None:
    with Vault.create(settings.data, user="local", purpose="tests") as vault:
        witness = settings.data / "log.key.head"
        first = witness.read_text()
        for _ in range(300):
            vault.log.append(Event.PAGE_VIEWED, user="ana")
        assert witness.read_text() != first
    with Vault(settings.data, purpose="tests") as vault:
        assert witness.read_text().strip() == str(vault.log.head())


def test_once_logs_again_after_a_while_and_when_it_could_not_be_logged() -> None:
    now = [0.0]
    once, done = Once(seconds=10, clock=lambda: now[0]), list[str]()

    def fail() -> None:
        raise OSError

    for what in ("a", "a", "b"):
        once.log(what, lambda what=what: done.append(what))  # type: ignore[misc]
    now[0] = 9.9
    once.log("a", lambda: done.append("early"))
    now[0] = 10.0
    once.log("a", lambda: done.append("late"))
    try:
        once.log("c", fail)
    except OSError:
        once.log("c", lambda: done.append("c"))
    assert done == ["a", "b", "late", "c"]
