"""No temporary copy outlives the process that made it by long."""

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
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(folder, "_YOUNG_SECONDS", -1.0)
    return tmp_path


def test_a_folder_is_this_users_alone_and_goes_with_all_that_is_in_it() -> None:
    folder = ParserFolder()
    assert folder.path.stat().st_mode & 0o777 == 0o700
    (folder.path / "part").mkdir()
    (folder.path / "part" / "copy.pdf").write_text("a patient's letter")
    folder.remove()
    assert not folder.path.exists()


def test_folders_of_owners_that_were_killed_are_removed_and_those_of_the_living_kept(temporary: Path) -> None:
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
        theirs = Path(owner.stdout.readline().strip())
        ours = ParserFolder()
        assert (theirs / "copy").exists()
        os.kill(owner.pid, signal.SIGKILL)
        owner.wait()
    ParserFolder().remove()
    assert not theirs.exists()
    assert ours.path.exists()
    ours.remove()


def test_a_link_in_the_place_of_a_folder_is_not_followed(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (temporary / "incamera-read-link").symlink_to(elsewhere)
    ParserFolder().remove()
    assert (elsewhere / "kept").exists()
