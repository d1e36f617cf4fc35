"""What benches keep in files is made again once its classes have changed."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, make_dataclass
from pathlib import Path

import pytest

from bench.kept import kept


@dataclass(frozen=True, slots=True)
class Figure:
    """What is kept here."""

    name: str
    value: float


FIGURES = [Figure("recall", 0.5), Figure("precision", 0.25)]


def test_what_was_made_is_read_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "new" / "figures.pickle"
    assert kept(file, lambda: FIGURES) == FIGURES
    assert kept(file, lambda: [Figure("never made", 0)]) == FIGURES
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps(FIGURES), pickle.dumps({"a": 1})])
def test_a_file_that_cannot_be_loaded_is_made_again(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.pickle"
    file.write_bytes(content)
    assert kept(file, lambda: FIGURES) == FIGURES
    assert f"{file} cannot be loaded" in capsys.readouterr().out
    assert kept(file, lambda: [Figure("never made", 0)]) == FIGURES


def test_a_class_that_is_gone_or_has_other_fields_is_made_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "figures.pickle"
    kept(file, lambda: FIGURES)
    exchanged = make_dataclass("Figure", ["value", "name"], frozen=True, slots=True)
    monkeypatch.setattr(f"{__name__}.Figure", exchanged)
    assert kept(file, lambda: "made") == "made"
    assert f"other fields of {__name__}.Figure. It is made again." in capsys.readouterr().out
    monkeypatch.undo()
    kept(file.with_name("other.pickle"), lambda: FIGURES)
    monkeypatch.delattr(f"{__name__}.Figure")
    assert kept(file.with_name("other.pickle"), lambda: "made") == "made"
    assert "AttributeError" in capsys.readouterr().out
