"""Parsers are lent to one job after another, and end when nobody needs them."""

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
    """Write a text file with one sentence."""
    path = folder / name
    path.write_text(f"The key to {text} hangs in the porter's lodge.")
    return path


def next_pid(parsers: ParserPool) -> int:
    """Return the process id of the Parser that is lent next."""
    parser = parsers.take()
    parsers.give_back(parser)
    assert parser.pid is not None
    return parser.pid


def test_two_collections_are_parsed_by_one_process(
    vault: Vault, embedder: Embedder, settings: Settings, tmp_path: Path
) -> None:
    with ParserPool(settings) as parsers:
        seen = set()
        for name in ("one", "two"):
            path = note(tmp_path, f"{name}.txt", name)
            with new_collection(vault, name) as collection:
                assert Ingest(collection, embedder, settings, parsers=parsers).run([path]).ready == 1
            seen.add(next_pid(parsers))
        assert len(seen) == 1
    assert not psutil.pid_exists(seen.pop())


def test_a_stopped_run_leaves_no_dead_process_for_the_next_run(
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


def test_two_takers_at_the_same_time_get_two_parsers(settings: Settings) -> None:
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
        parser = parsers.take()
        parser.parse(path)
        parsers.give_back(parser)
        psutil.Process(next_pid(parsers)).kill()
        psutil.Process(next_pid(parsers)).wait()
        again = parsers.take()
        assert "porter's lodge" in again.parse(path).pages[0].text
        parsers.give_back(again)


def test_after_closing_a_parser_ends_when_it_is_given_back(settings: Settings) -> None:
    parsers = ParserPool(settings)
    parser = parsers.take()
    parser.start()
    parsers.close()
    assert parser.pid is not None and psutil.pid_exists(parser.pid)
    parsers.give_back(parser)
    assert parser.pid is None
