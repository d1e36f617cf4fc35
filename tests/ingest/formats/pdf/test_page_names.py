"""What pages are called on paper: page labels of the file, and Bates numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.chunking.sections import sections
from ingest.formats.pdf import pdf
from ingest.formats.pdf.page_names import bates_numbers
from ingest.parsed.limits import ParseLimits
from tests.ingest.formats.pdf.stamped import stamped_pdf
from vault.records import PageName, page_name_form

LIMITS = ParseLimits()
BODIES = [f"The trustees keep folder {number} of the papers in the strong room." for number in range(1, 6)]


def names(path: Path) -> list[PageName]:
    return [page.name for page in pdf.read(path, LIMITS).pages]


def test_page_labels_of_the_file_are_the_printed_numbers(tmp_path: Path) -> None:
    labels = [(0, "ROMAN_LOWER", 1, ""), (2, "ARABIC", 1, ""), (4, "ARABIC", 1, "A-")]
    made = names(stamped_pdf(tmp_path / "a.pdf", BODIES, labels=labels))
    assert [name.printed for name in made] == ["i", "ii", "1", "2", "A-1"]


def test_page_labels_that_only_count_are_no_names(tmp_path: Path) -> None:
    assert names(stamped_pdf(tmp_path / "a.pdf", BODIES, labels=[(0, "ARABIC", 1, "")])) == [PageName()] * 5


@pytest.mark.parametrize("prefix", ["VANE", "VANE_", "ORR-VANE ", "CONFIDENTIAL  VANE", "0"])
def test_a_stamp_that_grows_with_the_pages_is_their_bates_number(tmp_path: Path, prefix: str) -> None:
    foot = [f"{prefix}{number:06}" for number in range(98, 103)]
    made = names(stamped_pdf(tmp_path / "a.pdf", BODIES, foot=foot))
    assert [page_name_form(name.bates) for name in made] == [
        page_name_form(text.removeprefix("CONFIDENTIAL")) for text in foot
    ]


def test_stamps_do_not_part_a_section_and_stay_out_of_its_sentences(tmp_path: Path) -> None:
    foot = [f"VANE{number:06}" for number in range(1, 6)]
    parsed = pdf.read(stamped_pdf(tmp_path / "a.pdf", BODIES, foot=foot), LIMITS)
    texts = {page.number: page.text for page in parsed.pages}
    found = list(sections(parsed.pages))
    assert len(found) == 1
    assert not any("VANE" in texts[e.span.page][e.span.start : e.span.end] for e in found[0].elements)


@pytest.mark.parametrize(
    "stamps",
    [
        [["VANE000001"]],
        [["VANE000001"], ["VANE000001"], ["VANE000001"]],
        [["VANE000003"], ["VANE000002"], ["VANE000001"]],
        [["VANE000001"], ["WREN000002"], ["ORME000003"]],
        [["VANE000001"], [], [], [], ["VANE000005"]],
        [["VANE000010"], ["VANE000400"], ["VANE009000"]],
        [["Page 0001"], ["Page 0002"]],
        [["PAGE 0001"], ["PAGE 0002"]],
        [["2021"], ["2022"], ["2023"]],
        [["The rent was 1200"], ["The rent was 1201"]],
    ],
    ids=[
        "one page",
        "same",
        "falling",
        "other letters",
        "few pages",
        "leaps",
        "Page",
        "PAGE",
        "years",
        "prose",
    ],
)
def test_what_does_not_grow_with_the_pages_is_no_bates_number(stamps: list[list[str]]) -> None:
    assert bates_numbers(stamps) == {}


@given(
    first=st.integers(0, 10**6),
    count=st.integers(2, 40),
    prefix=st.from_regex(r"[A-Z]{2,8}[_-]?", fullmatch=True).filter(lambda text: "PAGE" not in text),
    beside=st.lists(st.sampled_from(["12 May 2024", "14", "Draft 2", "VANE", "A4"]), max_size=3),
)
def test_a_series_is_found_beside_anything_else(
    first: int, count: int, prefix: str, beside: list[str]
) -> None:
    series = [f"{prefix}{first + index:08}" for index in range(count)]
    found = bates_numbers([[*beside, stamp] for stamp in series])
    assert [found[index] for index in range(count)] == series


def test_a_sheet_that_lacks_does_not_end_the_series() -> None:
    numbers = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]
    assert len(bates_numbers([[f"VANE{number:06}"] for number in numbers])) == len(numbers)
