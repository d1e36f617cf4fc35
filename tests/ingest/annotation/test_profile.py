from datetime import date

import pytest

from tests.ingest.annotation.made import annotated, heading, page, text_page
from vault.annotations import Profile, Subject
from vault.records import Page


def profile(*pages: Page, name: str = "document.docx", title: str = "") -> Profile:
    return annotated(*pages, name=name, title=title).profile


LETTER = page(
    "Mellstock Infirmary\nEye Clinic",
    "4 March 2021",
    "Our ref: KL/77/20",
    "Re: Mrs Tess Durbin, born 9 August 1950, MI-22071",
    "Dear Dr Oak, thank you for sending this lady. Her next visit is due on 3 June 2021.",
    "Yours sincerely\nDr Alec Venn\nConsultant",
    "cc: Mrs Tess Durbin",
)


def test_a_letter_says_whose_it_is_from_when_and_by_whom() -> None:
    found = profile(LETTER, title="Clinic letter")
    assert found.subjects[0] == Subject("Mrs Tess Durbin", "patient", ("MI-22071",), date(1950, 8, 9))
    assert (found.date, found.kind, found.author) == (date(2021, 3, 4), "clinic letter", "Dr Alec Venn")
    assert found.recipients == ("Dr Oak",)
    assert found.copies == ("Mrs Tess Durbin",)


def test_the_fields_of_a_form_describe_the_patient() -> None:
    form = [["Patient", "Hugo Brandt"], ["Date of birth", "1 April 1949"], ["Hospital number", "QS-9004"]]
    (patient,) = profile(page(heading("Admission note"), form)).subjects
    assert patient == Subject("Hugo Brandt", "patient", ("QS-9004",), date(1949, 4, 1))


@pytest.mark.parametrize(
    "line",
    [
        "between Larch Homes Limited, of 3 Pier Road, Elmsworth (the Landlord) and Nora Quist (the Tenant)",
        "BETWEEN: (1) Larch Homes Limited (the “Landlord”); and (2) Nora Quist (the “Tenant”)",
    ],
)
def test_the_parties_of_an_agreement_have_their_roles(line: str) -> None:
    found = profile(page(heading("Lease"), f"This lease is dated 2 May 2020 and made {line}."))
    assert [(one.name, one.role) for one in found.subjects] == [
        ("Larch Homes Limited", "landlord"), ("Nora Quist", "tenant")
    ]  # fmt: skip
    assert found.date == date(2020, 5, 2)
    assert found.kind == "lease"


def test_the_sides_of_a_case_have_their_roles() -> None:
    found = profile(page(heading("Order: Quist v Larch Homes Limited"), "It is ordered that costs be paid."))
    assert [(one.name, one.role) for one in found.subjects[:2]] == [
        ("Quist", "claimant"), ("Larch Homes Limited", "defendant")
    ]  # fmt: skip


def test_a_mail_says_who_wrote_to_whom() -> None:
    head = (
        "From: Ada Rook <ada@rook.example>\nTo: Ben Lund <b@lund.example>, Cy Orr <cy@orr.example>\n"
        "Cc: Dee Poe <d@poe.example>\nDate: Tue, 02 May 2023 09:00:00 +0200\nSubject: RE: Keys of unit 4"
    )
    found = profile(page(head, "The keys are with me. On 1 May 2023 they were not."), name="keys.eml")
    assert (found.kind, found.sender, found.date) == ("e-mail", "Ada Rook", date(2023, 5, 2))
    assert (found.recipients, found.copies) == (("Ben Lund", "Cy Orr"), ("Dee Poe",))
    assert found.subjects[0] == Subject("Keys of unit 4", "matter")


def test_a_date_of_birth_is_never_the_date_of_a_document() -> None:
    assert profile(page("Born: 3 May 1950", "He is well.")).date is None


def test_the_file_name_names_the_subject_where_nothing_else_does() -> None:
    found = profile(page([["Day", "INR"], ["2023-05-01", "2.4"]]), name="INR Okonkwo 2023.xlsx")
    assert [(one.name, one.role) for one in found.subjects] == [("Okonkwo", "file")]


def test_a_document_says_what_it_replaces() -> None:
    found = profile(
        page(
            [["Version", "4"], ["Replaces", "version 3 of 2 May 2019"]],
            "In clause 6.1, “two months” is replaced by “three months”. Clause 9 is deleted.",
        )
    )
    assert found.replaces == ("version 3 of 2 May 2019", "In clause 6.1, “two months”", "Clause 9")


def test_what_a_document_defines_is_kept() -> None:
    found = profile(
        page("The peak expiratory flow (PEF) fell. Abbreviations: SOB = short of breath, Rx = treatment.")
    )
    assert dict(found.definitions) == {
        "PEF": "peak expiratory flow", "SOB": "short of breath", "Rx": "treatment"
    }  # fmt: skip


def test_names_are_found_anywhere_in_the_text() -> None:
    made = annotated(
        text_page("She was seen by Dr Ugo Falk. Her niece Petra Holm rang from Alder Homes Limited.")
    )
    assert {"Dr Ugo Falk", "Petra Holm", "Alder Homes Limited"} <= set(made.names)
