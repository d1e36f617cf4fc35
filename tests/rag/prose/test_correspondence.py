"""Lists of messages by who sent them and who got them."""

from __future__ import annotations

import pytest

from rag.direct.answer import AnswerForm
from tests.documents import add_text
from tests.rag.prose.made import direct_answer
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.vault import Vault

MAILS = {
    "Boiler": ("Ada Orme", "Bo Tarn", "Mon, 3 Jun 2024", "Boiler", "The boiler is cold."),
    "Keys": ("Bo Tarn", "Ada Orme", "Tue, 4 Jun 2024", "Keys", "The keys are with the porter."),
    "Roof": ("Ada Orme", "Cy Vale", "Wed, 3 Jul 2024", "Roof", "The roof leaks."),
}


@pytest.fixture
def mails(collection: Collection, embedder: Embedder) -> Collection:
    for name, (sender, receiver, day, subject, text) in MAILS.items():
        head = f"From: {sender} <a@x.example>\nTo: {receiver} <b@x.example>\nDate: {day} 08:00:00 +0200\n"
        add_text(collection, embedder, name, f"{head}Subject: {subject}\n\n{text}\n")
    return collection


@pytest.mark.parametrize(
    ("question", "form", "text"),
    [
        ("Which emails did Ada Orme send?", AnswerForm.LIST, "Boiler (3 June 2024); Roof (3 July 2024)"),
        ("Which e-mails did Ada Orme get?", AnswerForm.LIST, "Keys (4 June 2024)"),
        ("List the emails from Ada Orme to Bo Tarn.", AnswerForm.LIST, "Boiler (3 June 2024)"),
        (
            "How many emails did Ada Orme send?",
            AnswerForm.COUNT,
            "2: Boiler (3 June 2024); Roof (3 July 2024)",
        ),
        ("Which emails did Ada Orme send in July 2024?", AnswerForm.LIST, "Roof (3 July 2024)"),
        ("Which emails did Bo Tarn write about the keys?", AnswerForm.LIST, "Keys (4 June 2024)"),
    ],
)
def test_messages_are_listed_by_who_sent_and_got_them(
    vault: Vault, mails: Collection, embedder: Embedder, question: str, form: AnswerForm, text: str
) -> None:
    answer = direct_answer(vault, mails, embedder, question)
    assert answer is not None and (answer.form, answer.text) == (form, text)
    for row in answer.rows:
        assert row.citation.quote.startswith("From: ")


def test_nobody_elses_messages_are_listed(vault: Vault, mails: Collection, embedder: Embedder) -> None:
    answer = direct_answer(vault, mails, embedder, "Which emails did Cy Vale send?")
    assert answer is None or "Boiler" not in answer.text
