"""A sentence fits whom the question names by its words, its row and its document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.evidence.fit.people import fit_of_people
from rag.question.understanding.understood import AskedName
from tests.rag.evidence.annotated import annotation, sentence

ORME = AskedName("Mrs Orme", ("Mrs Ada Orme",), spellings=(("Ada Orme", "Mrs Orme"),))
SUMMARY = "DISCHARGE SUMMARY\n\nPatient: Mrs Ada Orme\n\nHer potassium was 4.1 mmol/l.\n"
OTHERS = "DISCHARGE SUMMARY\n\nPatient: Mr Bo Tarn\n\nHis potassium was 5.2 mmol/l.\n"


def test_the_words_of_the_sentence_name_the_person_with_or_without_a_title() -> None:
    for text in ("Mrs Orme was seen.", "Ada Orme was seen.", "ORME, ADA was seen."):
        assert fit_of_people([ORME], sentence(text, "seen"), None) == 1.0, text


def test_a_title_that_is_written_otherwise_does_not_matter() -> None:
    nurse = AskedName("Nurse Adeyemi", ("Nurse Adeyemi",))
    assert fit_of_people([nurse], sentence("Adeyemi gave the tablets.", "gave"), None) == 1.0


def test_a_name_that_is_a_title_too_is_still_a_name() -> None:
    lord = AskedName("Mr Lord", ("Mr Lord",))
    assert fit_of_people([lord], sentence("Mr Lord paid.", "paid"), None) == 1.0
    assert fit_of_people([lord], sentence("Mr Hale paid.", "paid"), None) == 0.0


@pytest.mark.parametrize(("text", "fits"), [(SUMMARY, 1.0), (OTHERS, -1.0)])
def test_a_sentence_that_names_nobody_is_about_the_patient_of_its_document(text: str, fits: float) -> None:
    profile = annotation(text).profile
    assert fit_of_people([ORME], sentence(text, "potassium"), profile) == fits


def test_a_row_is_about_its_subject_whatever_its_document_is_about() -> None:
    row = sentence("Potassium 5.2 mmol/l.", "5.2")
    for subject, fits in (("Mrs A. Orme", 1.0), ("Mr Bo Tarn", -1.0)):
        for text in (SUMMARY, OTHERS):
            profile = annotation(text).profile
            assert fit_of_people([ORME], replace(row, subject=subject), profile) == fits, subject


def test_without_a_known_name_nothing_is_said() -> None:
    text = sentence(OTHERS, "potassium")
    profile = annotation(OTHERS).profile
    assert fit_of_people([], text, profile) == 0.0
    assert fit_of_people([AskedName("Mr Nobody", ())], text, profile) == 0.0
