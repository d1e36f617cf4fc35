"""Which test files run where and when, so that both cores are busy and slow libraries are imported once."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

_TORCH = "torch"
_GROUPS = dict.fromkeys(
    (
        "tests/bench/test_fit_staff.py",
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
    """Gives a process all tests of a file, or of a group of files."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return _GROUPS.get(file, file)

    def remove_node(self, node: WorkerController) -> str | None:
        """Give the other processes what a process that died had left; return the test that it died in.

        Without this, xdist also gives them the files that it had finished, waits for their tests for ever,
        and runs the test that killed the process again, until no process is left.
        """
        left = self.assigned_work[node]
        for scope in [scope for scope, tests in left.items() if all(tests.values())]:
            del left[scope]
        for tests in left.values():
            for test in [test for test, ended in tests.items() if not ended][:1]:
                tests[test] = True
                super().remove_node(node)
                return test
        return super().remove_node(node)


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
