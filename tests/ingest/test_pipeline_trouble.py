"""Trouble with one file does not affect the others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest import pipeline
from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent
from tests.file_modes import obey_file_modes
from tests.ingest import files
from tests.ingest.invariants import assert_consistent
from tests.ingest.long_files import long_pdf
from tests.ingest.paused_parsers import parsers_of, paused_parsers
from tests.ingest.test_pipeline import LEASE, NEWER, counts, inbox, job, reasons, states
from tests.places import ROOT
from tests.waiting import PATIENCE, until
from vault.embedding.embedder import Embedder
from vault.files.originals import sha256_of
from vault.settings import Settings
from vault.store.collection import Collection

__all__ = ["inbox", "job"]

INGEST = """
import json, sys
from pathlib import Path
from ingest.pipeline import Ingest
from tests.documents import new_collection
from vault.embedding.load import load_embedder
from vault.settings import Settings
from vault.vault import Vault
settings = Settings(data=Path(sys.argv[1]))
with (
    Vault.create(settings.data, user="local", purpose="test") as vault,
    new_collection(vault, "matter") as collection,
):
    report = Ingest(collection, load_embedder(settings.data / "embedder"), settings).run([Path(sys.argv[2])])
print(json.dumps(report.as_json()))
"""


def test_a_file_without_permission_is_reported_and_the_others_are_ingested(data: Path, inbox: Path) -> None:
    files.pdf(inbox / "open.pdf", LEASE)
    (inbox / "shut folder").mkdir()
    files.pdf(inbox / "shut folder" / "unseen.pdf")
    shut = (files.pdf(inbox / "shut.pdf", NEWER), inbox / "shut folder")
    for path in shut:
        path.chmod(0)
    child = subprocess.run(
        [sys.executable, "-c", INGEST, data, inbox], preexec_fn=obey_file_modes,
        capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=ROOT,
    )  # fmt: skip
    for path in shut:
        path.chmod(0o700)
    assert child.returncode == 0, child.stderr
    report = json.loads(child.stdout)
    assert (report["ready"], len(report["failed"])) == (1, 2)
    said = {Path(failure["path"]).name: failure["reason"] for failure in report["failed"]}
    assert "permission denied" in said["shut.pdf"]
    assert "folder cannot be listed: permission denied" in said["shut folder"]


def test_equal_files_that_fail_in_one_run_each_have_a_reason(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    for name in "abcdefgh":
        files.empty_pdf(inbox / f"{name}.pdf")
    report = job.run([inbox])
    assert counts(report) == (0, 0, 0, 8)
    assert len(set(reasons(report).values())) == 1
    assert len(assert_consistent(collection)) == 1


def test_a_failed_file_is_tried_again_and_its_original_is_not_kept(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    broken = inbox / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nthis is where it ends")
    for _ in range(2):
        report = job.run([broken])
        assert reasons(report)["broken.pdf"]
        assert states(collection) == {"broken.pdf": "failed"}
        assert not collection.originals.has(sha256_of(broken))
    assert_consistent(collection)


def test_a_file_that_opens_but_has_no_text_is_listed_with_that_reason(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    blank = inbox / "blank.txt"
    blank.write_text(" \n\n ")
    report = job.run([blank])
    assert counts(report) == (0, 1, 0, 0)
    assert "only blanks" in report.partial[0].reason
    assert states(collection) == {"blank.txt": "partial"}
    assert counts(job.run([blank])) == (0, 0, 1, 0)
    assert_consistent(collection)


def test_a_new_version_without_text_leaves_the_old_one_searchable(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    path = inbox / "lease.txt"
    path.write_text("The rent is due in March.")
    job.run([path])
    path.write_text(" ")
    job.run([path])
    assert sorted(d.state for d in collection.catalogue.documents()) == ["partial", "ready"]
    assert collection.catalogue.lexical.match('"rent"', 5)


def test_a_new_version_that_fails_leaves_the_old_one_searchable(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    path = files.pdf(inbox / "lease.pdf", LEASE)
    job.run([path])
    path.write_bytes(path.read_bytes()[:500])
    assert counts(job.run([path])) == (0, 0, 0, 1)
    assert collection.catalogue.lexical.match('"vinery"', 5)
    assert_consistent(collection)


def test_files_that_cannot_be_read_have_a_reason_and_do_not_stop_the_others(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    whole = files.pdf(inbox / "good.pdf")
    files.pdf(inbox / "also good.pdf", LEASE)
    files.pdf(inbox / "locked.pdf", password="secret")
    files.empty_pdf(inbox / "no pages.pdf")
    (inbox / "empty.pdf").write_bytes(b"")
    (inbox / "cut off.pdf").write_bytes(whole.read_bytes()[:700])
    (inbox / "program.exe").write_bytes(b"MZ" + bytes(range(256)) * 20)
    (inbox / "gone.pdf").symlink_to(inbox / "missing.pdf")
    report = job.run([inbox])
    assert counts(report) == (2, 0, 0, 6)
    said = reasons(report)
    for name, words in {
        "locked.pdf": "password",
        "no pages.pdf": "broken",
        "empty.pdf": "empty (0 bytes)",
        "cut off.pdf": "cut off",
        "program.exe": "not a document",
        "gone.pdf": "link leads nowhere",
    }.items():
        assert words in said[name], said[name]
        assert said[name].endswith("."), said[name]
        assert str(inbox) not in said[name]
    assert_consistent(collection)


def test_an_attachment_that_failed_is_tried_again_with_its_message(
    job: Ingest, collection: Collection, inbox: Path
) -> None:
    message = files.message(inbox / "m.eml", attachment=("cut.pdf", b"%PDF-1.4 and no more"))
    assert counts(job.run([message])) == (1, 0, 0, 1)
    assert collection.catalogue.is_unfinished(sha256_of(message))
    assert counts(job.run([message])) == (0, 0, 1, 1)
    assert_consistent(collection)


def test_when_the_parser_is_killed_only_that_file_fails(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, inbox: Path
) -> None:
    parsers.end_idle()
    files.pdf(inbox / "a.pdf", LEASE)
    long_pdf(inbox / "b long.pdf")
    files.pdf(inbox / "c.pdf", NEWER)

    def kill(event: IngestEvent) -> None:
        # The file before is done, so the next fork parses this one, for many seconds.
        if isinstance(event, FileDone) and event.path.endswith("a.pdf"):
            (parser,) = parsers_of(os.getpid())
            until(parser.children)
            parser.kill()

    report = Ingest(collection, embedder, settings, kill, parsers=parsers).run([inbox])
    assert counts(report) == (2, 0, 0, 1)
    assert "ended by signal 9" in reasons(report)["b long.pdf"]
    assert_consistent(collection)


@pytest.mark.slow
def test_attachments_that_were_left_out_by_a_stop_are_ingested_next_time(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, inbox: Path
) -> None:
    lease = files.pdf(inbox / "lease.pdf", LEASE).read_bytes()
    (inbox / "lease.pdf").unlink()
    files.message(inbox / "m.eml", attachment=("lease.pdf", lease))

    def stop(event: IngestEvent) -> None:
        if isinstance(event, FileDone):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Ingest(collection, embedder, settings, stop, parsers=parsers).run([inbox])
    assert states(collection) == {"m.eml": "ready"}
    assert counts(Ingest(collection, embedder, settings, parsers=parsers).run([inbox])) == (1, 0, 1, 0)
    assert states(collection) == {"m.eml": "ready", "lease.pdf": "ready"}
    assert_consistent(collection)


def test_stopping_does_not_wait_for_the_file_that_is_being_parsed(
    collection: Collection, embedder: Embedder, settings: Settings, parsers: ParserPool, inbox: Path
) -> None:
    parsers.end_idle()
    files.pdf(inbox / "a.pdf", LEASE)

    def stop(event: IngestEvent) -> None:
        if isinstance(event, FilesFound):
            return
        assert isinstance(event, FileStarted)
        assert paused.wait(PATIENCE)
        raise KeyboardInterrupt

    # The parser is paused until the ingest has ended: an ingest that waited for it would wait for ever.
    with paused_parsers(os.getpid()) as paused, pytest.raises(KeyboardInterrupt):
        Ingest(collection, embedder, settings, stop, parsers=parsers).run([inbox])
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("parse")]
    assert_consistent(collection)


class Interrupting:
    """An embedder that interrupts the ingest in a call for the long document, and counts later calls."""

    def __init__(self, embedder: Embedder, at: str, is_first_in: Callable[[], bool]) -> None:
        self._embedder = embedder
        self._at = at
        self._is_first_in = is_first_in
        self._calls = 0
        self.stop = threading.Event()
        self.after = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count tokens as usual, or interrupt."""
        if "goods" in texts[0]:
            until(self._is_first_in)
            self._called("count_tokens")
        return self._embedder.count_tokens(texts)

    def embed(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Embed as usual, or interrupt."""
        if "goods" in texts[0]:
            self._called("embed")
        return self._embedder.embed(texts, query=query)

    def _called(self, name: str) -> None:
        """Interrupt at the second call of the chosen method."""
        self.after += self.stop.is_set()
        if name == self._at and not self.stop.is_set():
            self._calls += 1
            if self._calls == 2:
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
                assert self.stop.wait(PATIENCE)


@pytest.mark.slow
@pytest.mark.parametrize("at", ["count_tokens", "embed"])
def test_a_stop_does_not_wait_for_a_long_document_to_be_cut_and_embedded(
    collection: Collection, embedder: Embedder, settings: Settings, tmp_path: Path, at: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(pipeline, "_CHUNKS_AT_ONCE", 8)
    (tmp_path / "0.txt").write_text("The fee is due in May.")
    (tmp_path / "1 long.txt").write_text(
        "The parties agree that the goods are delivered on Monday.\n\n" * 1_600
    )
    interrupting = Interrupting(embedder, at, lambda: bool(collection.catalogue.documents()))
    ingest = Ingest(collection, interrupting, settings)
    interrupting.stop = ingest._stop
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            ingest.run([tmp_path])
    finally:
        signal.signal(signal.SIGINT, previous)
    assert interrupting.after <= 2  # of more than a hundred chunks, in more than ten pieces
    assert [document.name for document in collection.catalogue.documents()] == ["0.txt"]
