from tests.ingest.annotation.made import annotated, heading, page, sentence

WARD = [
    ["Bed", "Patient", "Number", "Note"],
    ["3", "HOLM Petra", "ZK-1001", "sleeps badly"],
    ["4", "Falk, Ugo", "ZK-1002", "walks"],
]


def test_a_row_is_about_the_person_in_its_column() -> None:
    made = annotated(page(WARD))
    assert [one.subject for one in made.sentences if one.row is not None] == ["Petra Holm", "Ugo Falk"]


def test_surname_and_first_name_are_one_name() -> None:
    made = annotated(
        page([["Surname", "First name", "Hb"], ["Holm", "Petra", "121"], ["Falk", "Ugo", "140"]])
    )
    assert [one.subject for one in made.sentences if one.row is not None] == ["Petra Holm", "Ugo Falk"]


def test_a_line_about_a_bed_is_about_who_lies_in_it() -> None:
    made = annotated(page(WARD, "Bed 3: vomited once.", "ZK-1002 went home.", "Window broken."))
    assert sentence(made, "Bed 3").subject == "Petra Holm"
    assert sentence(made, "ZK-1002").subject == "Ugo Falk"
    assert sentence(made, "Window").subject == ""


def test_each_sheet_is_about_its_own_patient() -> None:
    def sheet(number: int, name: str, value: str) -> list[list[str]]:
        return [
            ["Patient", name],
            ["Number", f"A-{number}00"],
            ["Date", "INR", "Dose"],
            ["1 May 2023", value, "5"],
        ]

    made = annotated(
        page(sheet(1, "Mrs Petra Holm", "2.1"), number=1, label="Sheet Holm"),
        page(sheet(2, "Mr Ugo Falk", "3.4"), number=2, label="Sheet Falk"),
    )
    values = [one for one in made.sentences if one.text.startswith("1 May 2023")]
    assert [one.subject for one in values] == ["Mrs Petra Holm", "Mr Ugo Falk"]
    assert [table.subject for table in made.tables] == ["Mrs Petra Holm"] * 2 + ["Mr Ugo Falk"] * 2


def test_what_stands_under_a_name_is_about_that_person() -> None:
    made = annotated(
        page(heading("Mrs Petra Holm"), "Eats well.", heading("Mr Ugo Falk"), "Refuses breakfast.")
    )
    assert sentence(made, "Eats").subject == "Mrs Petra Holm"
    assert sentence(made, "Refuses").subject == "Mr Ugo Falk"


def test_sentences_of_a_document_about_one_person_need_no_subject() -> None:
    made = annotated(page("Patient: Mrs Petra Holm", "She eats well."))
    assert {one.subject for one in made.sentences} == {""}
    assert made.profile.subjects[0].name == "Mrs Petra Holm"
