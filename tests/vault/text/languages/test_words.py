"""Words of the glossaries in their forms, compounds, and medicines that differ only in their spelling."""

import pytest

from vault.text.languages.french import lexicon as french
from vault.text.languages.german import lexicon as german
from vault.text.languages.german.verbs import verbs as german_verbs
from vault.text.languages.language import language_of
from vault.text.languages.parts.glossary import entries
from vault.text.languages.parts.medicines import french_medicine, german_medicine

KINDS = ("nouns", "adjectives", "adverbs", "verbs", "phrases")


@pytest.mark.parametrize(
    ("word", "english", "plural"),
    [
        ("Mietverträge", "lease", True),
        ("Blutverdünner", "blood thinner", False),
        ("Aufnahmegewicht", "weight on admission", False),
        ("Rechnungsnummern", "invoice number", True),
        ("Kaliumwerte", "potassium", True),
        ("Medikamentenkosten", "medicine costs", True),
        ("Wundverband", "wound dressing", False),
        ("Warfarin-Dosis", "warfarin dose", False),
        ("Hauses", "house", False),
        ("Zähne", "tooth", True),
        ("Knieschmerzen", "knee pain", True),
        ("Heizungsreparatur", "heating repair", False),
    ],
)
def test_german_nouns_are_found_in_their_forms_and_compounds(word: str, english: str, plural: bool) -> None:
    found = german.noun(word)
    assert found is not None
    assert (found.english, found.plural) == (english, plural)


@pytest.mark.parametrize("word", ["Quaddelkram", "Xylo", "Hafenbar"])
def test_words_that_no_part_is_known_of_are_no_nouns(word: str) -> None:
    assert german.noun(word) is None


@pytest.mark.parametrize(
    ("german_word", "french_word", "english"),
    [
        ("Enoxaparin", "énoxaparine", "enoxaparin"),
        ("Kodein", "codéine", "codeine"),
        ("Furosemid", "furosémide", "furosemide"),
        ("Amoxicillin", "amoxicilline", "amoxicillin"),
        ("Omeprazol", "oméprazole", "omeprazole"),
        ("Amlodipin", "amlodipine", "amlodipine"),
        ("Digoxin", "digoxine", "digoxin"),
        ("Levothyroxin", "lévothyroxine", "levothyroxine"),
        ("Spironolacton", "spironolactone", "spironolactone"),
        ("Metformin", "metformine", "metformin"),
        ("Prednisolon", "prednisolone", "prednisolone"),
        ("Gabapentin", "gabapentine", "gabapentin"),
        ("Clarithromycin", "clarithromycine", "clarithromycin"),
        ("Amiodaron", "amiodarone", "amiodarone"),
        ("Atorvastatin", "atorvastatine", "atorvastatin"),
        ("Paracetamol", "paracétamol", "paracetamol"),
        ("Ciprofloxacin", "ciprofloxacine", "ciprofloxacin"),
        ("Risperidon", "rispéridone", "risperidone"),
        ("Lidocain", "lidocaïne", "lidocaine"),
        ("Tetrazyklin", "tétracycline", "tetracycline"),
    ],
)
def test_medicines_get_their_english_spelling(german_word: str, french_word: str, english: str) -> None:
    assert german_medicine(german_word) == english
    assert french_medicine(french_word) == english


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("fängt", "start"),
        ("nahm", "take"),
        ("kündigten", "terminate"),
        ("wog", "weigh"),
        ("überschritt", "exceed"),
    ],
)
def test_german_verbs_are_found_in_their_forms(word: str, english: str) -> None:
    assert english in {verb.english for verb in german_verbs().finite[word]}


@pytest.mark.parametrize(
    ("word", "english"),
    [("annuelles", "annual"), ("élevée", "high"), ("dernières", "last"), ("active", None)],
)
def test_french_adjectives_are_found_in_their_forms(word: str, english: str | None) -> None:
    assert french.adjective(word) == english


@pytest.mark.parametrize("room", [german, french])
def test_a_glossary_holds_the_words_of_everyday_questions(room: object) -> None:
    folder = room._HERE  # type: ignore[attr-defined]
    words = [word for kind in KINDS for word, _, _ in entries(folder, kind)]
    assert len(words) >= 2_000
    for kind in KINDS:
        lines = list(entries(folder, kind))
        assert len({word.lower() for word, _, _ in lines}) == len(lines), f"a word stands twice in {kind}"
        assert all(word == word.strip() and english == english.strip() for word, english, _ in lines)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wogegen ist Frau Hale allergisch?", "de"),
        ("Miete pro Monat für den Keller?", "de"),
        ("Depuis quand est-elle à l'hôpital ?", "fr"),
        ("Quel est le loyer ?", "fr"),
        ("What is the rent?", "en"),
        ("die potassium", "en"),
        ("Was he in hospital?", "en"),
        ("Herr Braun's dose", "en"),
        ("Mme de La Tour's lease", "en"),
        ("Can the tenant pay on the date?", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_told_by_small_words(question: str, language: str) -> None:
    assert language_of(question) == language
