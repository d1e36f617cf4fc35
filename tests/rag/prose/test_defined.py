"""What a short form or a term means is answered with what a document says of it."""

import pytest

from tests.documents import add_text
from tests.rag.prose.made import direct_answer
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.vault import Vault

SCHEDULE = (
    "SCHEDULE OF LOSS, RDL claim\n\nRDL 4 weeks at 310.00. Her last working day (LWD) was 3 May 2024.\n\n"
    "The LWD was noted by both sides.\n\n“Basic Award” means the sum set out in section 119.\n"
)
NOTE = "ECHO NOTE\n\nThe left atrial volume (LAV) is 40 ml. LAV was 38 ml before.\n"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what does LWD mean in the schedule of loss", "LWD: last working day"),
        ("What is LAV?", "LAV: left atrial volume"),
        ("meaning of 'Basic Award'?", "Basic Award: the sum set out in section 119"),
        ("define LAV", "LAV: left atrial volume"),
        ("What does RDL mean?", None),
        ("What is the LAV of 2 May?", None),
    ],
)
def test_the_meaning_is_the_one_that_a_document_gives(
    vault: Vault, collection: Collection, embedder: Embedder, question: str, answer: str | None
) -> None:
    for name, text in (("schedule.txt", SCHEDULE), ("echo.txt", NOTE)):
        add_text(collection, embedder, name, text)
    found = direct_answer(vault, collection, embedder, question)
    said = found.text if found is not None and ": " in found.text else None
    assert said == answer


def test_two_meanings_give_no_answer(vault: Vault, collection: Collection, embedder: Embedder) -> None:
    add_text(collection, embedder, "one.txt", "The care plan meeting (CPM) is on Monday.")
    add_text(collection, embedder, "two.txt", "The continuous passive motion (CPM) begins on Monday.")
    assert direct_answer(vault, collection, embedder, "What does CPM stand for?") is None
