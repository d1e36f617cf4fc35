"""A full or failing disk, below the commands: the database, the vector index, copies of models, uploads."""

from __future__ import annotations

import errno
import os
import sqlite3
import textwrap
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.documents import document
from tests.small_disk import SmallDisk
from vault.errors import DiskFailed, DiskFull, NotWritable, StorageError, VaultInUse
from vault.files.storage import storage_error
from vault.records import Chunk, Page, Span
from vault.store.collection import Collection

BEGIN = """
import os, sys
from pathlib import Path
disk = Path(sys.argv[1])
def fill(leave=0):
    with (disk / "filler").open("ab", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            filler.truncate(max(0, os.fstat(filler.fileno()).st_size - leave))
def free():
    (disk / "filler").unlink()
def refused(what):
    from vault.errors import DiskFull
    try:
        what()
    except DiskFull as error:
        assert "no room left" in str(error) and str(disk) in str(error), error
        return
    raise AssertionError("the full disk was not noticed")
"""


def on(disk: SmallDisk, script: str, *arguments: object) -> None:
    """Run a script in one process that sees the disk."""
    whole = BEGIN + textwrap.dedent(script)
    done = disk.run_python(whole, disk.place, *arguments, environment=os.environ)
    assert done.returncode == 0, done.stderr


def test_a_transaction_that_found_no_room_is_undone_and_the_next_one_works(disk: SmallDisk) -> None:
    on(
        disk,
        """
        from vault.database.database import open_database
        db = open_database(disk / "a.db", ["CREATE TABLE t (x)"])
        def write(count):
            with db.write() as connection:
                connection.executemany("INSERT INTO t VALUES (?)", [("x" * 5000,)] * count)
        write(2)
        fill()
        refused(lambda: write(2000))
        refused(lambda: write(2000))
        refused(db.scrub)
        refused(lambda: open_database(disk / "b.db", ["CREATE TABLE t (x)"]))
        with db.read() as connection:
            assert connection.execute("SELECT count(*) FROM t").fetchone()[0] == 2
        free()
        write(3)
        with db.read() as connection:
            assert connection.execute("SELECT count(*) FROM t").fetchone()[0] == 5
        """,
    )


def test_a_disk_that_fills_while_files_come_in_stops_the_job_and_loses_nothing(
    disk: SmallDisk, tmp_path: Path, embedder_cache: Path, embedder: object
) -> None:
    """The disk is filled after the second file, and the job continues in the same process."""
    on(
        disk,
        """
        from ingest.job import run_job
        from ingest.report import FileDone
        from tests.ingest import files
        from tests.ingest.invariants import assert_consistent
        from vault.access import Action
        from vault.embedding.load import load_embedder
        from vault.ledger.jobs import JobState, Task
        from vault.settings import Settings
        from vault.vault import Vault

        settings = Settings(data=disk / "data")
        inbox = Path(sys.argv[2])
        embedder = load_embedder(Path(sys.argv[3]))
        with Vault.create(settings.data, user="local", purpose="tests") as vault:
            vault.create_collection("matter", user="local")
            for turn, leave in enumerate((0, 400_000)):
                folder = inbox / str(turn)
                folder.mkdir(parents=True)
                for number in range(5):
                    line = f"The rent of unit {turn}{number} is due in March."
                    files.pdf(folder / f"{number}.pdf", [[("Helvetica", 10.0, line)]])
                done = []
                def note(event):
                    if isinstance(event, FileDone):
                        done.append(event)
                        if len(done) == 2:
                            fill(leave)
                task = Task((str(folder),))
                job = vault.begin_job("matter", task, user="local")
                refused(lambda: run_job(vault, job, embedder, settings, note))
                assert not [event for event in done if event.reason], done
                free()
                again = vault.begin_job("matter", task, user="local")
                assert again.id == job.id and again.resumed
                report = run_job(vault, again, embedder, settings)
                assert (report.ready, report.failed) == (5, [])
            with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
                assert len(assert_consistent(collection)) == 10
        """,
        tmp_path / "inbox",
        embedder_cache,
    )


def test_a_vector_index_that_met_a_full_disk_answers_again_and_never_hangs(disk: SmallDisk) -> None:
    on(
        disk,
        """
        import numpy as np
        from vault.embedding.embedder import EmbedderIdentity
        from vault.store.vectors import Vectors
        random = np.random.default_rng(1)
        rows = random.normal(size=(4000, 384)).astype("float32")
        first = Vectors(disk / "new")
        first.close()
        fill()
        refused(lambda: Vectors(disk / "other"))
        refused(lambda: Vectors(disk / "other"))
        free()
        other = Vectors(disk / "other")
        other.add(range(10), rows[:10])
        fill(leave=1 << 20)
        for _ in range(3):
            refused(lambda: other.add(range(10, 500), rows[10:500]))
            refused(lambda: other.rebuild((number, rows[number]) for number in range(20)))
        assert not (disk / "other.new").exists()
        free()
        other.add(range(10, 500), rows[10:500])
        assert other.count() == 500 and other.nearest(rows[77], 1)[0][0] == 77
        """,
    )


@pytest.mark.slow
def test_an_index_whose_files_were_cut_off_is_rebuilt_from_the_catalogue(
    collection: Collection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk leaves such files when another program takes the room while Chroma writes."""
    # Chroma writes its index to files from a thousand vectors on.
    text = "ab " * 1200
    record = document("long.txt", text, chunks=1200)
    chunks = [
        Chunk(record.sha256, number, "", (Span(1, 3 * number, 3 * number + 2),), 3) for number in range(1200)
    ]
    vectors = np.random.default_rng(1).normal(size=(1200, 384)).astype(np.float32)
    collection.add(record, [Page(1, text)], chunks, vectors)
    folder = collection._folder
    wanted = set(collection.catalogue.chunks.ids())
    collection.close()
    (pickled,) = folder.glob("vectors/*/index_metadata.pickle")
    pickled.write_bytes(pickled.read_bytes()[:-500])
    again = Collection(collection.id, "matter", folder)
    assert again.vector_ids() == wanted
    assert "is damaged" in caplog.text and "rebuilt from the catalogue" in caplog.text
    again.close()


def test_a_copy_of_a_model_that_does_not_fit_leaves_nothing_and_is_made_later(
    disk: SmallDisk, tmp_path: Path
) -> None:
    """There is room when the copy begins, and then another program takes it."""
    on(
        disk,
        """
        from rag.models.adding import add_model
        from tests.tiny_gguf import write
        from vault.vault import Vault

        file = write(Path(sys.argv[2]) / "large.gguf", width=512, feed_forward=2048)
        assert file.stat().st_size > 8 << 20  # several blocks
        with Vault.create(disk / "data", user="local", purpose="tests") as vault:
            blocks = []
            def fills(done, total):
                if not blocks:
                    fill()
                blocks.append(done)
            models = vault.models
            models.folder.mkdir()
            fill(leave=file.stat().st_size + 8192)
            refused(lambda: add_model(models, file, on_bytes=fills))
            assert list(models.folder.iterdir()) == [] and models.all() == []
            free()
            model = add_model(models, file)
            assert Path(model.path).read_bytes() == file.read_bytes()
        """,
        tmp_path,
    )


def test_a_copy_of_a_built_in_model_reports_that_there_is_no_room(disk: SmallDisk) -> None:
    disk.fill(leave=20 << 20)
    on(
        disk,
        """
        from rag.reader.load import load_reader
        from vault.embedding.load import load_embedder
        for load in (load_embedder, load_reader):
            refused(lambda: load(disk / "embedder"))
        assert not (disk / "embedder").exists() or not list((disk / "embedder").iterdir())
        """,
    )


@pytest.mark.slow
def test_uploads_that_do_not_fit_leave_nothing_and_a_job_of_them_can_go_on(
    disk: SmallDisk, embedder_cache: Path, embedder: object, tmp_path: Path
) -> None:
    on(
        disk,
        """
        import time
        from tests.ingest import files
        from tests.uploads import stored
        from ui.services.jobs import Jobs
        from vault.embedding.load import load_embedder
        from vault.settings import Settings
        from vault.vault import Vault

        settings = Settings(data=disk / "data")
        with Vault.create(settings.data, user="local", purpose="tests") as vault:
            vault.create_collection("matter", user="local")
            def loaded():
                fill(leave=2 << 20)  # while the job waits for its embedder
                return load_embedder(Path(sys.argv[2]))
            jobs = Jobs(vault, settings, loaded)
            def upload(text):
                return jobs.submit("matter", "local", stored(vault, "matter", ("a.pdf", text)))
            fill(leave=1 << 20)
            refused(lambda: upload(b"x" * (3 << 20)))
            assert list((disk / "data" / "incoming").iterdir()) == []
            free()
            job = upload(files.pdf(Path(sys.argv[3])).read_bytes())
            def ended():
                while not (view := jobs.views("matter", "local")[0]).finished:
                    time.sleep(0.05)
                return view
            said = ended().error
            assert "no room left" in said and f"incamera jobs --resume {job.id}" in said, said
            free()
            stopped = vault.jobs.find(job.id, user="local")
            assert stopped.state == "stopped" and vault.uploads.files(stopped.task.upload)
            jobs._embedder = lambda: load_embedder(Path(sys.argv[2]))
            jobs.begin("matter", stopped.task, "local")
            view = ended()
            assert (view.added, view.error) == (1, ""), view
            jobs.close()
        """,
        embedder_cache,
        tmp_path / "a.pdf",
    )


def test_signing_in_on_a_full_disk_says_so_and_the_link_works_later(disk: SmallDisk) -> None:
    on(
        disk,
        """
        import asyncio
        from ui.server.gate import Gate
        from ui.server.names import ServerNames
        from ui.services.session import Sessions
        from vault.vault import Vault

        with Vault.create(disk / "data", user="local", purpose="tests") as vault:
            sessions = Sessions(vault.sessions, user="local", hours=72, port=8765)
            query = b"token=" + sessions.new_link().encode()
            scope = {"type": "http", "method": "GET", "path": "/login", "query_string": query,
                     "headers": [(b"host", b"127.0.0.1:8765")]}
            def opened():
                said = []
                async def send(message):
                    said.append(message)
                asyncio.run(Gate(None, sessions, names=ServerNames(8765))(scope, None, send))
                return said[0]["status"], said[1]["body"].decode()
            fill()
            # The log of the database still has some room, until that is used up.
            while (answer := opened())[0] == 200:
                query = b"token=" + sessions.new_link().encode()
                scope["query_string"] = query
            assert answer[0] == 507 and "no room left" in answer[1], answer
            free()
            assert opened()[0] == 200
        """,
    )


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, NotWritable),
        (errno.EACCES, NotWritable),
        (errno.EIO, DiskFailed),
        (errno.EFBIG, DiskFailed),
        (errno.ENOENT, None),
    ],
)
def test_every_errno_of_a_disk_becomes_one_of_three_errors(
    tmp_path: Path, number: int, kind: type[StorageError] | None
) -> None:
    error = storage_error(OSError(number, os.strerror(number)), tmp_path / "not there" / "file")
    assert type(error) is (kind or type(None))
    if error is not None:
        assert isinstance(error, StorageError)
        assert str(tmp_path / "not there" / "file") in str(error) and error.exit_code == 1 and error.passing


def test_a_database_locked_by_another_program_is_not_reported_as_damaged(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other,
        closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None, timeout=0)) as ours,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as locked:
            ours.execute("CREATE TABLE t (x)")
    assert isinstance(storage_error(locked.value, tmp_path / "a.db"), VaultInUse)
    assert storage_error(sqlite3.DatabaseError("file is not a database"), tmp_path / "a.db") is None
