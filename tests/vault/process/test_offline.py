"""Libraries that would send something out are told not to before they are imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import PATIENCE

SILENT = ("ORT_DISABLE_TELEMETRY", "CI")  # each alone is enough for it to keep nothing
RECOGNISE = """
import {first}
import onnxruntime, rapidocr, time
from pathlib import Path
model = next(Path(rapidocr.__file__).parent.rglob("*det*.onnx"))
onnxruntime.InferenceSession(str(model))
time.sleep(1)
"""
COMPUTE = """
import {first}
import openvino
"""

IMPORTED = (
    "vault.embedding.openvino_embedder vault.store.vectors ingest.pipeline ingest.parsing.child "
    "rag.retrieval.search rag.reader.openvino_reader rag.models.server ui.cli ui.server.server "
    "streamlit unstructured rapidocr sentence_transformers"
).split()
ASKS = """
import importlib, os, sys, time
told = os.open({told!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def note(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"):
        os.write(told, (event + str(args)[:80] + "\\n").encode())
sys.addaudithook(note)  # forks have it too
for name in {names}:
    importlib.import_module(name)
time.sleep(2)
"""


def run(script: str, home: Path) -> None:
    """Run Python where nothing but what it imports itself silences a library."""
    environment = {name: value for name, value in os.environ.items() if name not in SILENT}
    environment |= dict.fromkeys(("HOME", "XDG_CACHE_HOME", "TMPDIR"), str(home))
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=PATIENCE)


def kept_to_be_sent(script: str, first: str, home: Path) -> list[str]:
    """The files that a library leaves for its telemetry, when `first` is imported before it."""
    run(script.format(first=first), home)
    return [path.name for path in home.rglob("*") if path.is_file()]


def asked_for(names: list[str], home: Path) -> str:
    """The addresses that are asked for while the modules are imported, by this process or a fork of it."""
    told = home / "told"
    run(ASKS.format(names=names, told=str(told)), home)
    return told.read_text()


def test_nothing_that_is_imported_asks_for_an_address(tmp_path: Path) -> None:
    assert asked_for(IMPORTED, tmp_path) == ""


def test_an_import_that_calls_home_would_be_noticed(tmp_path: Path) -> None:
    """OpenVINO does where we do not keep it from it; if not, the test above may notice nothing any more."""
    if not asked_for(["openvino"], tmp_path):
        pytest.skip("this OpenVINO calls nobody")


LIBRARIES = pytest.mark.parametrize("script", [RECOGNISE, COMPUTE], ids=["the text recognition", "OpenVINO"])


@LIBRARIES
def test_it_keeps_no_telemetry(script: str, tmp_path: Path) -> None:
    assert kept_to_be_sent(script, "vault", tmp_path) == []


@LIBRARIES
def test_it_would_keep_telemetry_if_it_were_not_told_not_to(script: str, tmp_path: Path) -> None:
    """What the test above looks for is there without us; if not, that test shows nothing any more."""
    if not kept_to_be_sent(script, "os", tmp_path):
        pytest.skip("this library has no telemetry on this system")
