"""Parsers are lent to one job after the other, and end when nobody needs them."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from ingest.report import FileDone, IngestEvent
from tests.documents import new_collection
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault


def note(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"The key to {text} hangs in the porter's lodge.")
    return path


def lent(parsers: ParserPool) -> int:
    """The process id of the Reader that is lent next."""
    reader = parsers.take()
    parsers.give_back(reader)
    assert reader.pid is not None
    return reader.pid


def test_runs_into_two_collections_are_read_by_one_process(
    vault: Vault, embedder: Embedder, settings: Settings, tmp_path: Path
) -> None:
    with ParserPool(settings) as parsers:
        seen = set()
        for name in ("one", "two"):
            path = note(tmp_path, f"{name}.txt", name)
            with new_collection(vault, name) as collection:
                assert Ingest(collection, embedder, settings, parsers=parsers).run([path]).ready == 1
            seen.add(lent(parsers))
        assert len(seen) == 1
    assert not psutil.pid_exists(seen.pop())


def test_a_run_that_is_stopped_leaves_no_process_that_the_next_one_would_stumble_over(
    collection: Collection, embedder: Embedder, settings: Settings, tmp_path: Path
) -> None:
    paths = [note(tmp_path, f"{number}.txt", f"unit {number}") for number in range(3)]

    def stop(event: IngestEvent) -> None:
        if isinstance(event, FileDone):
            raise KeyboardInterrupt

    with ParserPool(settings) as parsers:
        with pytest.raises(KeyboardInterrupt):
            Ingest(collection, embedder, settings, stop, parsers=parsers).run(paths)
        assert parsers.take().pid is None
        report = Ingest(collection, embedder, settings, parsers=parsers).run(paths)
    assert (report.ready, report.skipped, report.failed) == (2, 1, [])


def test_two_who_take_at_the_same_time_get_two_readers(settings: Settings) -> None:
    with ParserPool(settings) as parsers:
        first, second = parsers.take(), parsers.take()
        assert first is not second
        parsers.give_back(first)
        assert parsers.take() is first


def test_a_process_that_ended_while_nobody_had_it_is_started_again(
    settings: Settings, tmp_path: Path
) -> None:
    path = note(tmp_path, "a.txt", "unit 1")
    with ParserPool(settings) as parsers:
        reader = parsers.take()
        reader.read(path)
        parsers.give_back(reader)
        psutil.Process(lent(parsers)).kill()
        psutil.Process(lent(parsers)).wait()
        again = parsers.take()
        assert "porter's lodge" in again.read(path).pages[0].text
        parsers.give_back(again)


def test_after_closing_a_reader_ends_when_it_is_given_back(settings: Settings) -> None:
    parsers = ParserPool(settings)
    reader = parsers.take()
    reader.start()
    parsers.close()
    assert reader.pid is not None and psutil.pid_exists(reader.pid)
    parsers.give_back(reader)
    assert reader.pid is None
