"""The command writes a set that can be loaded, with files that the product reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.staff.asking import ask_all
from bench.staff.sets import load_set
from bench.world import main as ask
from training.world.__main__ import main
from training.world.make import SCENES, made_collections
from training.world.sides import Side
from vault.embedding.embedder import Embedder
from vault.settings import Settings


def test_what_is_written_is_what_was_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "set"
    assert (
        main(["--seed", "3", "--side", "train", "--count", "4", "--questions", "9", "--out", str(out)]) == 0
    )
    assert "4 collections, 36 questions" in capsys.readouterr().out
    made = sorted(made_collections(3, Side.TRAIN, 4, 9), key=lambda one: one.staff.name)
    for loaded, one in zip(load_set(out), made, strict=True):
        assert loaded.questions == one.staff.questions
        assert sorted(loaded.documents, key=lambda document: document.file) == sorted(
            one.staff.documents, key=lambda document: document.file
        )
        files = {path.name: path.stat().st_size for path in (out / "files" / loaded.name).iterdir()}
        assert files.keys() == {document.file for document in loaded.documents}
        assert min(files.values()) > 50
        lines = (out / "gold" / f"{loaded.name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == [question.id for question in loaded.questions]
    assert main(["--out", str(out)]) == 2
    assert "not empty" in capsys.readouterr().err


LATER = ("patient", "supply")
"""Files of every kind are read in test_rows as well, so that the quick suite asks two kinds here."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.long if kind in LATER else ()) for kind in SCENES]
)
def test_the_product_reads_every_file_and_is_asked(
    kind: str, tmp_path: Path, embedder: Embedder, settings: Settings, parsers_lent: None
) -> None:
    (made,) = made_collections(2, Side.DEVELOPMENT, 1, 2, {kind: SCENES[kind]})
    asked = list(ask_all([made.staff], (), tmp_path, embedder, None, settings))
    assert len(asked) == 2


def test_the_side_that_is_reported_is_asked_only_on_purpose(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(["--side", "report"]) == 2
    assert "--once" in capsys.readouterr().err
