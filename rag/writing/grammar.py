"""A grammar that lets a model write nothing but sentences with the number of a passage, or the refusal."""

from __future__ import annotations

from collections.abc import Sequence

from rag.writing.prompt import REFUSAL


def statement_grammar(numbers: Sequence[int]) -> str:
    """In llama.cpp's notation (GBNF): sentences in one line, each with the number, in brackets, of one of the
    passages `numbers`.

    Brackets are for the numbers: words that stand in brackets in a passage cannot be quoted with them.
    """
    choices = " | ".join(f'"{number}"' for number in numbers)
    return (
        f'root ::= "{REFUSAL}" | statement (" " statement)*\n'
        'statement ::= text mark "."?\n'
        'mark ::= " [" number "]"\n'
        "text ::= [^ \\[\\]\\n] [^\\[\\]\\n]*\n"
        f"number ::= {choices}\n"
    )
