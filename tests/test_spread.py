"""A process of the suite that dies fails one test, and the run goes on to its end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.waiting import PATIENCE

pytestmark = pytest.mark.slow

CONFTEST = """
from tests.spread import Spread

def pytest_xdist_make_scheduler(config, log):
    return Spread(config, log)
"""
TESTS = """
import os
import pytest

@pytest.mark.parametrize("number", range(4))
def test_that_is_named_by_its_number(number):
    if number in {deadly}:
        os._exit(1)
"""


def run(folder: Path, deadly: dict[int, tuple[int, ...]]) -> str:
    """Run eight files of four tests in two processes; `deadly` are tests that end theirs, by file."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]")
    for file in range(8):
        (folder / f"test_{file}.py").write_text(TESTS.format(deadly=deadly.get(file, ())))
    spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    plain = ["-q", "-p", "no:langsmith_plugin", "-p", "no:cacheprovider"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plain, *spread], cwd=folder, capture_output=True, text=True,
        timeout=PATIENCE, check=False, env={**environment, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_a_process_that_dies_fails_the_test_that_it_ran_and_no_other(tmp_path: Path) -> None:
    said = run(tmp_path, {2: (1,)})
    assert "1 failed, 31 passed" in said
    assert re.findall(r"^FAILED (\S+)", said, re.MULTILINE) == [
        "test_2.py::test_that_is_named_by_its_number[1]"
    ]


def test_processes_that_die_again_and_again_do_not_keep_the_run_from_ending(tmp_path: Path) -> None:
    assert "5 failed, 27 passed" in run(tmp_path, {0: (0, 3), 1: (3,), 6: (1,), 7: (3,)})
