"""Reading processes are lent to one job after the other, and end when nobody needs them."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from ingest.pipeline import Ingest
from ingest.reader_pool import ReaderPool
from ingest.report import FileDone, IngestEvent
from tests.documents import new_collection
from vault.collection import Collection
from vault.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault


def note(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"The key to {text} hangs in the porter's lodge.")
    return path


def lent(readers: ReaderPool) -> int:
    """The process id of the Reader that is lent next."""
    reader = readers.take()
    readers.give_back(reader)
    assert reader.pid is not None
    return reader.pid


def test_runs_into_two_collections_are_read_by_one_process(
    vault: Vault, embedder: Embedder, settings: Settings, tmp_path: Path
) -> None:
    with ReaderPool(settings) as readers:
        seen = set()
        for name in ("one", "two"):
            path = note(tmp_path, f"{name}.txt", name)
            with new_collection(vault, name) as collection:
                assert Ingest(collection, embedder, settings, readers=readers).run([path]).ready == 1
            seen.add(lent(readers))
        assert len(seen) == 1
    assert not psutil.pid_exists(seen.pop())


def test_a_run_that_is_stopped_leaves_no_process_that_the_next_one_would_stumble_over(
    collection: Collection, embedder: Embedder, settings: Settings, tmp_path: Path
) -> None:
    paths = [note(tmp_path, f"{number}.txt", f"unit {number}") for number in range(3)]

    def stop(event: IngestEvent) -> None:
        if isinstance(event, FileDone):
            raise KeyboardInterrupt

    with ReaderPool(settings) as readers:
        with pytest.raises(KeyboardInterrupt):
            Ingest(collection, embedder, settings, stop, readers=readers).run(paths)
        assert readers.take().pid is None
        report = Ingest(collection, embedder, settings, readers=readers).run(paths)
    assert (report.ready, report.skipped, report.failed) == (2, 1, [])


def test_two_who_take_at_the_same_time_get_two_readers(settings: Settings) -> None:
    with ReaderPool(settings) as readers:
        first, second = readers.take(), readers.take()
        assert first is not second
        readers.give_back(first)
        assert readers.take() is first


def test_a_process_that_ended_while_nobody_had_it_is_started_again(
    settings: Settings, tmp_path: Path
) -> None:
    path = note(tmp_path, "a.txt", "unit 1")
    with ReaderPool(settings) as readers:
        reader = readers.take()
        reader.read(path)
        readers.give_back(reader)
        psutil.Process(lent(readers)).kill()
        psutil.Process(lent(readers)).wait()
        again = readers.take()
        assert "porter's lodge" in again.read(path).pages[0].text
        readers.give_back(again)


def test_after_closing_a_reader_ends_when_it_is_given_back(settings: Settings) -> None:
    readers = ReaderPool(settings)
    reader = readers.take()
    reader.start()
    readers.close()
    assert reader.pid is not None and psutil.pid_exists(reader.pid)
    readers.give_back(reader)
    assert reader.pid is None
