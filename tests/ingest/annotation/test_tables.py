from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.annotation.made import annotated, heading, page, rows
from vault.records import Element, ElementKind, Page

WEIGHTS = [["Day", "Weight (kg)"], ["2 May 2023", "81.5"], ["3 May 2023", "80.9"]]


def test_each_cell_knows_its_column() -> None:
    made = annotated(page([["Drug", "Dose", "Since"], ["Ramipril", "5 mg", "04.02.2023"]]))
    assert rows(made) == [{"Drug": "Ramipril", "Dose": "5 mg", "Since": "04.02.2023"}]
    assert made.tables[0].columns == ("Drug", "Dose", "Since")


def test_an_empty_cell_moves_no_other_cell() -> None:
    made = annotated(page([["Item", "Paid", "Open"], ["Roof", "", "300"], ["", "20", "5"]]))
    assert rows(made) == [{"Item": "Roof", "Open": "300"}, {"Paid": "20", "Open": "5"}]


def test_two_columns_of_names_and_values_are_the_fields_of_a_form() -> None:
    made = annotated(page([["Patient", "Mr Aurel Tamm"], ["Born", "3 June 1960"], ["Ward", "Alder"]]))
    assert rows(made) == [{"Patient": "Mr Aurel Tamm"}, {"Born": "3 June 1960"}, {"Ward": "Alder"}]
    assert made.tables[0].columns == ()


def test_names_above_fields_are_no_field() -> None:
    made = annotated(page([["Item", "Agreed"], ["Deposit", "£900"], ["Notice", "two months"]]))
    assert rows(made) == [{"Deposit": "£900"}, {"Notice": "two months"}]


def test_two_columns_under_names_stay_columns() -> None:
    made = annotated(page(WEIGHTS))
    assert rows(made)[0] == {"Day": "2 May 2023", "Weight (kg)": "81.5"}


def test_a_table_below_the_fields_of_a_sheet_is_another_table() -> None:
    sheet = [
        ["Client", "Mrs Ines Falk"],
        ["File", "K-118"],
        ["Date", "Hours", "Fee (£)"],
        ["2023-02-01", "2", "300"],
    ]
    made = annotated(page(sheet, label="Sheet Falk"))
    assert [table.columns for table in made.tables] == [(), ("Date", "Hours", "Fee (£)")]
    assert rows(made, 1) == [{"Date": "2023-02-01", "Hours": "2", "Fee (£)": "300"}]


def test_a_second_table_of_the_same_width_is_another_table() -> None:
    both = [["Initials", "Name", "Post"], ["BK", "Bea Kern", "nurse"], ["Client", "Seen", "Next"],
            ["Falk", "1 May 2023", "2 June 2023"]]  # fmt: skip
    made = annotated(page(both))
    assert [table.columns for table in made.tables] == [
        ("Initials", "Name", "Post"),
        ("Client", "Seen", "Next"),
    ]


def test_dates_as_names_of_columns_head_the_table() -> None:
    results = [["Test", "2 May 2023", "3 May 2023"], ["Sodium", "139", "141"], ["Urea", "", "6.2"]]
    made = annotated(page(results, header=False))
    assert rows(made) == [{"Test": "Sodium", "2 May 2023": "139", "3 May 2023": "141"},
                          {"Test": "Urea", "3 May 2023": "6.2"}]  # fmt: skip


def test_names_above_several_columns_go_before_theirs() -> None:
    table = [
        ["Day", "Pressure", "", "Pulse"],
        ["", "systolic", "diastolic", ""],
        ["1 May 2023", "120", "80", "66"],
    ]
    made = annotated(page(table))
    assert rows(made) == [
        {"Day": "1 May 2023", "Pressure systolic": "120", "Pressure diastolic": "80", "Pulse": "66"}
    ]


def test_a_table_goes_on_over_a_page() -> None:
    named = page(WEIGHTS, number=1), page([WEIGHTS[0], ["4 May 2023", "80.1"]], number=2)
    unnamed = page(WEIGHTS, number=1), page([["4 May 2023", "80.1"]], number=2, header=False)
    for pages in (named, unnamed):
        made = annotated(*pages)
        assert [(table.table, table.rows) for table in made.tables] == [(0, 3)]
        assert rows(made)[2] == {"Day": "4 May 2023", "Weight (kg)": "80.1"}


def test_a_caption_and_a_note_are_no_rows() -> None:
    sheet = [
        ["Rents of 2023"],
        ["Unit", "Tenant", "Rent (£)"],
        ["1", "Falk", "900"],
        ["Empty: unit 2 is let from May."],
    ]
    made = annotated(page(sheet, header=False))
    assert [table.rows for table in made.tables] == [1]


def test_the_name_of_a_group_is_a_heading_of_its_rows() -> None:
    table = [["Test", "Result", "Unit"], ["Kidney"], ["Urea", "6.2", "mmol/l"], ["Sodium", "140", "mmol/l"]]
    made = annotated(page(heading("Results"), table))
    assert [one.heading for one in made.sentences if one.row is not None] == ["Results › Kidney"] * 2


def test_columns_without_names_are_numbered() -> None:
    made = annotated(page([["1", "2", "3"], ["4", "5", "6"]], header=False))
    assert rows(made)[1] == {"column 1": "4", "column 2": "5", "column 3": "6"}


def test_cells_that_the_page_marks_need_no_bars() -> None:
    text = "Drug Dose\nRamipril 5 mg"
    made = annotated(
        Page(1, text, (
            _row(ElementKind.TABLE_HEADER, 0, 9, ((0, 4), (5, 9))),
            _row(ElementKind.TABLE_ROW, 10, 23, ((10, 18), (19, 23))),
        ))
    )  # fmt: skip
    assert rows(made) == [{"Drug": "Ramipril", "Dose": "5 mg"}]


def _row(kind: ElementKind, start: int, end: int, places: tuple[tuple[int, int], ...]) -> Element:
    return Element(kind, start, end, 0, places)


_CELL = st.text(alphabet=st.sampled_from("ab1.2 -£"), max_size=8)


@given(st.lists(st.lists(_CELL, min_size=1, max_size=4), min_size=1, max_size=8), st.booleans())
def test_every_cell_is_where_it_says(table: list[list[str]], header: bool) -> None:
    made_page = page(table, header=header)
    made = annotated(made_page)
    for one in made.sentences:
        assert made_page.text[one.span.start : one.span.end] == one.text
        for cell in one.cells:
            assert made_page.text[cell.start : cell.end] == cell.text
            assert one.span.start <= cell.start < cell.end <= one.span.end
    assert sum(table.rows for table in made.tables) == sum(one.row is not None for one in made.sentences)
