"""Which test files run where and when, so that both cores are busy and slow libraries are imported once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

_TORCH = "torch"
_GROUPS = dict.fromkeys(
    (
        "tests/bench/staff/test_the_sets.py",
        "tests/bench/test_fit_staff.py",
        "tests/bench/test_fit_tables.py",
        "tests/ingest/formats/office/test_forms.py",
        "tests/ingest/formats/office/test_office.py",
        "tests/ingest/formats/office/test_office_binary.py",
        "tests/ingest/formats/office/test_office_extras.py",
        "tests/ingest/formats/test_archives_and_pictures.py",
        "tests/ingest/formats/test_hidden_text.py",
        "tests/ingest/formats/text/test_text.py",
        "tests/ingest/test_rebuild.py",
        "tests/rag/reader/test_reader.py",
        "tests/rag/weights/test_weights.py",
        "tests/training/test_train.py",
        "tests/training/world/test_rows.py",
        "tests/ui/cli/test_collections.py",
        "tests/vault/embedding/test_embedder.py",
        "tests/vault/embedding/test_folder_embedder.py",
    ),
    _TORCH,
)
"""Files that use torch or what imports it. Their tests run in one process, which imports it once."""
_WAITING = ("tests/ui/", "tests/rag/models/", "tests/test_offline.py", "tests/vault/process/")
"""Tests there often wait: for a browser, for another process."""


class Spread(LoadFileScheduling):
    """Gives a process all tests of a file, or of a group of files; the run ends also if a process dies."""

    def remove_node(self, node: WorkerController) -> str | None:
        """Give the tests that the process still had to others, but not the one that it ran: that has failed,
        and would end the next process too.

        Without this, files that are through are given out again as well, and a process that gets one has
        nothing to run, never asks for more, and the whole run waits for it.
        """
        work = self.assigned_work[node]
        ran = next(
            ((unit, test) for unit in work.values() for test, ended in unit.items() if not ended), None
        )
        if ran is not None:
            unit, test = ran
            unit[test] = True
        for file in [file for file, unit in work.items() if all(unit.values())]:
            del work[file]
        super().remove_node(node)
        return None if ran is None else ran[1]

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        """Take what a process has collected. One that collected other tests than the first cannot be used."""
        super().add_node_collection(node, collection)
        if node not in self.registered_collections:
            node.shutdown()

    def _reschedule(self, node: WorkerController) -> None:
        """Give a process more tests; one that took the place of a dead one first collects them."""
        if node in self.registered_collections:
            super()._reschedule(node)

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return _GROUPS.get(file, file)


def spread(items: list[pytest.Item]) -> None:
    """Order the tests: first the group, then files that wait, evenly among those that compute."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.split("::", 1)[0], []).append(item)
    grouped = [file for file in files if file in _GROUPS]
    others = [file for file in files if file not in _GROUPS]
    waiting = [file for file in others if file.startswith(_WAITING)]
    computing = [file for file in others if not file.startswith(_WAITING)]
    order = [*grouped, *_mixed(waiting, computing)]
    items[:] = [item for file in order for item in files[file]]


def _mixed(*parts: list[str]) -> Iterable[str]:
    """Return the files of all parts, each part spread evenly from first to last."""
    places = [((number + 0.5) / len(part), file) for part in parts for number, file in enumerate(part)]
    return [file for _, file in sorted(places)]
