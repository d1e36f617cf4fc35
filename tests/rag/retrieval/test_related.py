"""A passage says what is asked in other forms: words of one family, equal quantities, no allergies."""

from __future__ import annotations

import pytest

from rag.question.understanding.understand import understand
from rag.retrieval.search import Scope, Search
from tests.documents import add_text
from tests.rag.evidence.annotated import TODAY
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.text.words import stems
from vault.vault import Vault

TERMS = (
    "TERMS\n\nSamples shall be stored in a locked room.\n\nThe guarantee is for 1,200,000 euros.\n\n"
    "If turnover falls by fifteen per cent, the buyer may withdraw.\n\n"
    "Allergies: no known drug allergies.\n\n"
    "The latex gloves are in the cupboard.\n"
)


def coverage(vault: Vault, collection: Collection, embedder: Embedder, question: str, said: str) -> float:
    understood = understand(question, (), [collection.catalogue.sentences], today=TODAY)
    asked = Search(vault, embedder, Scope("local", ("matter",))).find(understood.text, understood).question
    return asked.coverage(asked.topic, stems(said))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Where is the storage of samples?", "Samples shall be stored in a locked room."),
        ("What happens at 15%?", "If turnover falls by fifteen per cent"),
        ("How much is 1.2m?", "The guarantee is for 1,200,000 euros."),
        ("Is he allergic to penicillin?", "Allergies: no known drug allergies."),
    ],
)
def test_other_forms_of_what_is_asked_count_as_said(
    vault: Vault, collection: Collection, embedder: Embedder, question: str, said: str
) -> None:
    add_text(collection, embedder, "terms.txt", TERMS)
    assert coverage(vault, collection, embedder, question, said) > 0.3
    assert coverage(vault, collection, embedder, question, "The gloves are here.") == 0.0


def test_no_known_drug_allergies_say_nothing_of_latex(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "terms.txt", TERMS)
    question = "Is he allergic to latex?"
    of_latex = coverage(vault, collection, embedder, question, "Allergies: no known drug allergies.")
    of_penicillin = coverage(
        vault, collection, embedder, "Is he allergic to penicillin?", "no known allergies"
    )
    assert of_latex < 1.0 == of_penicillin
