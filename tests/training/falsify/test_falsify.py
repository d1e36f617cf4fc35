"""Statements made false by one change, or true in other words."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.falsify.falsify import falsified, restated

NAMES = ("Nortel Networks Inc.", "Verona", "Silas Grant")
CLAUSE = (
    "4.2 Payment. The Licensee shall pay the Licensor  $5,000 within thirty (30) days after receipt of the "
    "invoice dated March 3, 2020."
)
SOURCES = (
    CLAUSE,
    "The physician may not treat more than 12 patients a day without the consent of the patient.",
    "No significant difference was found; the mean age was 54.3 years and all patients had increased levels.",
    "The Supplier shall not terminate this Agreement prior to 2024, and the Customer shall pay all fees.",
)
SENTENCES = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from([word for source in SOURCES for word in source.split()]), min_size=1, max_size=40
    ).map(" ".join),
    st.sampled_from(SOURCES),
)


def _false(sentence: str, kind: str, seeds: int = 20) -> set[str]:
    made = (made for seed in range(seeds) for made in falsified(sentence, random.Random(seed), NAMES))
    return {one.text for one in made if one.kind == kind}


def _true(sentence: str, kind: str, seeds: int = 20) -> set[str]:
    made = (made for seed in range(seeds) for made in restated(sentence, random.Random(seed)))
    return {one.text for one in made if one.kind == kind}


def test_a_spelled_number_changes_with_its_digits() -> None:
    texts = _false("Notice shall be given for thirty (30) days by the Tenant.", "number")
    assert texts
    assert all(re.search(r"for [a-z-]+ \(\d+\) days", text) and "(30)" not in text for text in texts)


def test_a_least_number_only_grows() -> None:
    texts = _false("The Tenant shall give at least 30 days of notice.", "number")
    assert texts
    assert all(int(re.findall(r"\d+", text)[0]) > 30 for text in texts)


def test_a_section_number_and_a_year_are_no_quantities() -> None:
    assert not _false("The notice under Section 4.2 was given in 2019 by the tenant.", "number")


def test_a_unit_changes_and_its_number_stays() -> None:
    assert _false("The patients received 50 mg of the drug once.", "unit") <= {
        "The patients received 50 mcg of the drug once.",
        "The patients received 50 g of the drug once.",
    }


def test_a_date_changes_in_one_part() -> None:
    for text in _false(CLAUSE, "date"):
        assert sum(part in text for part in ("March", " 3,", "2020")) == 2


def test_a_name_is_replaced_by_one_of_another_document() -> None:
    assert "The survey was carried out in Verona by two nurses." in _false(
        "The survey was carried out in Norway by two nurses.", "name"
    )


def test_two_parties_are_exchanged() -> None:
    assert _false("The Buyer shall indemnify the Seller against all claims.", "role") == {
        "The Seller shall indemnify the Buyer against all claims."
    }


def test_parties_side_by_side_are_not_exchanged() -> None:
    assert not _false("This contract is made between the Buyer and the Seller in Leeds.", "role")


@pytest.mark.parametrize(
    ("sentence", "false"),
    [
        ("The Supplier shall not assign the contract.", "The Supplier shall assign the contract."),
        (
            "The Supplier shall assign the whole contract.",
            "The Supplier shall not assign the whole contract.",
        ),
        ("The fee does not include any taxes.", "The fee includes any taxes."),
        ("The groups did not differ in age.", "The groups differed in age."),
        ("There was no significant difference in age.", "There was a significant difference in age."),
        ("The Tenant may sublet the flat without consent.", "The Tenant may sublet the flat with consent."),
    ],
)
def test_a_denial_is_dropped_or_put_in(sentence: str, false: str) -> None:
    assert false in _false(sentence, "negation")


def test_what_is_only_possible_is_not_denied() -> None:
    assert not _false("Aspirin may reduce the risk of stroke.", "negation")


@pytest.mark.parametrize(
    ("sentence", "false"),
    [
        ("The Tenant shall paint the whole flat.", "The Tenant may paint the whole flat."),
        ("The Tenant may paint the whole flat.", "The Tenant must paint the whole flat."),
        ("The Tenant shall not paint the flat.", "The Tenant need not paint the flat."),
    ],
)
def test_a_duty_becomes_a_permission_and_back(sentence: str, false: str) -> None:
    assert false in _false(sentence, "modality")


@pytest.mark.parametrize(
    ("sentence", "false"),
    [
        ("Mortality was higher in the first group.", "Mortality was lower in the first group."),
        ("The rent is due before the first day.", "The rent is due after the first day."),
        ("All patients had a fever at night.", "None of the patients had a fever at night."),
        ("We shall pay within ten days of receipt.", "We shall pay no earlier than ten days after receipt."),
        ("He obtained an exclusive licence to it.", "He obtained a non-exclusive licence to it."),
    ],
)  # fmt: skip
def test_a_scale_is_turned_round(sentence: str, false: str) -> None:
    assert false in _false(sentence, "comparison")


def test_a_question_is_no_statement() -> None:
    assert not falsified("Does aspirin reduce the risk of stroke?", random.Random(0))
    assert not restated("Does aspirin reduce the risk of stroke?", random.Random(0))


def test_number_and_heading_are_left_out() -> None:
    (whole,) = _true(CLAUSE, "whole")
    assert whole.startswith("The Licensee shall pay")


def test_digits_stand_for_a_number_said_twice() -> None:
    (digits,) = _true(CLAUSE, "digits")
    assert "within 30 days" in digits


def test_a_trailing_clause_is_dropped() -> None:
    sentence = (
        "The arbitration shall be conducted in English, and all documents shall be submitted in French."
    )
    assert _true(sentence, "shortened") == {"The arbitration shall be conducted in English."}
    assert _true(sentence, "clause") == {"All documents shall be submitted in French."}


def test_a_condition_is_never_dropped() -> None:
    sentence = "The Tenant shall pay the rent in full; provided that the Landlord has repaired the roof."
    assert not _true(sentence, "shortened")


def test_plainer_words_say_the_same() -> None:
    assert "The Seller must inform the Buyer before delivery." in _true(
        "The Seller shall inform the Buyer prior to delivery.", "plain"
    )


@given(SENTENCES, st.integers(0, 99))
def test_a_false_text_differs_from_its_source(sentence: str, seed: int) -> None:
    made = falsified(sentence, random.Random(seed), NAMES)
    source = " ".join(sentence.split())
    assert all(one.text != source and one.text == " ".join(one.text.split()) for one in made)
    assert len({one.kind for one in made}) == len(made)


@given(SENTENCES, st.integers(0, 99))
def test_the_same_seed_makes_the_same(sentence: str, seed: int) -> None:
    assert falsified(sentence, random.Random(seed), NAMES) == falsified(sentence, random.Random(seed), NAMES)
    assert restated(sentence, random.Random(seed)) == restated(sentence, random.Random(seed))


@given(SENTENCES, st.integers(0, 99))
def test_a_true_text_has_no_number_that_its_source_lacks(sentence: str, seed: int) -> None:
    numbers = set(re.findall(r"\d+", " ".join(sentence.split())))
    for one in restated(sentence, random.Random(seed)):
        assert set(re.findall(r"\d+", one.text)) <= numbers


def test_a_number_word_in_an_old_face_is_read_as_any_other() -> None:
    assert falsified("The tenant may end the leaſe after ſix months of notice.", random.Random(1))
