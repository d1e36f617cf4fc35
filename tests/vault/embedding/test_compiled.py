"""The compiled model is kept for the next start; one that is damaged or cannot be kept does no harm."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openvino
import pytest

from vault.embedding import compiled
from vault.embedding.compiled import compiled_model

OPTIONS = {"NUM_STREAMS": "1", "INFERENCE_NUM_THREADS": "1"}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model that multiplies a vector of three numbers by a matrix."""
    given = openvino.opset13.parameter([1, 3], np.float32, name="given")
    matrix = np.arange(9, dtype=np.float32).reshape(3, 3)
    made = openvino.Model([openvino.opset13.matmul(given, matrix, False, False)], [given], "tiny")
    openvino.save_model(made, tmp_path / "model.xml", compress_to_fp16=False)
    return tmp_path / "model.xml"


def computes(made: openvino.CompiledModel) -> bool:
    """Return whether the model computes what it should."""
    return made(np.ones((1, 3), dtype=np.float32))[0].tolist() == [[9.0, 12.0, 15.0]]


def kept_files(model: Path) -> list[Path]:
    return list((model.parent / "compiled").glob("*"))


def from_cache(made: openvino.CompiledModel) -> bool:
    return bool(made.get_property("LOADED_FROM_CACHE"))


def test_the_second_start_uses_what_the_first_compiled(model: Path) -> None:
    first, second = (compiled_model(model, OPTIONS, keep=True) for _ in range(2))
    assert (from_cache(first), from_cache(second)) == (False, True)
    assert computes(first) and computes(second)
    (file,) = kept_files(model)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_another_number_of_threads_is_obeyed(model: Path) -> None:
    compiled_model(model, OPTIONS, keep=True)
    two = compiled_model(model, {"NUM_STREAMS": "2", "INFERENCE_NUM_THREADS": "2"}, keep=True)
    assert two.get_property("INFERENCE_NUM_THREADS") == 2
    assert two.get_property("NUM_STREAMS") == 2


@pytest.mark.parametrize("left", [0, 50, 0.5, 0.99])
def test_a_file_that_a_full_disk_or_a_crash_cut_off_is_made_again(model: Path, left: float) -> None:
    compiled_model(model, OPTIONS, keep=True)
    (file,) = kept_files(model)
    os.truncate(file, int(left if left > 1 else left * file.stat().st_size))
    again = compiled_model(model, OPTIONS, keep=True)
    assert not from_cache(again) and computes(again)
    assert from_cache(compiled_model(model, OPTIONS, keep=True))


def test_a_model_that_was_replaced_is_compiled_again_and_the_older_result_removed(model: Path) -> None:
    compiled_model(model, OPTIONS, keep=True)
    (before,) = kept_files(model)
    moved = model.parent / "moved"
    moved.mkdir()
    for file in (model, model.with_suffix(".bin"), before.parent):
        shutil.move(file, moved)
    assert not from_cache(compiled_model(moved / "model.xml", OPTIONS, keep=True))
    assert len(kept_files(moved / "model.xml")) == 1


def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(compiled.shutil, "disk_usage", lambda folder: usage._replace(free=10))


def not_writable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled.os, "access", lambda path, mode: False)


@pytest.mark.parametrize("hindrance", [no_room, not_writable])
def test_where_nothing_can_be_kept_the_model_is_compiled(
    model: Path, monkeypatch: pytest.MonkeyPatch, hindrance: Callable[[pytest.MonkeyPatch], None]
) -> None:
    hindrance(monkeypatch)
    made = compiled_model(model, OPTIONS, keep=True)
    assert computes(made) and not kept_files(model)
