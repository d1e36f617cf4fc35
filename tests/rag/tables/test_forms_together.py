"""Many forms of one kind are answered together: they are the rows of the answer, not each other's rivals."""

import pytest

from tests.documents import add_text
from tests.rag.prose.made import direct_answer
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.vault import Vault

AMOUNTS = (310, 1_920, 455, 780, 2_640, 615, 890, 1_105, 530, 975, 345)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("How many invoices did Fenner Glass send?", "Documents: 9"),
        ("List all invoices of Fenner Glass with their amounts", "Documents (9)"),
        ("Which invoice is the highest?", "Highest of 11: Amount due: 2,640 pounds"),
    ],
)
def test_invoices_that_are_each_a_document_are_listed_counted_and_compared(
    vault: Vault, collection: Collection, embedder: Embedder, question: str, begins: str
) -> None:
    for number, amount in enumerate(AMOUNTS, 1):
        sender = "Fenner Glass" if number <= 9 else "Orrin Tiles"
        text = f"INVOICE\n\nFrom: {sender}\n\nDate: {number} May 2023\n\nAmount due: {amount:,} pounds\n"
        add_text(collection, embedder, f"invoice {number:02}.txt", text)
    answer = direct_answer(vault, collection, embedder, question)
    assert answer is not None
    assert answer.text.startswith(begins)
