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


def kept_to_be_sent(first: str, home: Path) -> list[str]:
    """The files that the text recognition leaves for its telemetry, when `first` is imported before it."""
    environment = {name: value for name, value in os.environ.items() if name not in SILENT}
    environment |= dict.fromkeys(("HOME", "XDG_CACHE_HOME", "TMPDIR"), str(home))
    script = RECOGNISE.format(first=first)
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=60)
    return [path.name for path in home.rglob("*") if path.is_file()]


def test_the_text_recognition_keeps_no_telemetry(tmp_path: Path) -> None:
    assert kept_to_be_sent("vault", tmp_path) == []


def test_the_text_recognition_would_keep_telemetry_if_it_were_not_told_not_to(tmp_path: Path) -> None:
    """What the test above looks for is there without us; if not, that test shows nothing any more."""
    if not kept_to_be_sent("os", tmp_path):
        pytest.skip("this onnxruntime has no telemetry on this system")
