"""Direct answers from sentences, clauses and lists: what is said, from where, and when nothing is."""

from __future__ import annotations

import pytest

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.prose.clause import part_of
from rag.prose.items import item_lists, item_text
from rag.verification.verify import Verdict
from tests.documents import add_text
from tests.rag.evidence.annotated import annotation
from tests.rag.prose.made import direct_answer
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.vault import Vault

LETTER = (
    "CLINIC LETTER\n\nPatient: Mrs Ada Orme\n\nDate: 3 May 2024\n\nMrs Orme is not allergic to latex. "
    "She is allergic to penicillin; her sister is allergic to iodine.\n\n"
    "Her hip was replaced on 9 April 2019. Her wrist was fixed on 8 June 2020.\n\n"
    "Medicines on discharge:\n\n- ramipril 5 mg\n- apixaban 5 mg\n"
    "- paracetamol 1 g\n"
)
LEASE = (
    "LEASE\n\n4. Payments\n\n4.1 The rent is 900 pounds a month.\n\n"
    "4.2 The deposit is paid (a) on signing, (b) to an agent.\n\n5. End\n\n5.1 Either party may end it."
)
NOTES = "WARD NOTES\n\nPatient: Mrs Ada Orme\n\n5 February 2024 Slept well. The catheter was removed.\n"


@pytest.fixture
def papers(collection: Collection, embedder: Embedder) -> Collection:
    for name, text in (("letter.txt", LETTER), ("lease.txt", LEASE), ("notes.txt", NOTES)):
        add_text(collection, embedder, name, text)
    return collection


def cites_its_words(collection: Collection, answer: DirectAnswer) -> bool:
    return all(
        collection.catalogue.pages.find(cited.sha256, cited.page).text[cited.start : cited.end] == cited.quote
        for cited in (*answer.citations, *(row.citation for row in answer.rows))
    )


@pytest.mark.parametrize(
    ("question", "form", "begins"),
    [
        ("Is Mrs Orme allergic to latex?", AnswerForm.YES_NO, "No: Mrs Orme is not allergic to latex."),
        ("Is Mrs Orme allergic to penicillin?", AnswerForm.YES_NO, "Yes: She is allergic to penicillin"),
        ("When was Mrs Orme's hip replaced?", AnswerForm.WORDS, "9 April 2019: Her hip was replaced"),
        ("When was the catheter removed?", AnswerForm.WORDS, "5 February 2024: The catheter was removed."),
        (
            "When was Mrs Orme's wrist fixed?",
            AnswerForm.WORDS,
            "8 June 2020: Her wrist was fixed on",
        ),
        ("What does clause 4.1 say?", AnswerForm.WORDS, "4.1 The rent is 900 pounds a month."),
        ("What does clause 4.2(b) say?", AnswerForm.WORDS, "(b) to an agent."),
        ("Which medicines did she have on discharge?", AnswerForm.LIST, "ramipril 5 mg; apixaban 5 mg"),
        ("How many medicines did she have on discharge?", AnswerForm.COUNT, "3: ramipril 5 mg"),
    ],
)
def test_a_question_is_answered_in_one_line_with_its_place(
    question: str, form: AnswerForm, begins: str, papers: Collection, vault: Vault, embedder: Embedder
) -> None:
    answer = direct_answer(vault, papers, embedder, question)
    assert answer is not None
    assert (answer.form, answer.text[: len(begins)]) == (form, begins)
    assert answer.verdict is Verdict.QUOTED
    assert answer.citations
    assert cites_its_words(papers, answer)


@pytest.mark.parametrize(
    "question",
    [
        "Is Mrs Orme allergic to iodine?",
        "Is Mrs Orme allergic to nickel?",
        "When was Mrs Orme's knee replaced?",
        "What does clause 9.9 say?",
    ],
)
def test_what_no_sentence_says_of_the_person_has_no_direct_answer_of_yes(
    question: str, papers: Collection, vault: Vault, embedder: Embedder
) -> None:
    answer = direct_answer(vault, papers, embedder, question)
    assert answer is None or not answer.text.startswith(("Yes", "9.9", "9 April"))


def test_two_documents_with_the_same_clause_give_no_clause_unless_one_is_named(
    collection: Collection, vault: Vault, embedder: Embedder
) -> None:
    for name, rent in (("Oak Lane.txt", "900"), ("Elm Road.txt", "700")):
        text = f"LEASE\n\n4. Payments\n\n4.1 The rent is {rent} pounds a month.\n"
        add_text(collection, embedder, name, text)
    assert direct_answer(vault, collection, embedder, "What does clause 4.1 say?") is None
    named = direct_answer(vault, collection, embedder, "What does clause 4.1 of Elm Road say?")
    assert named is not None
    assert "700" in named.text


def test_a_part_of_a_clause_ends_where_the_next_begins() -> None:
    text = "5.2 It ends (a) at noon, (b) at night."
    assert part_of(text, "5.2(a)") == "(a) at noon"
    assert part_of(text, "5.2(b)") == "(b) at night."
    assert part_of(text, "5.2(c)") == part_of(text, "5.2") == text


def test_items_stand_under_what_leads_in_and_lose_their_marks() -> None:
    lists = [one for one in item_lists(annotation(LETTER).sentences) if one.marked]
    assert [[item_text(item) for item in one.items] for one in lists] == [
        ["ramipril 5 mg", "apixaban 5 mg", "paracetamol 1 g"]
    ]
    assert lists[0].title.endswith("Medicines on discharge:")


def test_a_clause_that_a_later_document_varies_is_not_given_as_it_was(
    vault: Vault, collection: Collection, embedder: Embedder
) -> None:
    lease = "LEASE\n\nDate: 3 May 2021\n\n9. Fees\n\n9.3 The fee is 1,500 pounds."
    add_text(collection, embedder, "lease.txt", lease)
    question = "What does clause 9.3 say?"
    before = direct_answer(vault, collection, embedder, question)
    assert before is not None and "1,500" in before.text
    deed = "DEED\n\nDate: 4 June 2023\n\nThe fee under clause 9.3 is 2,000 pounds."
    add_text(collection, embedder, "deed.txt", deed)
    after = direct_answer(vault, collection, embedder, question)
    assert after is None or "1,500" not in after.text
