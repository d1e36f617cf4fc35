"""Jobs: what they record, how they resume, how they report vanished files, and manifests."""

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
    """Stands for Ctrl-C."""


class JobRunner:
    """Runs jobs on a folder of notes."""

    def __init__(
        self, vault: Vault, embedder: Embedder, settings: Settings, parsers: ParserPool, inbox: Path
    ) -> None:
        self.vault, self.embedder, self.settings, self.inbox = vault, embedder, settings, inbox
        self.parsers = parsers
        self.read: list[str] = []
        self.failed: list[str] = []
        inbox.mkdir()

    def note(self, name: str, text: str) -> Path:
        path = self.inbox / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"The key to {text} hangs in the porter's lodge.")
        return path

    def begin(self, manifest: Path | None = None) -> Job:
        """Begin a job on the folder, with a manifest if given."""
        sha256 = "" if manifest is None else sha256_of(manifest)
        task = Task((str(self.inbox),), "" if manifest is None else str(manifest), sha256)
        return self.vault.begin_job("matter", task, user="local")

    def run(self, job: Job | None = None, *, stop_after: int = 10**6) -> IngestReport:
        """Run a job; after `stop_after` files, stop it."""
        self.read, self.failed, through = [], [], 0

        def note(event: IngestEvent) -> None:
            nonlocal through
            if isinstance(event, FileStarted):
                self.read.append(Path(event.path).name)
            if isinstance(event, FileDone):
                if event.state is DocumentState.FAILED:
                    self.failed.append(Path(event.path).name)
                through += 1
                if through == stop_after:
                    raise Stopped

        return run_job(self.vault, job or self.begin(), self.embedder, self.settings, note, self.parsers)


@pytest.fixture
def runner(
    vault: Vault,
    collection: Collection,
    embedder: Embedder,
    settings: Settings,
    parsers: ParserPool,
    tmp_path: Path,
) -> JobRunner:
    """Runs jobs on an empty folder."""
    return JobRunner(vault, embedder, settings, parsers, tmp_path / "inbox")


def test_a_resumed_job_does_not_parse_finished_files_again(runner: JobRunner) -> None:
    for number in range(5):
        runner.note(f"{number}.txt", f"unit {number}")
    with pytest.raises(Stopped):
        runner.run(stop_after=3)
    (left,) = runner.vault.jobs.all(user="local")
    assert (left.state, left.ready) == (JobState.STOPPED, 3)
    report = runner.run()
    assert runner.read == ["3.txt", "4.txt"]
    assert (report.ready, report.skipped, report.job) == (5, 0, left.id)
    (done,) = runner.vault.jobs.all(user="local")
    assert (done.state, done.ready, done.pages) == (JobState.DONE, 5, 5)


def test_a_resumed_job_parses_files_that_changed_in_the_meantime(runner: JobRunner) -> None:
    for number in range(3):
        runner.note(f"{number}.txt", f"unit {number}")
    with pytest.raises(Stopped):
        runner.run(stop_after=2)
    runner.note("0.txt", "the boathouse")
    runner.run()
    assert runner.read == ["0.txt", "2.txt"]


def test_a_file_that_was_ingested_but_not_recorded_counts_as_ready(runner: JobRunner) -> None:
    for number in range(2):
        runner.note(f"{number}.txt", f"unit {number}")
    job = runner.begin()
    runner.run(job)
    with runner.vault._db.write() as db:  # as if the process had been killed between the two
        db.execute("DELETE FROM job_files")
        db.execute("UPDATE jobs SET state = 'running'")
    assert (runner.run().ready, len(runner.read)) == (2, 2)


@pytest.mark.slow
def test_a_resumed_job_ingests_the_attachments_of_a_message_that_is_already_stored(
    runner: JobRunner, collection: Collection
) -> None:
    attached = b"The vet came on Tuesday and found the mare lame."
    files.message(runner.inbox / "a.eml", attachment=("vet.txt", attached))
    with pytest.raises(Stopped):
        runner.run(stop_after=1)
    report = runner.run()
    assert (report.ready, report.skipped) == (2, 0)
    assert not any(collection.catalogue.is_unfinished(d.sha256) for d in collection.catalogue.documents())


def test_a_done_job_is_not_resumed_and_keeps_only_the_files_that_need_attention(runner: JobRunner) -> None:
    runner.note("a.txt", "unit 1")
    (runner.inbox / "b.txt").write_bytes(b"")
    first = runner.run()
    assert [file.path for file in runner.vault.jobs.files(first.job)] == [str(runner.inbox / "b.txt")]
    second = runner.run()
    assert second.job != first.job
    assert (second.skipped, len(second.failed)) == (1, 1)


def test_a_job_is_found_by_the_beginning_of_its_id_and_only_by_its_user(runner: JobRunner) -> None:
    job = runner.begin()
    assert runner.vault.jobs.find(job.id[:6], user="local").id == job.id
    with pytest.raises(JobNotFound, match="'zzzz'"):
        runner.vault.jobs.find("zzzz", user="local")
    with pytest.raises(JobNotFound):
        runner.vault.jobs.find(job.id, user="stranger")


def test_a_vanished_file_is_reported_and_its_document_stays(
    runner: JobRunner, collection: Collection
) -> None:
    gone = runner.note("gone.txt", "unit 1")
    runner.note("stays.txt", "unit 2")
    assert runner.run().vanished == []
    gone.unlink()
    (vanished,) = runner.run().vanished
    assert (vanished.path, vanished.collection) == (str(gone), "matter")
    assert collection.catalogue.state(vanished.sha256) is DocumentState.READY


def test_a_file_that_moved_has_not_vanished(runner: JobRunner, collection: Collection) -> None:
    old = runner.note("here.txt", "unit 1")
    runner.run()
    (runner.inbox / "sub").mkdir()
    new = old.rename(runner.inbox / "sub" / "there.txt")
    assert runner.run().vanished == []
    assert [document.path for document in collection.catalogue.documents()] == [str(new)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_under_a_folder_that_cannot_be_listed_nothing_vanishes(runner: JobRunner) -> None:
    runner.note("sub/a.txt", "unit 1")
    runner.run()
    (runner.inbox / "sub").chmod(0)
    report = runner.run()
    (runner.inbox / "sub").chmod(0o700)
    assert report.vanished == []


def test_a_manifest_gives_title_fields_and_collection(runner: JobRunner, collection: Collection) -> None:
    runner.vault.create_collection("other", user="local")
    runner.note("a.txt", "unit 1")
    runner.note("b.txt", "unit 2")
    runner.note("c.txt", "unit 3")
    manifest = runner.inbox.parent / "list.csv"
    manifest.write_text(
        "Path,collection,Title,date,Ward\n"
        'inbox/a.txt,,"Keys, old",2024-05-01,\n'
        f"{runner.inbox}/b.txt,other,,,7\n"
        "inbox/missing.txt,,,,\n"
    )
    report = runner.run(runner.begin(manifest))
    assert [Path(failure.path).name for failure in report.failed] == ["missing.txt"]
    assert "not among the files given" in report.failed[0].reason
    # The job reports the file by name while it runs, and the list of jobs counts it.
    assert "missing.txt" in runner.failed
    assert runner.vault.jobs.find(report.job, user="local").failed == 1
    here = {d.name: d for d in collection.catalogue.documents()}
    assert sorted(here) == ["a.txt", "c.txt"]
    assert here["a.txt"].title == "Keys, old"
    assert here["a.txt"].metadata == (("date", "2024-05-01"), ("title", "Keys, old"))
    manifest.write_text("path,ward\ninbox/a.txt,9\n")
    assert runner.run(runner.begin(manifest)).skipped == 2
    assert collection.catalogue.document(here["a.txt"].sha256).metadata == (("ward", "9"),)


def test_a_manifest_that_lies_among_the_files_is_no_document(
    runner: JobRunner, collection: Collection
) -> None:
    runner.note("a.txt", "unit 1")
    manifest = runner.inbox / "list.csv"
    manifest.write_text("path,ward\na.txt,9\n")
    runner.run(runner.begin(manifest))
    assert [document.name for document in collection.catalogue.documents()] == ["a.txt"]


@pytest.mark.slow
def test_a_manifest_may_use_forty_collections(runner: JobRunner) -> None:
    lines = ["path,collection"]
    for number in range(40):
        runner.vault.create_collection(f"patient {number}", user="local")
        runner.note(f"{number}.txt", f"unit {number}")
        lines.append(f"inbox/{number}.txt,patient {number}")
    manifest = runner.inbox.parent / "list.csv"
    manifest.write_text("\n".join(lines))
    report = runner.run(runner.begin(manifest))
    assert (report.ready, report.failed, report.vanished) == (40, [], [])


def test_an_invalid_manifest_stops_the_job_before_it_parses_a_file(runner: JobRunner) -> None:
    runner.note("a.txt", "unit 1")
    manifest = runner.inbox.parent / "list.csv"
    manifest.write_text("file,title\na.txt,A\n")
    with pytest.raises(ManifestError, match="no column named path"):
        runner.run(runner.begin(manifest))
    manifest.write_text("path,title\na.txt,A,B\n")
    with pytest.raises(ManifestError, match="Line 2"):
        runner.run(runner.begin(manifest))
    manifest.write_text("path,collection\ninbox/a.txt,nowhere\n")
    with pytest.raises(CollectionNotFound):
        runner.run(runner.begin(manifest))
    assert runner.read == []
    assert {job.state for job in runner.vault.jobs.all(user="local")} == {JobState.FAILED}


def test_a_link_out_of_the_folder_is_reported_as_left_out_and_its_document_has_not_vanished(
    runner: JobRunner, collection: Collection, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.txt").write_text("The key to the granary hangs in the porter's lodge.")
    link = runner.inbox / "link.txt"
    link.symlink_to(tmp_path / "elsewhere.txt")
    runner.note("one.txt", "the mill")
    followed = runner.vault.begin_job("matter", Task((str(runner.inbox),), follow_links=True), user="local")
    report = runner.run(followed)
    assert (report.ready, report.left_out) == (2, [])
    report = runner.run()
    assert (report.skipped, report.failed, report.vanished) == (1, [], [])
    assert [(one.path, "--follow-links" in one.reason) for one in report.left_out] == [(str(link), True)]
    assert report.as_json()["left_out"] == [{"path": str(link), "reason": report.left_out[0].reason}]


def test_a_manifest_that_lists_a_link_out_of_the_folder_fails_that_file_with_the_reason(
    runner: JobRunner, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.txt").write_text("The key to the granary hangs in the porter's lodge.")
    (runner.inbox / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    manifest = tmp_path / "list.csv"
    manifest.write_text(f"path\n{runner.inbox / 'link.txt'}\n")
    report = runner.run(runner.begin(manifest))
    assert [Path(failure.path).name for failure in report.failed] == ["link.txt"]
    assert "--follow-links" in report.failed[0].reason and report.left_out == []


def test_links_that_lead_to_one_file_are_added_once(runner: JobRunner, collection: Collection) -> None:
    note = runner.note("note.txt", "the mill")
    for number in range(3):
        (runner.inbox / f"link{number}.txt").symlink_to(note)
    report = runner.run()
    assert (report.ready, report.skipped) == (1, 3)
    assert len(collection.catalogue.documents()) == 1


def test_a_task_of_an_earlier_version_is_continued(runner: JobRunner) -> None:
    """Its JSON in the vault does not say whether links are followed."""
    task = Task((str(runner.inbox),))
    assert set(task.as_json()) == {"paths", "manifest", "manifest_sha256", "upload"}
    assert Task.from_json(task.as_json()) == task
    following = Task((str(runner.inbox),), follow_links=True)
    assert Task.from_json(following.as_json()) == following
    assert runner.vault.begin_job("matter", task, user="local").id != (
        runner.vault.begin_job("matter", following, user="local").id
    )
