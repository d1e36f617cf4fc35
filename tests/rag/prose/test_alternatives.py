"""Questions that ask which of two things is so."""

from __future__ import annotations

import pytest

from rag.answer import Answerer
from rag.events import Done
from rag.evidence.abstain import Outcome
from rag.prose.alternatives import alternatives_in
from tests.documents import add_text
from tests.rag.evidence.annotated import asked
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

CHART = (
    "CHART\n\nName: Tamsin Harrow\n\nSex: Female\n\n"
    "The left knee was replaced in May. The right wrist is sore.\n\n"
    "The patient went home on 11 February.\n"
)


@pytest.mark.parametrize(
    ("question", "two"),
    [
        ("Is the patient male or female?", ("male", "female")),
        ("Is it the left or the right knee?", ("left", "right")),
        ("Was the lease fixed or periodic?", ("fixed", "periodic")),
        ("Did she take it before or after the scan?", None),
        ("Is she well or not?", None),
        ("Which of the left or right is sore?", None),
    ],
)
def test_the_two_are_found(question: str, two: tuple[str, str] | None) -> None:
    assert alternatives_in(asked(question)) == two


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("Is the patient male or female?", "Female: Sex: Female"),
        ("Was the left or the right knee replaced?", "Left: The left knee was replaced in May."),
        ("Was the left or the right hip replaced?", None),
        ("Is the chart red or green?", None),
    ],
)
def test_the_one_that_is_said_is_the_answer_and_nothing_else_is(
    vault: Vault,
    collection: Collection,
    embedder: Embedder,
    settings: Settings,
    question: str,
    direct: str | None,
) -> None:
    add_text(collection, embedder, "chart.txt", CHART)
    events = Answerer(vault, embedder, settings).ask(question, ["matter"], "local")
    answer = next(event.answer for event in events if isinstance(event, Done))
    assert (answer.direct and answer.direct.text) == direct
    assert direct is not None or answer.outcome is not Outcome.ANSWERED
