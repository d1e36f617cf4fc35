"""Abbreviations and everyday words are found both ways."""

from __future__ import annotations

import pytest

from vault.text.abbreviations.known import Side, known_phrases
from vault.text.abbreviations.table import (
    abbreviations,
    everyday,
    everyday_words,
    expansions,
    fold,
    short_forms,
    technical_words,
)
from vault.text.lists.stop_words import STOP_WORDS


@pytest.mark.parametrize("table", [abbreviations(), everyday()], ids=["abbreviations", "everyday"])
def test_every_entry_is_text_and_leads_back(table) -> None:  # type: ignore[no-untyped-def]
    for short, meanings in table.forward.items():
        assert isinstance(short, str) and short == short.strip()
        assert len(set(meanings)) == len(meanings) > 0
        for meaning in meanings:
            assert isinstance(meaning, str) and meaning == meaning.strip()
            assert fold(meaning) != fold(short)
            assert short in table.backward[fold(meaning)]
            assert meaning in table.folded[fold(short)]


def test_the_tables_are_as_large_as_they_are_said_to_be() -> None:
    assert len(abbreviations().forward) >= 550
    assert len(everyday().forward) >= 250


@pytest.mark.parametrize(
    ("short", "first"),
    [
        ("LVEF", "left ventricular ejection fraction"),
        ("lvef", "left ventricular ejection fraction"),
        ("BP", "blood pressure"),
        ("HbA1c", "glycated haemoglobin"),
        ("hba1c", "glycated haemoglobin"),
        ("INR", "international normalised ratio"),
        ("COPD", "chronic obstructive pulmonary disease"),
        ("NBM", "nil by mouth"),
        ("PRN", "as required"),
        ("p.r.n.", "as required"),
        ("TDS", "three times daily"),
        ("bd", "twice daily"),
        ("BD", "twice daily"),
        ("od", "once daily"),
        ("OD", "overdose"),
        ("U&E", "urea and electrolytes"),
        ("NDAs", "non-disclosure agreement"),
        ("SPA", "share purchase agreement"),
        ("LOI", "letter of intent"),
        ("MoU", "memorandum of understanding"),
        ("LLC", "limited liability company"),
    ],
)
def test_an_abbreviation_has_its_meanings(short: str, first: str) -> None:
    assert expansions(short)[0] == first


def test_an_ambiguous_abbreviation_has_several() -> None:
    assert set(expansions("MS")) == {"multiple sclerosis", "mitral stenosis", "morphine sulphate"}
    assert {"alanine aminotransferase"} == set(expansions("ALT"))
    assert {"aspartate aminotransferase", "assured shorthold tenancy"} == set(expansions("AST"))


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_a_stop_word_is_no_abbreviation(word: str) -> None:
    assert expansions(word) == ()


def test_words_lead_both_ways() -> None:
    assert short_forms("Blood-pressure") == ("BP",)
    assert set(short_forms("hemoglobin")) == {"Hb", "Hgb"}
    assert {"anticoagulant", "warfarin", "apixaban"} <= set(technical_words("blood thinners"))
    assert {"diuretic", "furosemide"} <= set(technical_words("water tablet"))
    assert everyday_words("lessor") == ("landlord",)
    assert technical_words("tenant") == ("lessee",)
    assert "heart attack" in everyday_words("myocardial infarction")
    assert technical_words("no such thing") == everyday_words("no such thing") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She takes a blood thinner for AF.", [("blood thinner", Side.EVERYDAY), ("AF", Side.ABBREVIATION)]),
        ("metoprolol 50 mg bd", [("bd", Side.ABBREVIATION)]),
        (
            "myocardial infarction",
            [("myocardial infarction", Side.WRITTEN_OUT), ("myocardial infarction", Side.TECHNICAL)],
        ),
        ("as it is on the table or in us", []),
        ("ALL RISKS ARE COVERED AS AT COMPLETION", []),
        ("blood pressures were normal", [("blood pressures", Side.WRITTEN_OUT)]),
    ],
)
def test_known_phrases_of_a_text_are_found(text: str, found: list[tuple[str, Side]]) -> None:
    assert [(text[one.start : one.end], one.side) for one in known_phrases(text)] == found
    assert all(one.others for one in known_phrases(text))
