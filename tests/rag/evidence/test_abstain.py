"""What comes of a question: answered, not sure, not found."""

from __future__ import annotations

from typing import Any

import pytest

from rag.answer import Answerer
from rag.events import Answer, Done
from rag.evidence.abstain import Outcome, outcome_of, recorded_outcome
from rag.models.training_rows import training_rows
from tests.documents import add_text
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

LEASE = "The rent is 900 pounds a month.\n\nThe tenant shall keep the roof in repair."


def ask(vault: Vault, embedder: Embedder, settings: Settings, **changes: float) -> Answer:
    changed = Settings(data=settings.data, **changes)  # type: ignore[arg-type]
    *_, done = Answerer(vault, embedder, changed).ask("What is the rent?", ["matter"], "local")
    assert isinstance(done, Done)
    return done.answer


@pytest.fixture
def lease(collection: Collection, embedder: Embedder) -> None:
    add_text(collection, embedder, "lease.txt", LEASE)


@pytest.mark.parametrize(
    ("bounds", "outcome"),
    [
        ({}, Outcome.ANSWERED),
        ({"abstain_below": 1.0}, Outcome.UNSURE),
        ({"abstain_below": 1.0, "not_found_below": 1.0}, Outcome.NOT_FOUND),
        ({"abstain_below": 0.0, "not_found_below": 1.0}, Outcome.ANSWERED),
    ],
)
def test_two_bounds_of_the_score_make_three_outcomes(
    lease: None, vault: Vault, embedder: Embedder, settings: Settings,
    bounds: dict[str, float], outcome: Outcome,
) -> None:  # fmt: skip
    answer = ask(vault, embedder, settings, **bounds)
    assert answer.outcome is outcome
    assert answer.abstained is (outcome is not Outcome.ANSWERED)
    assert bool(answer.statements) is (outcome is Outcome.ANSWERED)
    assert "900 pounds" in answer.evidence[0].citation.quote
    record: Any = vault.records.get(answer.record, user="local")
    assert record["answer"]["outcome"] == outcome.value
    assert record["answer"]["abstained"] is answer.abstained
    assert recorded_outcome(record["answer"]) is outcome


def test_nothing_at_all_is_not_found_whatever_the_bounds(
    vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
) -> None:
    answer = ask(vault, embedder, settings, abstain_below=0.0, not_found_below=0.0)
    assert (answer.outcome, answer.evidence) == (Outcome.NOT_FOUND, ())


@pytest.mark.parametrize(
    ("score", "outcome"),
    [(0.1, Outcome.NOT_FOUND), (0.25, Outcome.UNSURE), (0.34, Outcome.UNSURE), (0.35, Outcome.ANSWERED)],
)
def test_a_score_at_a_bound_is_above_it(
    score: float, outcome: Outcome, lease: None, vault: Vault, embedder: Embedder, settings: Settings
) -> None:
    evidence = ask(vault, embedder, settings).evidence
    assert outcome_of(evidence, score, abstain_below=0.35, not_found_below=0.25) is outcome


def test_a_record_of_an_earlier_version_tells_its_outcome() -> None:
    assert recorded_outcome({"abstained": True}) is Outcome.NOT_FOUND
    assert recorded_outcome({"abstained": False}) is Outcome.ANSWERED


def test_an_answer_that_was_not_sure_is_no_example_to_train_on(
    lease: None, vault: Vault, embedder: Embedder, settings: Settings
) -> None:
    vault.records.approve(ask(vault, embedder, settings, abstain_below=1.0).record, user="local")
    assert list(training_rows(vault, "local")) == []
