"""References are found as they are written, whole, with their kind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.text.references import find_references


def found(text: str) -> list[tuple[str, str]]:
    """Each reference as it is written and in its normal form."""
    return [(text[one.start : one.end], one.normal) for one in find_references(text)]


@pytest.mark.parametrize(
    ("text", "normals"),
    [
        ("under clause 4.2(b) of it", ["clause 4.2(b)"]),
        ("clause 4.2 (b)", ["clause 4.2(b)"]),
        ("clauses 4.2, 4.3 and 7(a)", ["clause 4.2", "clause 4.3", "clause 7(a)"]),
        ("clauses 4(a) and (b)", ["clause 4(a)", "clause 4(b)"]),
        ("Clause 5.1 to 5.3", ["clause 5.1-5.3"]),
        ("see cl. 3.2", ["clause 3.2"]),
        ("section 12 applies", ["section 12"]),
        ("Sections 2 or 3", ["section 2", "section 3"]),
        ("section 4(1)(a)(ii)", ["section 4(1)(a)(ii)"]),
        ("s. 12 and ss. 14-16", ["section 12", "section 14-16"]),
        ("§ 5, §§ 6 and 7", ["section 5", "section 6", "section 7"]),
        ("Art. 5 and Article IV", ["article 5", "article IV"]),
        ("paragraph 3 of Schedule 1", ["paragraph 3", "schedule 1"]),
        ("Schedule 2, Part 3", ["schedule 2", "part 3"]),
        ("Exhibit C.", ["exhibit C"]),
        ("Appendix A.", ["appendix A"]),
        ("on page 14", ["page 14"]),
        ("pp. 3–5", ["page 3-5"]),
        ("pages 3-5", ["page 3-5"]),
        ("Rule 26(b)(1)", ["rule 26(b)(1)"]),
        ("4.2(b) says", ["clause 4.2(b)"]),
        ("12.3.1 The Supplier", ["clause 12.3.1"]),
    ],
)
def test_parts_of_documents_are_found(text: str, normals: list[str]) -> None:
    assert [normal for _, normal in found(text)] == normals


@pytest.mark.parametrize(
    ("text", "kind", "normal"),
    [
        ("R-04417 is due", "number", "R-04417"),
        ("invoice R-04417", "invoice", "R-04417"),
        ("Invoice No. 4417", "invoice", "4417"),
        ("invoice number INV-2024-001", "invoice", "INV-2024-001"),
        ("MRN 55-1203", "hospital", "55-1203"),
        ("Hospital no: H123456", "hospital", "H123456"),
        ("NHS number 943 476 5919", "hospital", "9434765919"),
        ("943 476 5919", "hospital", "9434765919"),
        ("2024/ABC/117", "number", "2024/ABC/117"),
        ("ACME000123", "bates", "ACME000123"),
        ("ACME_000123", "bates", "ACME_000123"),
        ("case no. 1:21-cv-01234", "case", "1:21-CV-01234"),
        ("claim no. HQ17X01234", "case", "HQ17X01234"),
        ("our ref: AB/1234/24", "number", "AB/1234/24"),
        ("Policy POL/88/1234", "policy", "POL/88/1234"),
        ("account 12345678", "account", "12345678"),
        ("file no 77-18", "file", "77-18"),
        ("[2019] EWCA Civ 123", "citation", "[2019] EWCA Civ 123"),
        ("[2021] UKSC 12", "citation", "[2021] UKSC 12"),
        ("CASE-2024-0001", "number", "CASE-2024-0001"),
        ("no. 5", "number", "5"),
    ],
)
def test_numbers_of_files_and_people_are_found_whole(text: str, kind: str, normal: str) -> None:
    (one,) = find_references(text)
    assert (one.kind, one.normal) == (kind, normal)


@pytest.mark.parametrize(
    "text",
    ["a value of 3.2 mmol", "B12 and HbA1c", "COVID-19", "CYP3A4", "SGLT2", "ICD-10", "T4 N0",
     "the parties part with",
     "part I take", "part A of it", "a case 3 days later", "order 2 tablets", "120/80 mmHg",
     "ml/min/1.73m2", "and/or", "N/A",
     "20mg/5ml", "A4 paper", "L5/S1", "24/7", "10-20 mg", "p 5 mg", "no 5 mg", "2024-05-17",
     "04/05/2024", "1/2",
     "version 4.5.24 is", "in this Agreement and its schedules", "x-ray", "e-mail", "5 cases 2019",
     "Dr A B Lee"],
)  # fmt: skip
def test_what_is_no_reference_is_left_out(text: str) -> None:
    assert found(text) == []


NUMBER = st.tuples(
    st.integers(1, 99), st.integers(1, 99), st.sampled_from(["", "(a)", "(iv)", "(b)(2)"])
).map(lambda parts: f"{parts[0]}.{parts[1]}{parts[2]}")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["clause", "section", "paragraph"]), st.lists(NUMBER, min_size=1, max_size=5))
def test_each_number_of_a_list_is_one_reference(kind: str, numbers: list[str]) -> None:
    listed = ", ".join(numbers[:-1]) + (" and " if len(numbers) > 1 else "") + numbers[-1]
    assert [normal for _, normal in found(f"subject to {kind}s {listed} of it")] == [
        f"{kind} {number}" for number in numbers
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.text("ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=1, max_size=4),
    st.integers(1000, 9_999_999),
    st.sampled_from("-/"),
)
def test_a_number_with_letters_is_found_whole_wherever_it_stands(
    letters: str, number: int, mark: str
) -> None:
    code = f"{letters}{mark}{number}"
    for text in (code, f"see {code}.", f"({code})", f"| {code} |", f"invoice {code}, paid"):
        (one,) = find_references(text)
        assert one.normal == code and text[one.start : one.end].endswith(code)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("0123456789.-/()[]:# AZaclusepgno§,\n"), max_size=60))
def test_references_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    last = 0
    for one in find_references(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end
