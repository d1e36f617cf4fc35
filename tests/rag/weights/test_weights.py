"""The file of the weights: it is complete, the code reads it, and what is written is read back."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest
import yaml
from pydantic import ValidationError

from rag.evidence import abstain, evidence
from rag.evidence.fit.misfit import NO_FIT
from rag.question.question import Question
from rag.retrieval.rerank import MOST_PASSAGES, RELEVANCE_WEIGHT
from rag.retrieval.search import METHOD
from rag.weights.weights import (
    WEIGHTS_FILE,
    Weights,
    format_weights,
    load_weights,
    parse_weights,
    with_fitted,
)
from tests.first_use import FirstUse
from tests.rag.evidence.test_evidence import ASKED, read
from vault.embedding.embedder import Embedder

fit_evidence = FirstUse("bench.fit_evidence")
fit_reader = FirstUse("bench.fit_reader")

TEXT = WEIGHTS_FILE.read_text(encoding="utf-8")


def test_what_is_written_is_the_file_and_is_read_back() -> None:
    assert format_weights(load_weights()) == TEXT
    assert parse_weights(format_weights(load_weights())) == load_weights()


def test_every_group_says_where_its_numbers_come_from() -> None:
    for name in Weights.model_fields:
        origin = getattr(load_weights(), name).origin
        assert origin.questions and origin.command, name
        assert datetime.date(2026, 11, 23) <= origin.date <= datetime.datetime.now(datetime.UTC).date(), name
        assert all(origin.by_hand.values()), name


def test_every_signal_of_a_sentence_has_a_weight_and_every_weight_a_signal(embedder: Embedder) -> None:
    question = Question(ASKED, embedder.embed([ASKED], query=True)[0], {"share": 0.5, "staff": 0.5})
    ((_, _, signals),) = evidence.candidates(question, [read(1.0)], embedder)
    readers = {"reader_sentence", "reader_answerable", "reader_most_answerable"}
    fitted = evidence.FIT_WEIGHTS.keys() - NO_FIT.signals().keys()
    assert NO_FIT.signals().keys() <= evidence.FIT_WEIGHTS.keys()
    assert fitted == {"topic_nearby"}
    assert signals.keys() - readers == evidence.WEIGHTS.keys() | {"topic_nearby"}
    assert evidence.READER_WEIGHTS.keys() | abstain.READER_WEIGHTS.keys() <= signals.keys()
    assert abstain.WEIGHTS.keys() <= evidence.WEIGHTS.keys()


def test_the_code_uses_the_numbers_of_the_file() -> None:
    values = yaml.safe_load(TEXT)
    assert values["evidence"]["signals"] == evidence.WEIGHTS
    assert evidence.READER_WEIGHTS["reader_sentence"] == values["evidence_with_reader"]["reader_sentence"]
    assert values["abstention"]["signals"] == abstain.WEIGHTS
    share = values["abstention_with_reader"]["without_reader"]
    assert abstain.READER_WEIGHTS["cosine"] == share * values["abstention"]["signals"]["cosine"]
    assert values["reranking"]["passages"] == MOST_PASSAGES
    assert values["reranking"]["relevance"] == RELEVANCE_WEIGHT
    assert values["search"]["lexical"] == METHOD.lexical


@pytest.mark.parametrize("change", ["missing", "unknown", "mistyped", "by hand"])
def test_a_file_with_a_wrong_number_is_refused(change: str) -> None:
    values = yaml.safe_load(TEXT)
    if change == "missing":
        del values["quoting"]["near_best"]
    elif change == "by hand":
        values["quoting"]["origin"]["by_hand"]["near_worst"] = "There is no such number."
    else:
        values["quoting"]["near_worst" if change == "unknown" else "near_best"] = "much"
    with pytest.raises(ValidationError, match=r"near_|quoting"):
        parse_weights(yaml.safe_dump(values))


def test_fitted_numbers_take_the_place_of_the_old_ones_but_not_of_those_set_by_hand() -> None:
    before = load_weights()
    fitted = dict.fromkeys(before.abstention.numbers(), 0.123) | {"of no use here": 1.0}
    after = with_fitted(before, "abstention", fitted, command="python -m fit", questions="some").abstention
    assert after.signals["holds_wanted"] == after.signals["cosine"] == 0.12
    assert after.intercept == before.abstention.intercept
    assert list(after.signals) == list(before.abstention.signals)
    assert (after.origin.command, after.origin.questions) == ("python -m fit", "some")
    assert after.origin.by_hand == before.abstention.origin.by_hand


def test_numbers_of_numpy_are_written_as_plain_ones() -> None:
    fitted = {"reader_sentence": np.float32(0.2)}
    after = with_fitted(load_weights(), "evidence_with_reader", fitted, command="fit", questions="some")
    assert "reader_sentence: 0.2\n" in format_weights(after)
    assert parse_weights(format_weights(after)) == after


def test_the_fitting_commands_write_what_they_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, before = tmp_path / "weights.yaml", load_weights()
    monkeypatch.setattr("bench.fit_evidence.WEIGHTS_FILE", file)
    monkeypatch.setattr("bench.fit_reader.WEIGHTS_FILE", file)
    count = len(fit_evidence.RANKING)
    fit_evidence.write(np.full(count, 0.5), np.full(count + 1, 0.25), ["eval/cuad", "eval/squad2"], 300)
    after = parse_weights(file.read_text(encoding="utf-8"))
    assert after.evidence.signals["cosine"] == 0.5
    assert after.evidence.signals["document_named"] == before.evidence.signals["document_named"]
    assert after.abstention.signals["holds_wanted"] == after.abstention.signals["cosine"] == 0.25
    assert after.abstention.intercept == before.abstention.intercept
    assert "300 questions of each of cuad, squad2" in after.evidence.origin.questions
    assert after.reranking == before.reranking
    fit_reader.write(0.12, 0.2, np.array([-1.0, 0.1, 0.9]), 60)
    after = parse_weights(file.read_text(encoding="utf-8"))
    assert after.reranking.relevance == 0.12
    assert after.evidence_with_reader.reader_sentence == 0.2
    assert after.abstention_with_reader.numbers() == before.abstention_with_reader.numbers()
    assert after.evidence == before.evidence
