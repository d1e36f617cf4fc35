"""Jobs: what they keep, how they go on, what they tell of files that vanished, and manifests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.job import run_job
from ingest.parsing.pool import ParserPool
from ingest.report import FileDone, FileStarted, IngestEvent, IngestReport
from tests.ingest import files
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound, JobNotFound, ManifestError
from vault.files.originals import sha256_of
from vault.ledger.jobs import Job, JobState, Task
from vault.records import DocumentState
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


class Stopped(BaseException):
    """Ctrl-C, in a test."""


class Desk:
    """Runs jobs on a folder of notes."""

    def __init__(
        self, vault: Vault, embedder: Embedder, settings: Settings, parsers: ParserPool, inbox: Path
    ) -> None:
        self.vault, self.embedder, self.settings, self.inbox = vault, embedder, settings, inbox
        self.parsers = parsers
        self.read: list[str] = []
        self.told: list[str] = []
        inbox.mkdir()

    def note(self, name: str, text: str) -> Path:
        path = self.inbox / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"The key to {text} hangs in the porter's lodge.")
        return path

    def begin(self, manifest: Path | None = None) -> Job:
        sha256 = "" if manifest is None else sha256_of(manifest)
        task = Task((str(self.inbox),), "" if manifest is None else str(manifest), sha256)
        return self.vault.begin_job("matter", task, user="local")

    def run(self, job: Job | None = None, *, stop_after: int = 10**6) -> IngestReport:
        self.read, self.told, through = [], [], 0

        def note(event: IngestEvent) -> None:
            nonlocal through
            if isinstance(event, FileStarted):
                self.read.append(Path(event.path).name)
            if isinstance(event, FileDone):
                if event.state is DocumentState.FAILED:
                    self.told.append(Path(event.path).name)
                through += 1
                if through == stop_after:
                    raise Stopped

        return run_job(self.vault, job or self.begin(), self.embedder, self.settings, note, self.parsers)


@pytest.fixture
def desk(
    vault: Vault,
    collection: Collection,
    embedder: Embedder,
    settings: Settings,
    parsers: ParserPool,
    tmp_path: Path,
) -> Desk:
    return Desk(vault, embedder, settings, parsers, tmp_path / "inbox")


def test_a_stopped_job_goes_on_without_reading_what_is_through(desk: Desk) -> None:
    for number in range(5):
        desk.note(f"{number}.txt", f"unit {number}")
    with pytest.raises(Stopped):
        desk.run(stop_after=3)
    (left,) = desk.vault.jobs.all(user="local")
    assert (left.state, left.ready) == (JobState.STOPPED, 3)
    report = desk.run()
    assert desk.read == ["3.txt", "4.txt"]
    assert (report.ready, report.skipped, report.job) == (5, 0, left.id)
    (done,) = desk.vault.jobs.all(user="local")
    assert (done.state, done.ready, done.pages) == (JobState.DONE, 5, 5)


def test_a_job_that_goes_on_reads_what_changed_meanwhile(desk: Desk) -> None:
    for number in range(3):
        desk.note(f"{number}.txt", f"unit {number}")
    with pytest.raises(Stopped):
        desk.run(stop_after=2)
    desk.note("0.txt", "the boathouse")
    desk.run()
    assert desk.read == ["0.txt", "2.txt"]


def test_what_was_taken_in_and_not_noted_counts_as_taken_in(desk: Desk) -> None:
    for number in range(2):
        desk.note(f"{number}.txt", f"unit {number}")
    job = desk.begin()
    desk.run(job)
    with desk.vault._db.write() as db:  # as if the process had been killed between the two
        db.execute("DELETE FROM job_files")
        db.execute("UPDATE jobs SET state = 'running'")
    assert (desk.run().ready, len(desk.read)) == (2, 2)


def test_a_job_that_goes_on_takes_in_what_is_attached_to_a_message_that_is_in(
    desk: Desk, collection: Collection
) -> None:
    attached = b"The vet came on Tuesday and found the mare lame."
    files.message(desk.inbox / "a.eml", attachment=("vet.txt", attached))
    with pytest.raises(Stopped):
        desk.run(stop_after=1)
    report = desk.run()
    assert (report.ready, report.skipped) == (2, 0)
    assert not any(collection.catalogue.is_unfinished(d.sha256) for d in collection.catalogue.documents())


def test_a_done_job_is_not_gone_on_with_and_keeps_only_what_somebody_must_look_at(desk: Desk) -> None:
    desk.note("a.txt", "unit 1")
    (desk.inbox / "b.txt").write_bytes(b"")
    first = desk.run()
    assert [file.path for file in desk.vault.jobs.files(first.job)] == [str(desk.inbox / "b.txt")]
    second = desk.run()
    assert second.job != first.job
    assert (second.skipped, len(second.failed)) == (1, 1)


def test_a_job_is_found_by_the_beginning_of_its_id_and_by_its_user_only(desk: Desk) -> None:
    job = desk.begin()
    assert desk.vault.jobs.find(job.id[:6], user="local").id == job.id
    with pytest.raises(JobNotFound, match="'zzzz'"):
        desk.vault.jobs.find("zzzz", user="local")
    with pytest.raises(JobNotFound):
        desk.vault.jobs.find(job.id, user="stranger")


def test_a_file_that_vanished_is_told_and_its_document_stays(desk: Desk, collection: Collection) -> None:
    gone = desk.note("gone.txt", "unit 1")
    desk.note("stays.txt", "unit 2")
    assert desk.run().vanished == []
    gone.unlink()
    (vanished,) = desk.run().vanished
    assert (vanished.path, vanished.collection) == (str(gone), "matter")
    assert collection.catalogue.state(vanished.sha256) is DocumentState.READY


def test_a_file_that_moved_has_not_vanished(desk: Desk, collection: Collection) -> None:
    old = desk.note("here.txt", "unit 1")
    desk.run()
    (desk.inbox / "sub").mkdir()
    new = old.rename(desk.inbox / "sub" / "there.txt")
    assert desk.run().vanished == []
    assert [document.path for document in collection.catalogue.documents()] == [str(new)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_under_a_folder_that_cannot_be_listed_nothing_vanishes(desk: Desk) -> None:
    desk.note("sub/a.txt", "unit 1")
    desk.run()
    (desk.inbox / "sub").chmod(0)
    report = desk.run()
    (desk.inbox / "sub").chmod(0o700)
    assert report.vanished == []


def test_a_manifest_gives_title_fields_and_collection(desk: Desk, collection: Collection) -> None:
    desk.vault.create_collection("other", user="local")
    desk.note("a.txt", "unit 1")
    desk.note("b.txt", "unit 2")
    desk.note("c.txt", "unit 3")
    manifest = desk.inbox.parent / "list.csv"
    manifest.write_text(
        "Path,collection,Title,date,Ward\n"
        'inbox/a.txt,,"Keys, old",2024-05-01,\n'
        f"{desk.inbox}/b.txt,other,,,7\n"
        "inbox/missing.txt,,,,\n"
    )
    report = desk.run(desk.begin(manifest))
    assert [Path(failure.path).name for failure in report.failed] == ["missing.txt"]
    assert "not among the files given" in report.failed[0].reason
    # Told by name while the job runs, and counted where the job is listed.
    assert "missing.txt" in desk.told
    assert desk.vault.jobs.find(report.job, user="local").failed == 1
    here = {d.name: d for d in collection.catalogue.documents()}
    assert sorted(here) == ["a.txt", "c.txt"]
    assert here["a.txt"].title == "Keys, old"
    assert here["a.txt"].metadata == (("date", "2024-05-01"), ("title", "Keys, old"))
    manifest.write_text("path,ward\ninbox/a.txt,9\n")
    assert desk.run(desk.begin(manifest)).skipped == 2
    assert collection.catalogue.document(here["a.txt"].sha256).metadata == (("ward", "9"),)


def test_a_manifest_may_name_forty_collections(desk: Desk) -> None:
    lines = ["path,collection"]
    for number in range(40):
        desk.vault.create_collection(f"patient {number}", user="local")
        desk.note(f"{number}.txt", f"unit {number}")
        lines.append(f"inbox/{number}.txt,patient {number}")
    manifest = desk.inbox.parent / "list.csv"
    manifest.write_text("\n".join(lines))
    report = desk.run(desk.begin(manifest))
    assert (report.ready, report.failed, report.vanished) == (40, [], [])


def test_a_manifest_that_cannot_be_followed_stops_the_job_before_it_reads(desk: Desk) -> None:
    desk.note("a.txt", "unit 1")
    manifest = desk.inbox.parent / "list.csv"
    manifest.write_text("file,title\na.txt,A\n")
    with pytest.raises(ManifestError, match="no column named path"):
        desk.run(desk.begin(manifest))
    manifest.write_text("path,title\na.txt,A,B\n")
    with pytest.raises(ManifestError, match="Line 2"):
        desk.run(desk.begin(manifest))
    manifest.write_text("path,collection\ninbox/a.txt,nowhere\n")
    with pytest.raises(CollectionNotFound):
        desk.run(desk.begin(manifest))
    assert desk.read == []
    assert {job.state for job in desk.vault.jobs.all(user="local")} == {JobState.FAILED}
