"""Boxes and fields of forms that answer a yes-no question."""

from __future__ import annotations

import pytest

from rag.direct.answer import AnswerForm
from rag.prose.ticked import says_yes
from tests.documents import add_text
from tests.rag.prose.made import direct_answer
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.vault import Vault

FORM = (
    "ADMISSION FORM\n\nName: Mr Tobias Wren\n\n☒ Smoker\n\n☐ Lives alone\n\nHearing aid: yes\n\n"
    "Driving licence: no\n\nVaccination: yes ☐\n\nVaccination: no ☒\n\nPictures of the wound: ☒\n"
)


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("☒ Smoker (tick for yes): yes", True),
        ("Photographs may be taken: ☒", True),
        ("[x] Photographs", True),
        ("Research may use the samples: ☐", False),
        ("Blood transfusion: yes ☒", True),
        ("Blood transfusion: no ☒", False),
        ("Blood transfusion: no ☐", None),
        ("Blood transfusion: yes ☐", None),
        ("Transfusion: yes ☒ no ☐", None),
        ("Diabetes: no", False),
        ("Diabetes: no history, but see the letter", None),
        ("He said no to the transfusion.", None),
        ("Number: 12", None),
        ("Yes, the rent is paid.", None),
    ],
)
def test_a_field_says_yes_or_no_or_neither(field: str, says: bool | None) -> None:
    assert says_yes(field) is says


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Does Mr Wren smoke?", "Yes: ☒ Smoker"),
        ("Is the patient a smoker?", "Yes: ☒ Smoker"),
        ("Does Mr Wren live alone?", "No: ☐ Lives alone"),
        ("Does he wear a hearing aid?", "Yes: Hearing aid: yes"),
        ("Does the patient have a driving licence?", "No: Driving licence: no"),
        ("Did the patient consent to vaccination?", "No: Vaccination: no ☒"),
        ("Did the patient tick the box for pictures of the wound?", "Yes: Pictures of the wound: ☒"),
    ],
)
def test_a_box_answers_in_a_word(
    vault: Vault, collection: Collection, embedder: Embedder, question: str, begins: str
) -> None:
    add_text(collection, embedder, "form.txt", FORM)
    answer = direct_answer(vault, collection, embedder, question)
    assert answer is not None and answer.form is AnswerForm.YES_NO
    assert answer.text == begins


def test_forms_of_two_people_that_disagree_give_no_word(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "form.txt", FORM)
    add_text(
        collection, embedder, "other.txt", FORM.replace("Tobias Wren", "Otto Finch").replace("☒ Smo", "☐ Smo")
    )
    assert direct_answer(vault, collection, embedder, "Is the patient a smoker?") is None
    own = direct_answer(vault, collection, embedder, "Is Mr Finch a smoker?")
    assert own is not None and own.text == "No: ☐ Smoker"
