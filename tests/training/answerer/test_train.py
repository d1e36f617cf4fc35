"""The commands of `docs/models.md` train an adapter on forty rows, and what is interrupted goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.models.catalogue.gguf import inspect
from tests import tiny_gguf
from tests.first_use import FirstUse
from tests.places import ROOT
from tests.training.answerer.made_rows import exported_rows, write_export
from training.answerer import approved
from training.answerer.config import AnswererConfig, load_config
from training.answerer.row import read_answer_rows

torch = FirstUse("torch")
train = FirstUse("training.answerer.train")
export = FirstUse("training.answerer.export")
weights = FirstUse("training.answerer.weights")

pytestmark = pytest.mark.llama

CONFIG = """
seed: 1
steps: 10
most_tokens: 3000
rank: 4
alpha: 8
rate: 0.02
report_steps: 5
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model of two blocks."""
    return tiny_gguf.write(tmp_path_factory.mktemp("model") / "tiny.gguf", layers=2)


@pytest.mark.slow
def test_the_commands_train_an_adapter_on_forty_approved_answers(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The commands keep the process from the network for good, which other tests of this process need.
    for module in ("approved", "train"):
        monkeypatch.setattr(f"training.answerer.{module}.guard_egress", lambda: None)
    rows, run, adapter = tmp_path / "rows", tmp_path / "run", tmp_path / "house.gguf"
    (tmp_path / "config.yaml").write_text(CONFIG)
    assert approved.main([str(write_export(tmp_path / "approved.jsonl")), "--to", str(rows)]) == 0
    command = [str(tmp_path / "config.yaml"), "--model", str(model), "--rows", str(rows), "--to", str(run)]
    train.main(command)
    export.main([str(run), "--model", str(model), "--to", str(adapter), "--name", "house"])

    entries = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert entries[0]["rows"] == 36 and entries[0]["held"] == 4
    losses = [entry["held_out_loss"] for entry in entries if "held_out_loss" in entry]
    assert len(losses) == 2 and losses[-1] < losses[0]
    file = inspect(adapter)
    assert (file.adapter, file.architecture, file.name) == (True, "llama", "house")

    # The same command again finds that all steps are done.
    train.main(command)
    last = json.loads((run / "log.jsonl").read_text().splitlines()[-1])
    assert last["step"] == 10


def test_an_interrupted_run_does_the_same_steps_as_one_that_was_not(model: Path, tmp_path: Path) -> None:
    assert approved.main([str(write_export(tmp_path / "approved.jsonl", 24)), "--to", str(tmp_path)]) == 0
    trees, _ = train.read_trees(tmp_path, model)
    config = AnswererConfig(steps=6, most_tokens=1200, rank=4, alpha=8, rate=0.01)
    values = weights.read_weights(model)

    def begun(name: str) -> object:
        return train.AnswererTraining(config, values, trees, tmp_path / name, dtype=torch.float32)

    whole = begun("whole")
    expected = [whole.advance()[0] for _ in range(4)]  # type: ignore[attr-defined]
    cut = begun("cut")
    first = [cut.advance()[0] for _ in range(2)]  # type: ignore[attr-defined]
    cut.save()  # type: ignore[attr-defined]
    resumed = begun("cut")
    second = [resumed.advance()[0] for _ in range(2)]  # type: ignore[attr-defined]
    assert [*first, *second] == pytest.approx(expected, rel=1e-4)


def test_every_statement_of_an_approved_answer_gets_the_number_of_its_sentence(tmp_path: Path) -> None:
    approved_rows = list(approved.approved_rows(write_export(tmp_path / "approved.jsonl", 8)))
    for row, exported in zip(approved_rows, exported_rows(8), strict=True):
        (asked,) = row.asked
        if "[" in asked.answer:
            text, _, number = asked.answer.rstrip("]").rpartition(" [")
            assert {one.number: one.text for one in row.sentences}[int(number)] == text
        else:
            assert asked.answer == exported["answer"]


def test_a_statement_that_no_sentence_carries_gives_no_row() -> None:
    exported = exported_rows(1)[0]
    assert approved.approved_row({**exported, "answer": "The moon is made of cheese. [1]"}) is None


def test_a_line_that_is_no_row_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_export(tmp_path / "approved.jsonl", 2)
    path.write_text(path.read_text() + '{"question": "What?"}\n')
    assert approved.main([str(path), "--to", str(tmp_path)]) == 2
    assert "Line 3" in capsys.readouterr().err


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    rows = list(approved.approved_rows(write_export(tmp_path / "approved.jsonl", 6)))
    assert approved.write_answer_rows(tmp_path / "rows.jsonl.gz", rows) == 6
    assert list(read_answer_rows(tmp_path / "rows.jsonl.gz")) == rows


def test_the_configuration_that_made_the_answerer_can_be_read() -> None:
    assert load_config(ROOT / "training" / "answerer" / "config.yaml").steps > 0
