"""Without any network: the whole way in and out works where there is not even a route."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.places import ROOT, SAMPLES
from tests.ui.cli.command import environment
from tests.waiting import PATIENCE

FILES = (
    "legal/court_order.pdf",
    "medical/clinic_letter_trewick.txt",
    "medical/medication_chart_corrowan.docx",
)
LOOPBACK_UP = "if command -v ip >/dev/null; then ip link set lo up; fi"


@cache
def without_network() -> tuple[str, ...]:
    """The command that runs another one in a fresh network namespace; empty when none may be made."""
    for unshare in (("unshare", "-rn"), ("unshare", "-n")):
        if (
            shutil.which(unshare[0])
            and subprocess.run([*unshare, "true"], capture_output=True).returncode == 0
        ):
            return unshare
    return ()


def offline(script: str, data: Path) -> subprocess.CompletedProcess[str]:
    if not without_network():
        pytest.skip("this system lets us make no network namespace (unshare -rn)")
    return subprocess.run(
        [*without_network(), "sh", "-ec", f"{LOOPBACK_UP}\n{script}"],
        env=environment(data), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def test_the_namespace_has_no_way_out(data: Path) -> None:
    done = offline(f"{sys.executable} -c 'import socket; print(len(socket.if_nameindex()))'", data)
    assert done.stdout.strip() == "1", done.stderr


@pytest.mark.slow
def test_files_come_in_and_answers_go_out_without_a_network(data: Path) -> None:
    incamera = f"{shlex.quote(sys.executable)} -m ui.cli"
    paths = shlex.join(str(SAMPLES / name) for name in FILES)
    done = offline(
        f"{incamera} init\n{incamera} ingest {paths}\n"
        f"{incamera} ask 'Who made the court order?' --json >{data}/answer",
        data,
    )
    assert done.returncode == 0, done.stderr
    assert "3 ready" in done.stdout
    answer = json.loads((data / "answer").read_text())
    assert answer["searched"]["documents"] == 3
    assert answer["evidence"]


@pytest.mark.long
def test_the_embedder_is_made_without_a_network(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from vault.embedding.load import load_embedder; "
        f"print(load_embedder(Path({str(tmp_path / 'new')!r})).embed(['rent']).shape)"
    )
    done = offline(shlex.join([sys.executable, "-c", code]), tmp_path)
    assert done.stdout.strip() == "(1, 384)", done.stderr
