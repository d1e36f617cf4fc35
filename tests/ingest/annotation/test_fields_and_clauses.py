import pytest

from tests.ingest.annotation.made import annotated, cells, heading, page, sentence, text_page
from vault.annotations import Stance
from vault.records import ElementKind


def test_a_line_with_a_name_and_a_value_is_a_field() -> None:
    made = annotated(page("Consultant: Dr Maja Lindqvist", "Allergies: none known. She eats well."))
    assert cells(made.sentences[0]) == {"Consultant": "Dr Maja Lindqvist"}
    assert cells(sentence(made, "Allergies")) == {"Allergies": "none known."}
    assert sentence(made, "She eats").cells == ()


def test_several_fields_of_one_line_are_told_apart() -> None:
    made = annotated(page("Name: Oona Riedel  DOB: 4 May 1971  Hospital No: ZX-4471"))
    assert cells(made.sentences[0]) == {"Name": "Oona Riedel", "DOB": "4 May 1971", "Hospital No": "ZX-4471"}


def test_lines_of_a_block_are_sentences_of_their_own() -> None:
    made = annotated(text_page("From: Jan Ode\nTo: Mia Behr\nDate: 3 May 2023\n\nThe roof\nleaks again.\n"))
    assert [one.text for one in made.sentences] == [
        "From: Jan Ode", "To: Mia Behr", "Date: 3 May 2023", "The roof\nleaks again."
    ]  # fmt: skip


CONTRACT = page(
    heading("Agreement"),
    "This agreement is made on 3 May 2022 between Alder Foods Limited (the Buyer) and Birk GmbH (the "
    "Seller).",
    "1 Definitions. In this agreement “Goods” means tinned fish.",
    "2 Price. 2.1 The price is £4 a tin. 2.2 It is paid within 30 days of Schedule A. 2.3 The Buyer may "
    "(a) wait.",
    (ElementKind.LIST_ITEM, "(b) reject tins that are dented."),
    "14 Harbour Street, Elmsworth",
    heading("Schedule A"),
    "1 The Seller delivers on Mondays.",
)


@pytest.mark.parametrize(
    ("beginning", "clause"),
    [
        ("This agreement", ""),
        ("In this agreement", "1"),
        ("2.1 The price", "2.1"),
        ("2.2 It is paid", "2.2"),
        ("2.3 The Buyer", "2.3"),
        ("(b) reject", "2.3(b)"),
        ("14 Harbour", "2.3(b)"),
        ("1 The Seller", "schedule A 1"),
    ],
)
def test_sentences_know_their_clause(beginning: str, clause: str) -> None:
    assert sentence(annotated(CONTRACT), beginning).clause == clause


def test_a_dose_and_an_address_open_no_clause() -> None:
    made = annotated(page("1 Rent. 1.1 The rent is £9.", "2.5 mg was given at noon.", "12 Mill Lane is let."))
    assert [one.clause for one in made.sentences] == ["1", "1.1", "1.1", "1.1"]


def test_the_number_of_a_clause_is_no_quantity() -> None:
    made = annotated(CONTRACT)
    assert [one.normal for one in sentence(made, "2.1 The price").quantities] == ["4 gbp"]


def test_a_row_has_no_stance_but_a_field_has() -> None:
    made = annotated(page([["Day", "Food", "Note"], ["1 May", "fish", "none left"]], "Allergies: none"))
    assert sentence(made, "1 May").stance == frozenset()
    assert sentence(made, "Allergies").stance == {Stance.DENIED}
