"""Questions in German and French become English ones; English ones stay as they are."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.text.languages.questions import FRENCH, GERMAN, SENTENCES, Asked
from vault.text.languages.language import language_of
from vault.text.languages.translate import translate
from vault.text.words import content_words, stem

EVERYDAY = {"blood thinner": "apixaban", "medicines": "takes"}
"""What the search knows of everyday words, and a translation need not."""


@pytest.mark.parametrize("asked", GERMAN, ids=lambda asked: asked.question)
def test_german_questions_become_english_ones(asked: Asked) -> None:
    found = translate(asked.question)
    assert (found.text, found.language) == (asked.english, "de")


@pytest.mark.parametrize("asked", FRENCH, ids=lambda asked: asked.question)
def test_french_questions_become_english_ones(asked: Asked) -> None:
    found = translate(asked.question)
    assert (found.text, found.language) == (asked.english, "fr")


def stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)}


@pytest.mark.parametrize("asked", (*GERMAN, *FRENCH), ids=lambda asked: asked.question)
def test_the_words_of_a_translation_meet_those_of_the_sentence_that_answers(asked: Asked) -> None:
    text = translate(asked.question).text
    for everyday, technical in EVERYDAY.items():
        text = text.replace(everyday, technical)
    shared = [len(stems(text) & stems(sentence)) for sentence in SENTENCES]
    assert shared[asked.sentence] == max(shared) > 0


SUBJECTS = (
    "Mrs Hale",
    "the tenant",
    "Herr von der Tann",
    "Mme de La Tour",
    "patient QT-40417",
    "Monsieur Lepage",
)
FORMS = (
    "What does {} take?",
    "Is {} allergic to penicillin?",
    "When was {} discharged, and by whom?",
    "How much did {} weigh on 3 May 2024?",
    "Did {} die in hospital?",
    "Was {} told about the fall?",
    "List all medicines of {}",
    "and the dose of {} now?",
    "{} potassium 13 march",
    "{} on warfarin?",
    "rent of {}",
    "allergies {}",
    "who operated on {}",
    "Compare the leases of {} and the landlord.",
)


@pytest.mark.parametrize(("form", "subject"), product(FORMS, SUBJECTS))
def test_an_english_question_stays_as_it_is(form: str, subject: str) -> None:
    question = form.format(subject)
    found = translate(question)
    assert (found.text, found.language, found.unknown) == (question, "en", ())


@given(
    st.lists(
        st.sampled_from(
            "the of is was in on for her what which when who dose rent clause ward tenant notice "
            "Hale 4.2(b) 12.5 mg "
            "3 May 2024 paid does did weigh potassium lease die am war hat man bin will was also an "
            "so fast gut".split()
        ),
        min_size=1,
        max_size=12,
    )
)
def test_english_words_in_any_order_stay_as_they_are(words: list[str]) -> None:
    question = " ".join(words)
    assert translate(question).text == question or language_of(question) != "en"
    assert translate(f"What is the {question}?").text == f"What is the {question}?"


NAMES = st.from_regex(r"[A-Z][a-zéü]{3,9}", fullmatch=True)
VALUES = st.one_of(
    st.from_regex(r"[A-Z]{1,3}-[0-9]{3,6}", fullmatch=True),
    st.dates().map(lambda day: f"{day:%d.%m.%Y}"),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    st.from_regex(r"[1-9][0-9]{0,2}[,.][0-9]{1,3}", fullmatch=True),
)


@given(NAMES, VALUES)
def test_names_and_references_are_kept_to_the_letter(name: str, value: str) -> None:
    for question in (
        f"Wann hat Frau {name} die Rechnung {value} bezahlt?",
        f"Welche Dosis bekam Herr {name} am {value}?",
        f"Quand Mme {name} a-t-elle payé la facture {value} ?",
        f"Quelle dose M. {name} a-t-il reçue le {value} ?",
    ):
        text = translate(question).text
        assert re.search(rf"\b(?:Mrs|Mr) {name}\b", text)
        assert value in text


@pytest.mark.parametrize("name", ["Baum", "Richter", "Koch", "Winter", "Fieber", "Vogel", "Marian Richter"])
def test_a_name_that_is_a_word_is_not_translated(name: str) -> None:
    assert translate(f"Hat Herr {name} Fieber?").text == f"Does Mr {name} have fever?"
    assert translate(f"Wer ist Frau {name}?").text == f"Who is Mrs {name}?"


@pytest.mark.parametrize("name", ["Petit", "Blanc", "Boulanger", "Marie Legrand", "de La Tour"])
def test_a_french_name_that_is_a_word_is_not_translated(name: str) -> None:
    assert translate(f"M. {name} a-t-il de la fièvre ?").text == f"Does Mr {name} have fever?"


def test_what_is_merely_provided_for_is_left_out() -> None:
    assert (
        translate("Quelle est la prime prévue pour le garage ?").text == "What is the bonus for the garage?"
    )
    assert translate("Quels examens sont prévus ?").text == "Which examinations are planned?"


def test_places_that_are_kept_stay_as_they_are() -> None:
    question = "Wann endet der Vertrag mit Haus Sommer?"
    start = question.index("Haus Sommer")
    assert translate(question, [(start, start + len("Haus Sommer"))]).text == (
        "When does the contract end with Haus Sommer?"
    )


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Wo liegt der Quaddelkram?", ("Quaddelkram",)),
        ("Wo liegt der Vertrag?", ()),
        ("Où est le quaddelkram ?", ("quaddelkram",)),
    ],
)
def test_words_that_are_unknown_are_kept_and_told(question: str, unknown: tuple[str, ...]) -> None:
    found = translate(question)
    assert found.unknown == unknown
    assert all(word in found.text for word in unknown)


@given(st.text(max_size=80))
def test_any_text_is_translated_without_an_error(text: str) -> None:
    for start in ("Wann ist ", "Quand est-ce que ", ""):
        translate(f"{start}{text}")


@given(
    st.lists(
        st.sampled_from(
            "wann bis der die dem und wurde hat muss nicht Vertrag Frau Hale , ? ( ) mit von zu sie "
            "gekündigt 3. Mai "
            "dass welche wie viel werden quand le la de du et est a-t-il n'a pas qui que M. Baum "
            "l'hôpital prise".split()
        ),
        max_size=14,
    )
)
def test_words_of_questions_in_any_order_are_translated_without_an_error(words: list[str]) -> None:
    translate(" ".join(words))
