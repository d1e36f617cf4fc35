"""Libraries that would send something out are told not to before they are imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def kept_to_be_sent(script: str, first: str, home: Path) -> list[str]:
    """The files that a library leaves for its telemetry, when `first` is imported before it."""
    environment = {name: value for name, value in os.environ.items() if name not in SILENT}
    environment |= dict.fromkeys(("HOME", "XDG_CACHE_HOME", "TMPDIR"), str(home))
    subprocess.run(
        [sys.executable, "-c", script.format(first=first)], env=environment, check=True, timeout=60
    )
    return [path.name for path in home.rglob("*") if path.is_file()]


LIBRARIES = pytest.mark.parametrize("script", [RECOGNISE, COMPUTE], ids=["the text recognition", "OpenVINO"])


@LIBRARIES
def test_it_keeps_no_telemetry(script: str, tmp_path: Path) -> None:
    assert kept_to_be_sent(script, "vault", tmp_path) == []


@LIBRARIES
def test_it_would_keep_telemetry_if_it_were_not_told_not_to(script: str, tmp_path: Path) -> None:
    """What the test above looks for is there without us; if not, that test shows nothing any more."""
    if not kept_to_be_sent(script, "os", tmp_path):
        pytest.skip("this library has no telemetry on this system")
