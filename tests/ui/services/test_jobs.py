"""Background ingest: progress, failures, rights, and a server that ends in between."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from ingest.job import run_job
from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent
from tests import waiting
from tests.uploads import stored
from tests.waiting import PATIENCE
from ui.services.job_progress import JobProgress, JobView
from ui.services.jobs import Jobs
from vault.access import Action, Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound
from vault.ledger.jobs import Job, JobState, Task
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


def until(jobs: Jobs, reached: Callable[[JobView], bool]) -> JobView:
    """Wait until the latest job of "matter" is as wanted, and return it."""
    waiting.until(lambda: reached(jobs.views("matter", "local")[0]), "the job did not get there")
    return jobs.views("matter", "local")[0]


def test_uploaded_files_are_added_and_their_copies_removed(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    jobs = Jobs(vault, settings, lambda: embedder)
    upload = stored(vault, "matter", ("a.txt", "The fee is due in May."), ("b.txt", ""))
    jobs.submit("matter", "local", upload)
    view = until(jobs, lambda job: job.finished)
    jobs.close()
    assert (view.total, view.done, view.added, view.pages) == (2, 2, 1, 1)
    assert [name for name, _ in view.failed] == ["b.txt"]
    assert "empty" in view.failed[0][1]
    assert {d.name: d.state for d in collection.catalogue.documents()} == {
        "a.txt": DocumentState.READY,
        "b.txt": DocumentState.FAILED,
    }
    assert list(settings.data.glob("incoming/*")) == []


def test_an_uploaded_name_never_becomes_a_path(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    jobs = Jobs(vault, settings, lambda: embedder)
    name = "../../../vault.db"
    jobs.submit("matter", "local", stored(vault, "matter", (name, "The fee is due in May.")))
    until(jobs, lambda job: job.finished)
    jobs.close()
    assert [d.name for d in collection.catalogue.documents()] == [name]
    assert list(settings.data.glob("incoming/*")) == []


def test_a_user_who_may_not_add_files_leaves_nothing_behind(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    vault.members.add_user("reader")
    vault.members.add_user("stranger")
    vault.members.set_member("matter", "reader", Role.READER, user="local")
    jobs = Jobs(vault, settings, lambda: embedder)
    with pytest.raises(AccessDenied):
        jobs.submit("matter", "reader", stored(vault, "matter", ("a.txt", "x")))
    with pytest.raises(CollectionNotFound):
        jobs.submit("matter", "stranger", stored(vault, "matter", ("a.txt", "x")))
    with pytest.raises(CollectionNotFound):
        jobs.views("matter", "stranger")
    jobs.close()
    assert list(settings.data.glob("incoming/*")) == []


def test_a_job_whose_user_lost_the_right_meanwhile_is_refused(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    vault.members.add_user("clerk")
    vault.members.set_member("matter", "clerk", Role.CONTRIBUTOR, user="local")
    unfinished_job(vault, "clerk", "The fee is due in May.")
    vault.members.set_member("matter", "clerk", Role.READER, user="local")
    jobs = Jobs(vault, settings, lambda: embedder)
    view = until(jobs, lambda job: job.finished)
    jobs.close()
    assert "may not ingest" in view.error
    assert collection.catalogue.documents() == []


def unfinished_job(vault: Vault, user: str, *texts: str) -> Job:
    """Create a job as a killed server leaves it."""
    upload = stored(vault, "matter", *((f"{n}.txt", text) for n, text in enumerate(texts)), user=user)
    return vault.begin_job("matter", Task((), upload=upload), user=user)


def test_the_next_server_continues_an_unfinished_job(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    left = unfinished_job(vault, "local", "The fee is due in May.")
    jobs = Jobs(vault, settings, lambda: embedder)
    view = until(jobs, lambda job: job.finished)
    jobs.close()
    assert view.added == 1
    ended = vault.jobs.find(left.id, user="local")
    assert (ended.state, ended.ready) == (JobState.DONE, 1)


def test_an_incomplete_upload_is_removed_and_one_with_a_job_stays(settings: Settings) -> None:
    with Vault.create(settings.data, user="local", purpose="test") as vault:
        vault.create_collection("matter", user="local")
        entry = vault.members.authorise("matter", user="local", action=Action.INGEST)
        cut_off = vault.uploads.begin(entry.id, "local", [("a.txt", 26)])
        vault.uploads.receive(cut_off.id, cut_off.files[0]).write(b"It was cut off in the mid")
        left = unfinished_job(vault, "local", "The fee is due in May.")
    with Vault(settings.data, purpose="test") as vault:
        assert vault.uploads.files(cut_off.id) == []
        assert [path.name for path in settings.data.glob("incoming/*")] == [left.task.upload]
        assert [file.name for _, file in vault.uploads.files(left.task.upload)] == ["0.txt"]


def test_a_file_finished_before_a_kill_is_not_read_again(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    left = unfinished_job(vault, "local", "The fee is due in May.", "The rent is due in June.")

    def stop(event: IngestEvent) -> None:
        if isinstance(event, FileDone):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job(vault, left, embedder, settings, stop)
    added = {d.name: d.added for d in collection.catalogue.documents()}
    jobs = Jobs(vault, settings, lambda: embedder)
    view = until(jobs, lambda job: job.finished)
    jobs.close()
    assert (view.total, view.done, view.added, view.skipped) == (2, 2, 2, 0)
    assert vault.jobs.find(left.id, user="local").ready == 2
    now = {d.name: d.added for d in collection.catalogue.documents()}
    assert {name: now[name] for name in added} == added


def test_a_cancelled_job_keeps_what_it_added_and_removes_its_copies(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    vault.members.add_user("clerk")
    vault.members.set_member("matter", "clerk", Role.CONTRIBUTOR, user="local")
    loading, load = threading.Event(), threading.Event()

    def slow() -> Embedder:
        loading.set()
        assert load.wait(PATIENCE)
        return embedder

    jobs = Jobs(vault, settings, slow)
    fees = stored(vault, "matter", *((f"{n}.txt", f"Fee {n} is due.") for n in range(3)), user="clerk")
    first = jobs.submit("matter", "clerk", fees)
    waits = jobs.submit("matter", "local", stored(vault, "matter", ("late.txt", "The rent is due in June.")))
    assert loading.wait(PATIENCE)
    with pytest.raises(AccessDenied):
        jobs.cancel(waits.id, "clerk")
    jobs.cancel(waits.id, "local")
    jobs.cancel(first.id, "local")
    assert jobs.views("matter", "local")[1].cancelling
    load.set()
    until(jobs, lambda _: all(job.finished for job in jobs.views("matter", "local")))
    jobs.close()
    ended = {job.id: job for job in vault.jobs.all(user="clerk") + vault.jobs.all(user="local")}
    assert {job.state for job in ended.values()} == {JobState.CANCELLED}
    assert "Cancelled by local" in ended[first.id].reason
    assert "late.txt" not in [d.name for d in collection.catalogue.documents()]
    assert len(collection.catalogue.documents()) < 3
    assert list(settings.data.glob("incoming/*")) == []


def test_purging_a_document_removes_its_copy_in_an_unfinished_upload(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    left = unfinished_job(vault, "local", "The canary fee is due in May.", "The rent is due in June.")

    def stop(event: IngestEvent) -> None:
        if isinstance(event, FileDone) and event.path == "1.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job(vault, left, embedder, settings, stop)
    document = next(d for d in collection.catalogue.documents() if d.name == "0.txt")
    vault.purge("matter", [document.sha256], user="local")
    assert [file.name for _, file in vault.uploads.files(left.task.upload)] == ["1.txt"]
    for path in settings.data.glob("incoming/**/*"):
        assert path.is_dir() or b"canary" not in path.read_bytes()


def test_a_queued_job_is_kept_when_the_server_ends(
    vault: Vault, collection: Collection, settings: Settings, embedder: Embedder
) -> None:
    def late() -> Embedder:
        assert first._stopping.wait(PATIENCE)  # the first job is under way, and the server ends
        return embedder

    first = Jobs(vault, settings, late)
    for number in range(3):
        upload = stored(vault, "matter", (f"{number}.txt", f"Fee {number} is due in May."))
        first.submit("matter", "local", upload)
    first.close()
    assert len(list(settings.data.glob("incoming/*"))) == 3
    second = Jobs(vault, settings, lambda: embedder)
    until(second, lambda _: all(job.finished for job in second.views("matter", "local")))
    second.close()
    with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
        found = collection.catalogue.documents()
    assert [d.name for d in found] == ["0.txt", "1.txt", "2.txt"]


def test_progress_counts_attachments_and_estimates_the_time_by_bytes() -> None:
    now = 0.0
    job = JobProgress("1", "matter", "local", (100, 900), clock=lambda: now)
    assert job.view().seconds_left is None
    job.start()
    events: list[IngestEvent] = [
        FilesFound(2), FileStarted("mail.eml"), FilesFound(1),
        FileDone("mail.eml", "0", DocumentState.READY, "", 1, 1),
    ]  # fmt: skip
    for event in events[:3]:
        job.note(event)
    now = 0.5
    job.note(events[3])
    view = job.view()
    assert (view.total, view.done, view.current) == (3, 1, "mail.eml")
    assert view.fraction == pytest.approx(1 / 3)
    assert view.seconds_left == pytest.approx(0.5 * 9)
    assert view.pages_per_second == pytest.approx(2)
    job.finish()
    assert job.view().seconds_left is None
