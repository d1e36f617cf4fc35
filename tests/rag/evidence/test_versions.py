"""Of a clause and what varies it later, the version that holds on the day asked for is stated."""

from __future__ import annotations

import numpy as np
import pytest

from rag.evidence.evidence import EvidenceSentence, find_evidence
from rag.evidence.fit.misfit import Misfit
from rag.evidence.recency import prefer_later
from rag.evidence.versions import choose_versions
from rag.question.question import Question
from rag.question.understanding.understood import Understood
from rag.retrieval.passage import Passage
from tests.rag.evidence.annotated import asked, passage
from vault.embedding.embedder import Embedder
from vault.text.words import content_words, stem

LEASE = "LEASE\n\nDate: 1 March 2020\n\n4. Payments\n\n4.1 The rent is 900 pounds a month."
DEED = (
    "DEED OF VARIATION\n\nDate: 5 June 2023\n\n"
    "1. The rent under clause 4.1 is 950 pounds a month from 1 July 2023."
)
EARLY = "NOTE\n\nDate: 3 May 2024\n\nHer weight is 61 kg."
LATE = "NOTE\n\nDate: 9 June 2024\n\nHer weight is 58 kg."


def evidence(
    question: str, embedder: Embedder, *texts: str
) -> tuple[Understood, list[EvidenceSentence], list[Passage]]:
    understood = asked(question)
    stems = {stem(word): 1.0 for word in content_words(question)}
    rarity = {word: 1 / len(stems) for word in stems}
    vector = embedder.embed([question], query=True)[0]
    made = Question(
        question, np.asarray(vector), rarity, understood_topic=frozenset(map(stem, understood.topic))
    )
    passages = [passage(text, f"{number}.txt") for number, text in enumerate(texts)]
    return understood, find_evidence(made, passages, embedder, None, understood), passages


@pytest.mark.parametrize(
    ("question", "rent"),
    [
        ("What is the rent?", "950"),
        ("What was the rent on 1 May 2022?", "900"),
        ("What was the rent before July 2023?", "900"),
        ("What was the rent on 1 August 2023?", "950"),
    ],
)
def test_the_version_of_the_day_is_stated_and_the_other_is_not(
    question: str, rent: str, embedder: Embedder
) -> None:
    understood, found, passages = evidence(question, embedder, LEASE, DEED)
    chosen = choose_versions(understood, found, passages)
    assert len(chosen) == len(found)
    stated = [one for one in chosen if "pounds" in one.citation.quote and one.fit.states]
    (other,) = [one for one in chosen if Misfit.OTHER_VERSION in one.fit.misfits]
    assert [rent in one.citation.quote for one in stated] == [True]
    assert rent not in other.citation.quote


def test_a_clause_that_nothing_varies_stays_as_it_is(embedder: Embedder) -> None:
    other = DEED.replace("clause 4.1", "clause 9.9")
    understood, found, passages = evidence("What is the rent?", embedder, LEASE, other)
    assert choose_versions(understood, found, passages) == found


def test_what_holds_now_is_what_the_later_note_says(embedder: Embedder) -> None:
    for texts in ((EARLY, LATE), (LATE, EARLY)):
        understood, found, passages = evidence("What is her current weight?", embedder, *texts)
        first = prefer_later(understood, found, passages)[0]
        assert "58 kg" in first.citation.quote


def test_a_question_for_a_day_is_not_answered_by_the_latest(embedder: Embedder) -> None:
    understood, found, passages = evidence("What was her weight on 3 May 2024?", embedder, EARLY, LATE)
    assert prefer_later(understood, found, passages) == found
