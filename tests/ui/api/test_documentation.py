"""The examples in docs/api.md run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.ui.api.test_served import data, server  # noqa: F401
from tests.ui.cli.command import environment, incamera_json
from tests.ui.web.browser import ServerProcess
from tests.waiting import PATIENCE

TEXT = (ROOT / "docs/api.md").read_text("utf-8")
EXAMPLES = [code for code in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL) if "INCAMERA_URL" in code]
SAID = ("1 lease.txt 1 The rent is 900 pounds", "The rent is 900 pounds a month. 1", "begun ")


@pytest.fixture(scope="module")
def variables(data: Path, server: ServerProcess) -> Iterator[dict[str, str]]:  # noqa: F811
    made = incamera_json(data, "tokens", "add", "docs", "--may", "search", "--may", "ingest")
    file = data.parent / "deposit.txt"
    file.write_text("The deposit was paid on 3 March 2026.\n")
    yield {"INCAMERA_URL": server.address, "INCAMERA_TOKEN": made["secret"], "INCAMERA_FILE": str(file)}


def test_there_is_an_example_for_each_way() -> None:
    assert len(EXAMPLES) == len(SAID)


@pytest.mark.parametrize(
    ("code", "said"), list(zip(EXAMPLES, SAID, strict=True)), ids=["openai", "httpx", "files"]
)
def test_an_example_runs_as_it_stands(
    code: str,
    said: str,
    variables: dict[str, str],
    data: Path,  # noqa: F811
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], env={**environment(data), **variables}, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
