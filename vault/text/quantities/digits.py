"""Numbers in digits, with the marks of English, German, French and Swiss writing."""

from __future__ import annotations

import re
from decimal import Decimal

_SPACE = "\u00a0\u202f\u2009"
"""Spaces that are set between thousands, and never between two numbers."""
DIGITS = (
    rf"(?:\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?:[.,]\d+)?"
    # An ordinary space parts thousands only in a sum of money: "2 500 mg tablets" are two of 500 mg.
    r"|\d{1,3}(?: \d{3})+(?:,\d\d(?!\d)|(?=\s?(?:€|eur\b|euros?\b|chf\b|francs?\b)))"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:\.\d{3})+,\d+"
    r"|\d{1,3}(?:\.\d{3}){2,}|\d+[.,]\d+|\d+|\.\d+)"
)
"""A pattern for a number in digits."""
_MARKS = re.compile(rf"[ '’{_SPACE}]")


def value_of_digits(text: str, *, money: bool = False) -> Decimal:
    """Return the value of a number in digits.

    The last of two kinds of marks is the decimal one ("1.200,50", "1,200.50"). A comma before three digits
    parts thousands, a full stop does so only in sums of `money` ("EUR 1.200").
    """
    plain = _MARKS.sub("", text)
    comma, stop = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and stop >= 0:
        thousands, decimal = (",", ".") if stop > comma else (".", ",")
        return Decimal(plain.replace(thousands, "").replace(decimal, "."))
    mark = "," if comma >= 0 else "."
    whole, *rest = plain.split(mark)
    groups = len(rest) > 1 or (
        len(rest) == 1 and len(rest[0]) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
    )
    if groups and (mark == "," or len(rest) > 1 or money):
        return Decimal(plain.replace(mark, ""))
    return Decimal(plain.replace(",", "."))
