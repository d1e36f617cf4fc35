"""The whole run goes on, and ends, when one of its processes dies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.places import ROOT
from tests.waiting import PATIENCE

DEADLY = """
import os, signal

def test_before(): pass

def test_deadly(): os.kill(os.getpid(), signal.SIGKILL)

def test_after(): pass

def test_last(): pass
"""


def test_a_process_that_dies_fails_one_test_and_the_others_are_run_once(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        "from tests.spread import Spread\n\n"
        "def pytest_xdist_make_scheduler(config, log): return Spread(config, log)\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    for number in range(4):
        lines = [f"def test_{case}(): pass\n" for case in "abc"]
        (tmp_path / f"test_{number}.py").write_text("\n".join(lines))
        (tmp_path / f"test_{number}_more.py").write_text(lines[0])
    (tmp_path / "test_3_deadly.py").write_text(DEADLY)
    command = [sys.executable, "-m", "pytest", "-p", "xdist.plugin", "-p", "no:cacheprovider"]
    command += ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    done = subprocess.run(
        [*command, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        timeout=PATIENCE,
        check=False,
    )
    assert "1 failed, 19 passed" in done.stdout, done.stdout + done.stderr
    assert "crashed while running 'test_3_deadly.py::test_deadly'" in done.stdout
