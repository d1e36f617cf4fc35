"""Tell things with the same name and another number apart: house 6 and house 5, bed 12 and bed 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.text.dates.months import MONTH_NUMBERS
from vault.text.lists.stop_words import FUNCTION_WORDS, STOP_WORDS
from vault.text.words import stem

_NAMED = re.compile(
    r"\b([^\W\d_]{3,})\s+(?:no\.?\s+|nr\.?\s+|number\s+)?(\d{1,4}[a-z]?)\b(?![.,:/-]?\d|\s*(?:%|[mk]?c?g|ml|mmol|units?|times|days?|hours?)\b)",
    re.I,
)
_NO_NAMES = STOP_WORDS | FUNCTION_WORDS | frozenset(MONTH_NUMBERS)
_PARTS = frozenset(
    """
    addendum age aged amendment annex appendix article clause day exhibit line page paragraph part schedule
    section stage variation version volume week year
    """.split()
)
"""A sentence of one part or version may name another one."""


def is_of_another_number(question: str, sentence: str) -> bool:
    """Return whether the sentence names what the question names, and only with other numbers.

    >>> is_of_another_number("When was house 6 sold?", "House 5 was sold on 6 June.")
    True
    >>> is_of_another_number("When was house 6 sold?", "Houses 5 and 6 were sold on 1 June.")
    False
    """
    asked = dict(_numbered(question))
    if not asked:
        return False
    said: dict[str, set[str]] = {}
    for name, number in _numbered(sentence):
        said.setdefault(name, set()).add(number)
    return any(
        name in said and number not in said[name] and not _in_a_list(number, sentence)
        for name, number in asked.items()
    )


def _numbered(text: str) -> Iterator[tuple[str, str]]:
    """Yield the stem of each name that a number follows, and the number."""
    for found in _NAMED.finditer(text):
        if found[1].lower() not in _NO_NAMES | _PARTS:
            yield stem(found[1]), found[2].lower().lstrip("0") or "0"


def _in_a_list(number: str, sentence: str) -> bool:
    """Return whether the number stands in a list or range of numbers, as in "houses 5 and 6"."""
    return (
        re.search(rf"\d[a-z]?\s*(?:,|and|or|to|&|–|-)\s*0*{re.escape(number)}\b", sentence, re.I) is not None
    )
