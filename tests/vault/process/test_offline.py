"""Telemetry of libraries is switched off before they are imported."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.waiting import PATIENCE

SWITCHES = ("ORT_DISABLE_TELEMETRY", "CI")  # each of them alone switches this telemetry off
RECOGNISE = """
import {first}
import onnxruntime, rapidocr
from pathlib import Path
model = next(Path(rapidocr.__file__).parent.rglob("*det*.onnx"))
onnxruntime.InferenceSession(str(model))
"""
COMPUTE = """
import {first}
import openvino
"""

IMPORTED = (
    "vault.embedding.openvino_embedder vault.store.vectors ingest.pipeline ingest.parsing.child "
    "rag.retrieval.search rag.reader.openvino_reader rag.models.server ui.cli ui.server.server "
    "ui.interface.routes.application ui.interface.client.owner uvicorn "
    "streamlit unstructured rapidocr sentence_transformers"
).split()
ALL_IMPORTED = "all modules are imported"
IMPORT_AND_LOG = """
import importlib, os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def write_event(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"):
        os.write(log, (event + str(args)[:80] + "\\n").encode())
sys.addaudithook(write_event)  # forks have it too
for name in {names}:
    importlib.import_module(name)
print({imported!r}, flush=True)
sys.stdin.read()
"""


def without_switches(home: Path) -> dict[str, str]:
    """Return an environment that does not switch any telemetry off."""
    environment = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    return environment | dict.fromkeys(("HOME", "XDG_CACHE_HOME", "TMPDIR"), str(home))


def files_of_telemetry(script: str, first: str, home: Path) -> list[str]:
    """Return the files that a library writes for its telemetry, when `first` is imported before it."""
    subprocess.run(
        [sys.executable, "-c", script.format(first=first)],
        env=without_switches(home), check=True, timeout=PATIENCE,
    )  # fmt: skip
    return [path.name for path in home.rglob("*") if path.is_file()]


def requested_addresses(names: list[str], home: Path, meanwhile: Callable[[], object] = lambda: None) -> str:
    """Return the addresses that importing the modules requests, in that process and its forks.

    The process stays while `meanwhile` runs, and its end waits for the threads that it started.
    """
    home.mkdir(exist_ok=True)
    log = home / "log"
    script = IMPORT_AND_LOG.format(names=names, log=str(log), imported=ALL_IMPORTED)
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env=without_switches(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert f"{ALL_IMPORTED}\n" in process.stdout
        meanwhile()
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return log.read_text()


@pytest.mark.slow
def test_no_import_requests_an_address(tmp_path: Path) -> None:
    """After its imports the process stays as long as another needs to import OpenVINO and to report it."""

    def import_and_report() -> None:
        requested_addresses(["openvino"], tmp_path / "reports")

    assert requested_addresses(IMPORTED, tmp_path / "offline", meanwhile=import_and_report) == ""


def test_an_import_that_requests_an_address_would_be_noticed(tmp_path: Path) -> None:
    """OpenVINO does so unless we prevent it. If it does not, the test above may have become useless."""
    if not requested_addresses(["openvino"], tmp_path):
        pytest.skip("this version of OpenVINO requests no address")


LIBRARIES = pytest.mark.parametrize("script", [RECOGNISE, COMPUTE], ids=["the text recognition", "OpenVINO"])


@LIBRARIES
def test_no_telemetry_is_written(script: str, tmp_path: Path) -> None:
    assert files_of_telemetry(script, "vault", tmp_path) == []


@LIBRARIES
def test_telemetry_would_be_written_if_it_were_not_switched_off(script: str, tmp_path: Path) -> None:
    """Without our switches the files exist. If they do not, the test above has become useless."""
    if not files_of_telemetry(script, "os", tmp_path):
        pytest.skip("this library has no telemetry on this system")
