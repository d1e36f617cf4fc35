"""A grammar that allows a model only sentences with the number of a passage, or the refusal."""

from __future__ import annotations

from collections.abc import Sequence

from rag.refusal import REFUSAL


def statement_grammar(numbers: Sequence[int]) -> str:
    """Return the grammar in llama.cpp's notation (GBNF).

    It allows sentences in one line, each with one of the passage `numbers` in brackets. Brackets are only for
    the numbers, so words that stand in brackets in a passage cannot be quoted with them.
    """
    choices = " | ".join(f'"{number}"' for number in numbers)
    return (
        f'root ::= "{REFUSAL}" | statement (" " statement)*\n'
        'statement ::= text mark "."?\n'
        'mark ::= " [" number "]"\n'
        "text ::= [^ \\[\\]\\n] [^\\[\\]\\n]*\n"
        f"number ::= {choices}\n"
    )
