"""Training lowers the loss, goes on where it was interrupted, and gives what the product loads."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.reader.windows import ReaderPassage
from tests.first_use import FirstUse
from tests.places import ROOT
from tests.threads import THREADS
from tests.training.made_rows import made_rows
from training.config import Config, load_config

torch = FirstUse("torch")
artefact = FirstUse("rag.reader.artefact")
torch_reader = FirstUse("rag.reader.torch_reader")
export = FirstUse("training.export")
training = FirstUse("training.train")
CONFIG = Config(
    steps=20, groups=3, claims=4, wrong=2, rate=1e-4, report_steps=20,
    losses={"relevance": 1, "answerable": 1, "evidence": 1, "words": 1, "support": 1},
)  # fmt: skip


@pytest.mark.long
def test_twenty_steps_on_two_hundred_rows_lower_the_loss_and_the_log_says_so(tmp_path: Path) -> None:
    told: list[dict[str, object]] = []
    run_of = training.Training(CONFIG, made_rows(), tmp_path)
    losses = [run_of.advance()["total"] for _ in range(CONFIG.steps - 1)]
    run_of.save()
    assert sum(losses[-5:]) < 0.9 * sum(losses[:5])

    # The last step is done by a run that finds the checkpoint.
    network = training.train(CONFIG, made_rows(), made_rows()[:40], tmp_path, told.append)
    assert [entry["step"] for entry in told] == [CONFIG.steps, CONFIG.steps]
    figures = told[-1]["figures"]
    assert isinstance(figures, dict)
    assert {"first made", "evidence made", "answerable made", "support made"} >= figures.keys()

    artefact.write_artefact(network.learned(), tmp_path / "reader.safetensors")
    reader = torch_reader.TorchReader(threads=THREADS, network=network, sha256="trained here")
    (reading,) = reader.read(
        "When does the buyer sign the report?", [ReaderPassage("Notes", "", ("In May.",))]
    )
    assert reading is not None
    kept = artefact.read_artefact(tmp_path / "reader.safetensors")
    assert kept.keys() == network.learned().keys()
    for name, value in network.learned().items():
        assert torch.allclose(kept[name], value, atol=float(value.abs().max()) / 100 + 1e-6), name


@pytest.mark.long
def test_an_interrupted_run_does_the_same_steps_as_one_that_was_not(tmp_path: Path) -> None:
    short = CONFIG.model_copy(update={"groups": 1, "claims": 1})
    whole = training.Training(short, made_rows(20), tmp_path / "whole")
    expected = [whole.advance()["total"] for _ in range(4)]
    begun = training.Training(short, made_rows(20), tmp_path / "cut")
    first = [begun.advance()["total"] for _ in range(2)]
    begun.save()
    resumed = training.Training(short, made_rows(20), tmp_path / "cut")
    assert [*first, *(resumed.advance()["total"] for _ in range(2))] == pytest.approx(expected, rel=1e-3)


def test_the_configuration_that_made_the_reader_can_be_read() -> None:
    config = load_config(ROOT / "training" / "config.yaml")
    assert config.steps > 0
    assert set(config.losses) == {"relevance", "answerable", "evidence", "words", "support"}


def test_weights_between_two_runs_are_so_much_of_each() -> None:
    start, trained = {"a": torch.tensor([0.0, 4.0])}, {"a": torch.tensor([10.0, 4.0])}
    assert export.between(start, trained, 0.7)["a"].tolist() == pytest.approx([7.0, 4.0])
    assert export.between(start, trained, 1.0)["a"].tolist() == [10.0, 4.0]
