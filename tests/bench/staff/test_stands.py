"""When a string of a question stands in a text."""

from __future__ import annotations

import pytest

from bench.staff.stands import stands


@pytest.mark.parametrize(
    ("string", "text"),
    [
        ("3.4", "Potassium: 3.4 mmol/L"),
        ("3.4", "It was 3.4."),
        ("3.4", "2024-05-13 | 3.4 | 98"),
        ("1,250", "£1,250.00"),
        ("£1,250.00", "the sum of £ 1250"),
        ("38,400", "replaced by £38,400.00."),
        ("17 Oct", "until 17 October"),
        ("5 mg", "Amlodipine 5mg"),
        ("5mg", "Amlodipine 5 mg"),
        ("15%", "a fee of 15 %"),
        ("4.2", "clause 4.2(b) applies"),
        ("13", "on the 13th of May"),
        ("98 µmol/L", "98 μmol/L"),
        ("Dr Quill", "dr\nQUILL’s clinic"),
        ("twenty-one days", "twenty–one  days"),
        ("allerg", "He is allergic"),
        ("thirty|30", "within 30 days"),
        ("17 May 2024", "2024-05-17"),
        ("2024-05-17", "on 17th May 2024 she"),
        ("17/05/2024", "seen 17.5.24 by"),
        ("3 June 2021", "June 3, 2021"),
        ("May 2024", "17 May 2024"),
        ("K-220417", "Hospital no. k-220417"),
        ("220417", "K-220417"),
    ],
)
def test_it_stands(string: str, text: str) -> None:
    assert stands(string, text)


@pytest.mark.parametrize(
    ("string", "text"),
    [
        ("3.4", "13.4"),
        ("3.4", "3.45"),
        ("3.4", "3.4.1"),
        ("3.4", "2.3.4"),
        ("4", "3.4"),
        ("30", "30,000"),
        ("30", "130"),
        ("13", "2024-05-13"),
        ("120", "120/80"),
        ("5 mg", "15 mg"),
        ("5 mg", "2.5 mg"),
        ("male", "female"),
        ("Ann", "Anna"),
        ("no", "none, known"),
        ("17 May 2024", "2024-06-17"),
        ("R-044", "R-04417"),
        ("1,250", "1,250.50"),
    ],
)
def test_it_does_not_stand(string: str, text: str) -> None:
    assert not stands(string, text)


def test_whole_words_end_where_the_word_ends() -> None:
    assert stands("Hart", "Mr Hartley")
    assert not stands("Hart", "Mr Hartley", whole_words=True)
    assert stands("Hart", "Mr Hart's letter", whole_words=True)
