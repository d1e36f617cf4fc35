"""Which files are found under the given paths."""

import os
from pathlib import Path

import pytest

from ingest.discover import discover
from vault.errors import PathNotFound


def test_files_under_a_folder_are_listed_in_order_and_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/m.txt"):
        (tmp_path / name).write_text("x")
    found = discover([tmp_path, tmp_path / "a.txt"])
    assert [source.name for source in found] == ["a.txt", "z.txt", "m.txt"]


def test_hidden_files_and_lock_files_are_skipped(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".DS_Store", "~$lease.docx", ".git/config", "Thumbs.db", "kept.txt"):
        (tmp_path / name).write_text("x")
    assert [source.name for source in discover([tmp_path])] == ["kept.txt"]


def test_a_path_that_does_not_exist_stops_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(PathNotFound, match="nowhere"):
        discover([tmp_path / "a.txt", tmp_path / "nowhere"])


def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "missing")
    (source,) = discover([tmp_path])
    assert "link leads nowhere" in str(source.problem)


def test_a_pipe_is_reported_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (source,) = discover([tmp_path])
    assert "not a regular file" in str(source.problem)
