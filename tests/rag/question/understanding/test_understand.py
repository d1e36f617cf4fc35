"""Questions, and what is understood of them in a collection with people whose names are alike."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.question.turn import Turn
from rag.question.understanding.labels import LabelKind, labels
from rag.question.understanding.understand import understand
from rag.question.understanding.understood import Intent, Relation, Understood
from tests.documents import add_annotated
from tests.rag.question.understanding.conftest import DOCUMENTS
from vault.annotations import Subject
from vault.records import Page
from vault.store.collection import Collection
from vault.store.sentences.index import SentenceIndex

TODAY = date(2026, 11, 26)
HARTWELL, HARTNELL = "Mrs Imogen Hartwell", "Mrs Imogene Hartnell"
FIELDING, NIECE = "Mr Tobias Fielding", "Clemency Fielding"


def ask(question: str, sentences: SentenceIndex, *turns: str, without: tuple[str, ...] = ()) -> Understood:
    """What is understood of a question after others, whose answers say nothing."""
    history = [Turn(turn, "") for turn in turns]
    return understand(question, history, [sentences], today=TODAY, without=without)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("imogen hartwell potassium 13 march", [[HARTWELL]]),
        ("What is Hartwell's potassium?", [[HARTWELL]]),
        ("hartwells potassium", [[HARTWELL]]),
        ("HARTWELL Imogen, potassium", [[HARTWELL]]),
        ("potassium of Mrs I. Hartwell", [[HARTWELL]]),
        ("the Hartnell lady's allergies", [[HARTNELL]]),
        ("I Hartnell allergies", [[HARTNELL]]),
        ("Imogene allergies", [[HARTNELL]]),
        ("is imogen diabetic", [[HARTWELL]]),
        ("Imogene Hartwell's potassium", [[HARTWELL, HARTNELL]]),
        ("Who had the higher potassium, Hartwell or Hartnell?", [[HARTWELL], [HARTNELL]]),
        ("Fielding weight", [[NIECE, FIELDING]]),
        ("Mr Fielding's weight", [[FIELDING]]),
        ("Tobias Fielding's weight", [[FIELDING]]),
        ("clemency's weight", [[NIECE]]),
        ("Sjoqvist INR", [["Mrs Ingrid Sjöqvist"]]),
        ("Sjokvist INR", [["Mrs Ingrid Sjöqvist"]]),
        ("what did dr rose say", [["Dr Rose Quint"]]),
        ("who rose at the meeting", []),
        ("the price rose in may", []),
        ("O'Brien's report", [["Mr Ian O'Brien"]]),
        ("O’Brien's report", [["Mr Ian O'Brien"]]),
        ("who is Mr Penrose", [["Mr Aldous Penrose"]]),
        ("Mr Penros's findings", [["Mr Aldous Penrose"]]),
        ("Aldgate deposit", [["Aldgate Fabrics Ltd"]]),
        ("Aldgaite Fabrix company number", [["Aldgate Fabrics Ltd"]]),
        ("what did Bramwell and Stokes receive", [["Bramwell & Stokes LLP"]]),
        ("what did bramwell & stokes receive", [["Bramwell & Stokes LLP"]]),
        ("address of Weston Quay", [["Weston Quay"]]),
        ("Is Mr Nobody diabetic?", [[]]),
        ("Is Imogen Farquarson diabetic?", [[]]),
        ("what does patient QT-40417 take", [[HARTWELL]]),
        ("allergies of qt-40471", []),
        ("QT-40471 allergies", [[HARTNELL]]),
        ("metoprolol dose now", []),
        ("warfarin in march", []),
        ("Which fabrics are listed?", []),
        ("What is the potassium?", []),
    ],
)
def test_names_are_matched_with_those_of_the_collection(
    question: str, names: list[list[str]], sentences: SentenceIndex
) -> None:
    found = ask(question, sentences).names
    assert [sorted(one.names) for one in found] == [sorted(expected) for expected in names]


@pytest.mark.parametrize(
    ("question", "corrections", "text"),
    [
        ("potasium of Hartwell", {"potasium": "potassium"}, "potassium of Hartwell"),
        ("metroprolol dose", {"metroprolol": "metoprolol"}, "metoprolol dose"),
        ("Warfrin dose?", {"Warfrin": "Warfarin"}, "Warfarin dose?"),
        ("medicaton list", {"medicaton": "medication"}, "medication list"),
        ("is she alergic to codiene", {"alergic": "allergic", "codiene": "codeine"}, None),
        ("haemoglobine on 2 May 2024", {}, None),
        ("Sjokvist INR", {"Sjokvist": "Sjöqvist"}, "Sjöqvist INR"),
        ("how much is the depossit", {"depossit": "deposit"}, "how much is the deposit"),
        ("landlrd may end the lease", {"landlrd": "landlord"}, None),
        # One word in the documents, which may hyphenate it at the end of a line.
        ("is there a pre-scription, and the pen-icillin", {"pen-icillin": "penicillin"}, None),
        ("a follow-up of the knee-warfarin", {}, None),
        # Right words that the collection does not hold stay as they are.
        ("which doctor prescribed it", {}, None),
        ("is there a pacemaker", {}, None),
        ("prednisolone dose", {}, None),
        ("metformin dose", {}, None),
        ("warfarine", {}, None),
        ("LVEFF", {}, None),
        ("invoice AF-2230", {}, None),
        ("QT-40418", {}, None),
        ("HbA1cc", {}, None),
        ("What is the ferritin?", {}, None),
        ("the tenants' rights", {}, None),
    ],
)
def test_misspelt_words_are_read_as_words_of_the_collection(
    question: str, corrections: dict[str, str], text: str | None, sentences: SentenceIndex
) -> None:
    found = ask(question, sentences)
    assert {one.written: one.read_as for one in found.corrections} == corrections
    if text is not None:
        assert found.text == text


def test_a_word_that_is_english_but_hardly_fits_is_searched_beside_the_one_that_does(
    sentences: SentenceIndex,
) -> None:
    found = ask("manger of Weston Quay", sentences)
    assert found.corrections == ()
    assert found.expansions["manger"] == ("manager",)


@pytest.mark.parametrize(
    ("question", "relation", "readings"),
    [
        ("potassium on 13 March 2025", "on", ["2025-03-13"]),
        ("potassium hartwell 13.3.?", "on", ["2025-03-13"]),
        ("potassium 13/3?", "on", ["2025-03-13"]),
        ("potassium on 13.3.25", "on", ["2025-03-13"]),
        ("on 04/05/2024", "on", ["2024-05-04", "2024-04-05"]),
        ("potassium of the 13th", "on", ["2025-05-13", "2025-03-13"]),
        ("INR in May", "on", ["2025-05-01/2025-05-31", "2024-05-01/2024-05-31"]),
        ("INR in may 25", "on", ["2025-05-01/2025-05-31"]),
        ("INR in May 2025", "on", ["2025-05-01/2025-05-31"]),
        ("at her September check", "on", ["2025-09-01/2025-09-30"]),
        ("the 2023 statement", "on", ["2023-01-01/2023-12-31"]),
        ("at the check before October 2025", "before", ["2025-10-01/2025-10-31"]),
        ("last INR before 22 July 2025", "before", ["2025-07-22"]),
        ("sodium before the end of March 2025", "until", ["2025-03-01/2025-03-31"]),
        ("deposit by the end of 2023", "until", ["2023-01-01/2023-12-31"]),
        ("rent as of 1 May 2023", "until", ["2023-05-01"]),
        ("until 17 October 2025", "until", ["2025-10-17"]),
        ("no later than 3 May 2024", "until", ["2024-05-03"]),
        ("visits after 3 May 2024", "after", ["2024-05-03"]),
        ("visits since January 2024", "since", ["2024-01-01/2024-01-31"]),
        ("price from June 2024", "since", ["2024-06-01/2024-06-30"]),
        ("April 2024 onwards", "since", ["2024-04-01/2024-04-30"]),
        ("the letter from 3 May 2024", "on", ["2024-05-03"]),
        ("kilos lost Jan to Oct 2025?", "between", ["2025-01-01/2025-10-31"]),
        ("between 5 March 2025 and 3 June 2025", "between", ["2025-03-05/2025-06-03"]),
        ("from 3 to 9 May 2024", "between", ["2024-05-03/2024-05-09"]),
        ("yesterday's bloods", "on", ["2026-11-25"]),
        ("what was decided last month", "on", ["2026-10-01/2026-10-31"]),
        ("admissions last year", "on", ["2025-01-01/2025-12-31"]),
        ("in the last two weeks", "between", ["2026-11-12/2026-11-26"]),
        ("three months ago", "on", ["2026-08-11/2026-09-10"]),
        ("since last Monday", "since", ["2026-11-23"]),
        ("decided in autumn 2023", "on", ["2023-09-01/2023-11-30"]),
        ("at the end of January 2025", "on", ["2025-01-21/2025-01-31"]),
        ("Q3 2024 sales", "on", ["2024-07-01/2024-09-30"]),
    ],
)
def test_dates_are_read_with_their_relation(
    question: str, relation: str, readings: list[str], sentences: SentenceIndex
) -> None:
    (found,) = ask(question, sentences).dates
    assert found.relation is Relation(relation)
    assert [f"{first}" if first == last else f"{first}/{last}" for first, last in found.readings] == readings


def test_a_day_without_a_year_keeps_day_and_month(sentences: SentenceIndex) -> None:
    assert ask("potassium 13.3.?", sentences).dates[0].day_and_month == (13, 3)
    assert ask("INR in May", sentences).dates[0].day_and_month == (0, 5)
    assert ask("potassium of the 13th", sentences).dates[0].day_and_month == (13, 0)
    assert ask("potassium on 13 March 2025", sentences).dates[0].day_and_month is None


@pytest.mark.parametrize(
    "question",
    [
        "What may the landlord do?",
        "BP 118/72",
        "the march of time",
        "clause 13.3. please",
        "version 2.1",
        "3.3 of the protocol",
        "dose 2.5 mg",
    ],
)
def test_what_is_no_date_is_not_read_as_one(question: str, sentences: SentenceIndex) -> None:
    assert ask(question, sentences).dates == ()


@pytest.mark.parametrize(
    ("question", "normal"),
    [
        ("What does clause 4.2(b) say?", ["clause 4.2(b)"]),
        ("protocol 5.2(b)?", ["clause 5.2(b)"]),
        ("What does 4.3 of procedure 14 say?", ["clause 4.3"]),
        ("What do we do under 3.3 of the fasting protocol?", ["clause 3.3"]),
        ("Clause 7.4 of the lease?", ["clause 7.4"]),
        ("was invoice AF-2203 paid", ["AF-2203"]),
        ("AF-2203 paid?", ["AF-2203"]),
        ("what is on page 14", ["page 14"]),
        ("section 3 of the lease", ["section 3"]),
        ("INR 2.4 on 13 May 2025", []),
        ("potassium 4.2 on 13 March 2025?", []),
    ],
)
def test_references_are_found_whole(question: str, normal: list[str], sentences: SentenceIndex) -> None:
    assert [one.normal for one in ask(question, sentences).references] == normal


@pytest.mark.parametrize(
    ("question", "phrase", "others"),
    [
        ("K of Hartwell", "k", {"potassium"}),
        ("what is the EF", "ef", {"ejection fraction"}),
        ("LVEF?", "lvef", {"left ventricular ejection fraction"}),
        ("Hb on 2 May 2024", "hb", {"haemoglobin"}),
        ("what blood thinner", "blood thinner", {"warfarin"}),
        ("who is the tenant", "tenant", {"aldgate fabrics ltd"}),
    ],
)
def test_other_words_are_those_that_the_collection_holds(
    question: str, phrase: str, others: set[str], sentences: SentenceIndex
) -> None:
    found = ask(question, sentences).expansions
    assert others <= set(found[phrase])
    assert "apixaban" not in found.get("blood thinner", ())


@pytest.mark.parametrize(
    ("question", "topic", "current"),
    [
        ("What was Imogen Hartwell's potassium on 13 March 2025?", ("potassium",), False),
        ("latest potassium of Hartwell", ("potassium",), False),
        (
            "what dose of metoprolol does Mrs Hartwell take at the moment",
            ("dose", "metoprolol", "take"),
            True,
        ),
        ("how many invoices from Aldgate", ("invoices",), False),
        ("Is Mrs Hartwell still on warfarin?", ("warfarin",), True),
        ("current deposit", ("deposit",), True),
        ("list all medications", ("medications",), False),
        ("What does clause 4.2(b) say?", (), False),
    ],
)
def test_the_topic_is_what_is_left(
    question: str, topic: tuple[str, ...], current: bool, sentences: SentenceIndex
) -> None:
    found = ask(question, sentences)
    assert (found.topic, found.current) == (topic, current)


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("What was the creatinine of Hartwell in bed 2 on 13 March?", "And for the other one, bed 12?",
         "What was the creatinine of Mrs Imogene Hartnell in bed 12 on 13 March?"),
        ("What is Mrs Hartwell allergic to?", "and the other patient?",
         "What is Mrs Imogene Hartnell allergic to?"),
        ("What was Tobias Fielding's blood pressure on 14 October "
            "2025?", "and his niece's, at her September check?",
         "What was Clemency Fielding's blood pressure at her September 2025 check?"),
        ("What was Mrs Hartwell's creatinine on 30 January 2025?", "and her eGFR that day?",
         "What was Mrs Imogen Hartwell's eGFR on 30 January 2025?"),
        ("What was Mrs Sjöqvist's INR in May 2025?", "and in June?",
         "What was Mrs Sjöqvist's INR in June 2025?"),
        ("What was Mrs Hartwell's potassium on 13 March 2025?", "And Hartnell's?",
         "What was Mrs Imogene Hartnell's potassium on 13 March 2025?"),
        ("What is Mrs Hartwell allergic to?", "what about Hartnell?",
         "What is Mrs Imogene Hartnell allergic to?"),
        ("Is Mrs Hartnell allergic to latex?", "and penicillin?",
         "Is Mrs Hartnell allergic to penicillin?"),
        ("What dose of warfarin does Mrs Hartwell take?", "and metoprolol?",
         "What dose of metoprolol does Mrs Hartwell take?"),
        ("What dose of warfarin did Mrs Hartwell take?", "is she still taking it?",
         "Is Mrs Imogen Hartwell still taking warfarin?"),
        ("When did Mrs Hartwell start warfarin?", "Why was it stopped?",
         "Why was Mrs Imogen Hartwell's warfarin stopped?"),
        ("When was spironolactone stopped?", "Why was it stopped?", "Why was spironolactone stopped?"),
        ("What was the gross amount of invoice AF-2203?", "When did they pay that one?",
         "When did they pay invoice AF-2203?"),
        ("What was the gross amount of invoice AF-2203?", "and AF-2204?",
         "What was the gross amount of invoice AF-2204?"),
        ("What does a single towel cost from June 2024?", "And a bath mat?",
         "What does a bath mat cost from June 2024?"),
        ("How much deposit did Aldgate pay in 2019?", "and what did it go up to in the second deed?",
         "What did the deposit go up to in the second deed?"),
        ("Does the lease allow subletting?", "When does it end?", "When does the lease end?"),
        ("What does clause 4.2 say?", "and 4.3?", "What does clause 4.3 say?"),
        ("Where was Mrs Hartwell operated on?", "Who is her consultant?",
         "Who is Mrs Imogen Hartwell's consultant?"),
        ("What was the creatinine of Mrs Hartnell?", "allergies?", "Allergies for Mrs Imogene Hartnell?"),
        ("When was Mrs Hartwell admitted?", "And what was the dose?", "What was the dose for Mrs "
            "Imogen Hartwell?"),
        ("Who operated on Mrs Hartwell's knee?", "When does the lease end?", "When does the lease end?"),
        ("Who signed the deed?", "Is it known when it ends?", None),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_to_stand_alone(
    before: str, question: str, alone: str | None, sentences: SentenceIndex
) -> None:
    found = ask(question, sentences, before).text
    if alone is not None:
        assert found == alone
    assert before not in found


def test_a_third_question_goes_on_from_the_second(sentences: SentenceIndex) -> None:
    turns = ("What was Mrs Sjöqvist's INR in May 2025?", "and in June?", "and Mrs Hartwell's?")
    assert ask("in July?", sentences, *turns).text == "What was Mrs Imogen Hartwell's INR in July 2025?"


def test_the_subject_stays_though_answers_name_others(sentences: SentenceIndex) -> None:
    turns = [
        Turn("Who operated on Mrs Hartwell?", "Mr Aldous Penrose operated."),
        Turn("In which theatre?", "2"),
    ]
    found = understand("When was she discharged?", turns, [sentences], today=TODAY)
    assert found.text == "When was Mrs Imogen Hartwell discharged?"
    asked_of_him = understand("Where does he work?", turns, [sentences], today=TODAY)
    assert asked_of_him.text == "Where does Mr Aldous Penrose work?"


def test_she_is_never_a_man(sentences: SentenceIndex) -> None:
    found = ask("When was she seen?", sentences, "What is Mr Tobias Fielding's blood pressure?")
    assert "Fielding" not in found.text


def test_that_day_may_be_the_day_of_the_answer(sentences: SentenceIndex) -> None:
    turns = [Turn("When was Mrs Hartwell admitted?", "Mrs Hartwell was admitted on 3 March 2025.")]
    found = understand("What was her potassium that day?", turns, [sentences], today=TODAY)
    assert found.text == "What was Mrs Imogen Hartwell's potassium on 3 March 2025?"


def test_a_kept_rewriting_is_used(sentences: SentenceIndex) -> None:
    turns = [Turn("and hers?", "", rewritten="What was Mrs Hartnell's creatinine on 13 March 2025?")]
    found = understand("and her sodium?", turns, [sentences], today=TODAY)
    assert found.text == "What was Mrs Imogene Hartnell's sodium on 13 March 2025?"


def test_the_relative_of_a_person_is_meant_and_not_the_person(sentences: SentenceIndex) -> None:
    known = ask("What did Tobias Fielding's niece weigh?", sentences)
    assert [one.names for one in known.names] == [(NIECE,)]
    unknown = ask("What did Tobias Fielding's brother weigh?", sentences)
    assert [one.names for one in unknown.names] == [()]
    assert unknown.names[0].documents


def test_the_one_patient_of_a_collection_is_she(collection: Collection) -> None:
    text = "Patient: Mrs Ada Wren\n\nMrs Wren takes digoxin."
    sha256 = add_annotated(collection, "letter.txt", Page(1, text)).sha256
    sentences = collection.catalogue.sentences
    annotation = sentences.annotation(sha256)
    assert annotation is not None
    profile = replace(annotation.profile, subjects=(Subject("Mrs Ada Wren", "patient"),))
    sentences.replace(replace(annotation, names=("Mrs Ada Wren",), profile=profile))
    assert ask("does she have a pacemaker", sentences).text == "does Mrs Ada Wren have a pacemaker"
    assert ask("does he have a pacemaker", sentences).names == ()


def test_what_is_known_is_read_again_when_documents_change(collection: Collection) -> None:
    sentences = collection.catalogue.sentences
    assert [one.names for one in ask("Mr Wren's dose", sentences).names] == [()]
    add_annotated(collection, "letter.txt", Page(1, "Mr Wren takes digoxin 125 micrograms."))
    assert [one.names for one in ask("Mr Wren's dose", sentences).names] == [("Mr Wren",)]


def test_labels_say_what_is_understood(sentences: SentenceIndex) -> None:
    found = ask("potasium of Sjokvist before 3 May 2025 under clause 4.2(b) now", sentences)
    assert [(one.kind.value, one.text) for one in labels(found)] == [
        ("name", "Mrs Ingrid Sjöqvist"),
        ("date", "before 3 May 2025"),
        ("reference", "clause 4.2(b)"),
        ("correction", "potasium read as potassium"),
        ("correction", "Sjokvist read as Sjöqvist"),
        ("current", "now"),
        ("topic", "potassium"),
    ]


@pytest.mark.parametrize("language", ["de", "fr", "en"])
def test_the_language_is_told(language: str, sentences: SentenceIndex) -> None:
    question = {
        "de": "Wogegen ist Frau Hartwell allergisch?",
        "fr": "Depuis quand est-elle à l'hôpital ?",
        "en": "What is Mrs Hartwell allergic to?",
    }[language]
    assert ask(question, sentences).language == language


@pytest.mark.parametrize(
    ("question", "english", "language"),
    [
        ("Wogegen ist Frau Hartwell allergisch?", "What is Mrs Hartwell allergic to?", "de"),
        ("Quel était le potassium de Mme Hartwell le 13 mars 2025 ?",
         "What was the potassium of Mrs Hartwell on 13 March 2025?", "fr"),
        ("What is Mrs Hartwell allergic to?", "What is Mrs Hartwell allergic to?", "en"),
    ],
)  # fmt: skip
def test_a_question_in_another_language_is_understood_in_english(
    question: str, english: str, language: str, sentences: SentenceIndex
) -> None:
    found = ask(question, sentences)
    assert (found.text, found.written, found.language) == (english, question, language)
    assert [one.names for one in found.names] == [(HARTWELL,)]
    assert (found.intent, found.wanted) == (ask(english, sentences).intent, ask(english, sentences).wanted)


def test_dates_of_another_language_are_understood(sentences: SentenceIndex) -> None:
    for question in ("Wie war das Kalium am 13. März 2025?", "Quel était le potassium le 13 mars 2025 ?"):
        found = ask(question, sentences)
        assert [one.readings for one in found.dates] == [((date(2025, 3, 13), date(2025, 3, 13)),)]
        assert found.topic == ("potassium",)


def test_a_follow_up_in_another_language_keeps_the_subject(sentences: SentenceIndex) -> None:
    found = ask("Und am 13. März 2025?", sentences, "Wie war das Kalium von Frau Hartwell am 3. Mai 2025?")
    assert found.text == "What was the potassium of Mrs Hartwell on 13 March 2025?"


QUESTIONS = (
    "potasium of Hartwell on 13 March 2025",
    "current metoprolol dose of Mrs Hartnell before May 2025",
    "was invoice AF-2203 of Aldgaite paid in July 2023?",
    "What does clause 4.2(b) say about the landlrd since 2021?",
    "Imogene Hartwell's INR and Sjokvist's, 13.3.",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_label_that_is_taken_away_takes_its_constraint_away(
    question: str, sentences: SentenceIndex
) -> None:
    whole = labels(ask(question, sentences))
    assert whole
    for label in whole:
        left = ask(question, sentences, without=(label.key,))
        assert label.key not in [one.key for one in labels(left)]
        if label.kind is LabelKind.NAME:
            assert len(left.names) == len(ask(question, sentences).names) - 1
        if label.kind is LabelKind.CORRECTION:
            assert label.text.split(" read as ")[0] in left.text


NAMES = [name for _, _, _, names, _ in DOCUMENTS for name in names]
FRAMES = ("What is {}'s potassium?", "{} potassium", "the dose of {} on 3 May 2024", "Who treated {}?")
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(st.sampled_from(NAMES), st.sampled_from(FRAMES))
def test_a_name_of_the_collection_is_always_matched(sentences: SentenceIndex, name: str, frame: str) -> None:
    found = ask(frame.format(name), sentences).names
    assert any(name in spellings for one in found for spellings in one.spellings)
    assert all(one.exact for one in found)


@quick
@given(st.lists(st.from_regex(r"\A(?:[A-Z]{1,3}-\d{3,6}|\d{1,5}(?:\.\d{1,2})?)\Z"), min_size=1, max_size=3))
def test_a_correction_never_changes_a_number_or_reference(
    sentences: SentenceIndex, numbers: list[str]
) -> None:
    found = ask(f"potasium of {' and '.join(numbers)} in the leese", sentences)
    for number in numbers:
        assert number in found.text
    assert all(one.written.isalpha() for one in found.corrections)


@quick
@given(
    st.sampled_from([*NAMES, "St Osyth's", "Mr A's", "the Joneses'"]),
    st.sampled_from(
        ["and his dose?", "And hers?", "what is her weight", "and its price?", "and in June?", "Hartwell's?"]
    ),
)  # fmt: skip
def test_a_possessive_is_never_doubled(sentences: SentenceIndex, name: str, question: str) -> None:
    found = ask(question, sentences, f"What is {name}'s weight?", f"Is {name} here?").text
    assert "'s's" not in found.replace("’", "'")
    assert "s''s" not in found


def test_without_collections_a_question_is_understood_by_its_form() -> None:
    found = understand("How many invoices did Mr Hale pay before May 2024?", [], [], today=TODAY)
    assert (found.intent, found.names[0].written) == (Intent.COUNT, "Mr Hale")
