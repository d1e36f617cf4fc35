"""Streamed text cut into statements with the passages they cite."""

from __future__ import annotations

import pytest

from rag.writing.statements import split_statements

CASES: dict[str, tuple[str, list[tuple[str, tuple[int, ...]]]]] = {
    "marks before the stop": (
        "The fee is 30 euro [1]. It is due now [2].",
        [("The fee is 30 euro.", (1,)), ("It is due now.", (2,))],
    ),
    "marks after the stop": (
        "The fee is 30 euro. [1] It is due now.[2][3]",
        [("The fee is 30 euro.", (1,)), ("It is due now.", (2, 3))],
    ),
    "several numbers in one mark": (
        "A thing holds [1, 2]. B holds [2-4].",
        [("A thing holds.", (1, 2)), ("B holds.", (2, 3, 4))],
    ),
    "list items": (
        "Here:\n- First item [1]\n- Second item. [2]\n1. Third [3].\n\n2. Fourth [4].",
        [("Here:", ()), ("First item", (1,)), ("Second item.", (2,)), ("Third.", (3,)), ("Fourth.", (4,))],
    ),
    "abbreviations and numbers": (
        "Harrow v. Pike is No. 5 and costs 2.5 euro [1]. Dr. A. Smith gave it q.d. at 9 a.m. on Monday [2].",
        [
            ("Harrow v. Pike is No. 5 and costs 2.5 euro.", (1,)),
            ("Dr. A. Smith gave it q.d. at 9 a.m. on Monday.", (2,)),
        ],
    ),
    "an abbreviation that ends a sentence": (
        "The buyer is Pike Inc. The seller is Harrow Ltd. [2] He agreed.",
        [("The buyer is Pike Inc.", ()), ("The seller is Harrow Ltd.", (2,)), ("He agreed.", ())],
    ),
    "no is a word too": (
        "The answer is no. The fee is 5 [2]",
        [("The answer is no.", ()), ("The fee is 5", (2,))],
    ),
    "quotation marks": ('She wrote "yes." [1] He left.', [('She wrote "yes."', (1,)), ("He left.", ())]),
    "emphasis": ("**The fee** is 5 [1].", [("The fee is 5.", (1,))]),
    "reasoning": ("<think>Maybe [9]. Or not.</think>The fee is 5 [1].", [("The fee is 5.", (1,))]),
    "reasoning without an end": ("The fee is 5 [1]. <think>But perhaps", [("The fee is 5.", (1,))]),
    "nothing to say": (" \n\n [1] . \n", []),
    "brackets that are no marks": ("The [sic] fee is 5 [1].", [("The [sic] fee is 5.", (1,))]),
}


@pytest.mark.parametrize("name", CASES)
def test_text_is_cut_into_statements(name: str) -> None:
    text, expected = CASES[name]
    assert list(split_statements([text])) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("name", CASES)
def test_how_the_text_arrives_does_not_matter(name: str, size: int) -> None:
    text, expected = CASES[name]
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert list(split_statements(pieces)) == expected


def test_a_statement_is_there_before_the_next_one_is_finished() -> None:
    def stream():  # type: ignore[no-untyped-def]
        yield "The fee is 5 [1]. The "
        raise AssertionError("the first statement was held back")

    assert next(split_statements(stream())) == ("The fee is 5.", (1,))
