"""Background ingest: progress, failures, permissions, and a server that ends in between."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent
from ui.job_progress import JobProgress, JobView
from ui.jobs import Jobs
from vault.access import Action, Role
from vault.collection import Collection
from vault.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound
from vault.records import DocumentState
from vault.settings import Settings
from vault.vault import Vault


def until(jobs: Jobs, reached: Callable[[JobView], bool]) -> JobView:
    """Wait for the latest job of "matter"."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        view = jobs.views("matter", "local")[0]
        if reached(view):
            return view
        time.sleep(0.02)
    raise AssertionError(f"the job did not get there: {view}")


def note(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def test_uploaded_files_are_taken_in_and_their_copies_removed(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    jobs = Jobs(vault, settings, lambda: embedder)
    jobs.submit("matter", "local", [("a.txt", note("The fee is due in May.")), ("b.txt", io.BytesIO(b""))])
    view = until(jobs, lambda job: job.finished)
    jobs.close()
    assert (view.total, view.done, view.added, view.pages) == (2, 2, 1, 1)
    assert [name for name, _ in view.failed] == ["b.txt"]
    assert "empty" in view.failed[0][1]
    assert {d.name: d.state for d in collection.catalogue.documents()} == {
        "a.txt": DocumentState.READY,
        "b.txt": DocumentState.FAILED,
    }
    assert list((settings.data / "incoming").iterdir()) == []


def test_an_uploaded_name_never_becomes_a_path(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    jobs = Jobs(vault, settings, lambda: embedder)
    name = "../../../vault.db"
    jobs.submit("matter", "local", [(name, note("The fee is due in May."))])
    until(jobs, lambda job: job.finished)
    jobs.close()
    assert [d.name for d in collection.catalogue.documents()] == [name]
    assert sorted(path.name for path in (settings.data / "incoming").iterdir()) == []


def test_who_may_not_add_files_leaves_nothing_behind(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    vault.add_user("reader")
    vault.add_user("stranger")
    vault.set_member("matter", "reader", Role.READER, user="local")
    jobs = Jobs(vault, settings, lambda: embedder)
    with pytest.raises(AccessDenied):
        jobs.submit("matter", "reader", [("a.txt", note("x"))])
    with pytest.raises(CollectionNotFound):
        jobs.submit("matter", "stranger", [("a.txt", note("x"))])
    with pytest.raises(CollectionNotFound):
        jobs.views("matter", "stranger")
    jobs.close()
    assert list((settings.data / "incoming").iterdir()) == []


def test_a_job_whose_user_lost_the_right_meanwhile_is_refused(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    vault.add_user("clerk")
    vault.set_member("matter", "clerk", Role.CONTRIBUTOR, user="local")
    leave(settings, "clerk", "The fee is due in May.")
    vault.set_member("matter", "clerk", Role.READER, user="local")
    jobs = Jobs(vault, settings, lambda: embedder)
    view = until(jobs, lambda job: job.finished)
    jobs.close()
    assert "may not ingest" in view.error
    assert collection.catalogue.documents() == []


def leave(settings: Settings, user: str, text: str) -> Path:
    """What a server that was killed leaves of a submitted job."""
    folder = settings.data / "incoming" / "0123"
    folder.mkdir(parents=True)
    (folder / "0").write_text(text)
    (folder / "job.json").write_text(json.dumps({"collection": "matter", "user": user, "names": ["a.txt"]}))
    return folder


def test_the_next_server_takes_up_what_was_left(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    leave(settings, "local", "The fee is due in May.")
    half = settings.data / "incoming" / "4567"
    half.mkdir()
    (half / "0").write_text("An upload that was not finished.")
    jobs = Jobs(vault, settings, lambda: embedder)
    view = until(jobs, lambda job: job.finished)
    jobs.close()
    assert view.added == 1
    assert not half.exists()


def test_a_job_that_waits_when_the_server_ends_is_kept(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    def slow() -> Embedder:
        time.sleep(0.3)
        return embedder

    first = Jobs(vault, settings, slow)
    for number in range(3):
        first.submit("matter", "local", [(f"{number}.txt", note(f"Fee {number} is due in May."))])
    first.close()
    left = len(list((settings.data / "incoming").iterdir()))
    assert left >= 2
    second = Jobs(vault, settings, lambda: embedder)
    until(second, lambda _: all(job.finished for job in second.views("matter", "local")))
    second.close()
    found = vault.open_collection("matter", user="local", action=Action.SEARCH).catalogue.documents()
    assert [d.name for d in found] == ["0.txt", "1.txt", "2.txt"]


def test_progress_counts_attachments_and_tells_the_time_by_bytes() -> None:
    job = JobProgress("1", "matter", "local", ("mail.eml", "long.pdf"), (100, 900))
    assert job.view().seconds_left is None
    job.start()
    events: list[IngestEvent] = [
        FilesFound(2), FileStarted("mail.eml"), FilesFound(1),
        FileDone("mail.eml", "0", DocumentState.READY, "", 1, 1),
    ]  # fmt: skip
    time.sleep(0.02)
    for event in events:
        job.note(event)
    view = job.view()
    assert (view.total, view.done, view.current) == (3, 1, "mail.eml")
    assert view.fraction == pytest.approx(1 / 3)
    assert view.seconds_left == pytest.approx(0.02 * 9, rel=0.5)
    job.finish()
    assert job.view().seconds_left is None
