"""Temporary copies are removed soon after the process that made them has ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ingest.parsing import folder
from ingest.parsing.folder import ParserFolder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files in the tests of this file."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(folder, "_YOUNG_SECONDS", -1.0)
    return tmp_path


def test_only_this_user_can_open_a_folder_and_it_is_removed_with_its_content() -> None:
    folder = ParserFolder()
    assert folder.path.stat().st_mode & 0o777 == 0o700
    (folder.path / "part").mkdir()
    (folder.path / "part" / "copy.pdf").write_text("a patient's letter")
    folder.remove()
    assert not folder.path.exists()


def test_folders_of_killed_owners_are_removed_and_those_of_running_owners_stay(temporary: Path) -> None:
    script = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from ingest.parsing.folder import ParserFolder\n"
        "folder = ParserFolder(); (folder.path / 'copy').write_text('secret')\n"
        "print(folder.path, flush=True); sys.stdin.read()"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", script, temporary], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )
    with owner:
        assert owner.stdout
        other_folder = Path(owner.stdout.readline().strip())
        own_folder = ParserFolder()
        assert (other_folder / "copy").exists()
        os.kill(owner.pid, signal.SIGKILL)
        owner.wait()
    ParserFolder().remove()
    assert not other_folder.exists()
    assert own_folder.path.exists()
    own_folder.remove()


def test_a_link_in_the_place_of_a_folder_is_not_followed(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (temporary / "incamera-read-link").symlink_to(elsewhere)
    ParserFolder().remove()
    assert (elsewhere / "kept").exists()
