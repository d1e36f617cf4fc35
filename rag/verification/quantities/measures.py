"""What stands around a number: its unit, what it is per, and whether it is a limit."""

from __future__ import annotations

import re

from rag.verification.quantities.numerals import word_at
from rag.verification.text.tokens import Kind, Tokens
from vault.text.quantities.units import AFTER_NUMBERS, RATES

_LIMITS = tuple(
    (re.compile(rf"(?:^|(?<= ))(?:{pattern})(?: (?:a|an|the|period of|of|to|is|be))*$"), limit)
    for limit, pattern in (
        (">=", r"at least|(?:not|no|nor) (?:be )?(?:less|fewer|lower|earlier) than|(?:a )?minimum"),
        ("<=", r"at most|(?:not|no|nor) (?:be )?(?:more|greater|later|longer) than|(?:a )?maximum|up to"),
        ("<=", r"not (?:to )?exceed(?:ing)?|on or before"),
        ("within", r"within"),
        (">", r"(?:more|greater|longer|older|higher|later) than|over|above|beyond"),
        (">", r"exceed(?:s|ed|ing)?|in excess of"),
        ("<", r"(?:less|fewer|shorter|younger|lower|earlier) than|under|below"),
    )
)
_LIMITS_AFTER = {
    "or more": ">=", "or longer": ">=", "or older": ">=", "or greater": ">=",
    "or less": "<=", "or fewer": "<=", "or younger": "<=",
}  # fmt: skip
_WORDS_BEFORE = 6
"""How many words before a number are searched for its limit."""
_KINDS_OF_DAY = ("business", "working", "calendar", "consecutive")
_BUSINESS = ("business", "working")


def unit_after(tokens: Tokens, end: int, unit: str) -> tuple[str, int]:
    """Return the unit after a number and where it ends: "mg/kg", "business day".

    A `unit` that is known already, such as a currency, stays.
    """
    if end < len(tokens) and tokens[end].key == ")":
        end += 1
    if unit:
        return unit, end
    qualifier = ""
    if word_at(tokens, end + 1) in AFTER_NUMBERS:
        kind = tokens[end].lower
        qualifier = "business " if kind in _BUSINESS else ""
        end += kind in _KINDS_OF_DAY
    name = word_at(tokens, end)
    if name not in AFTER_NUMBERS:
        return "", end
    unit, end = qualifier + AFTER_NUMBERS[name], end + 1
    if end + 1 < len(tokens) and tokens[end].key == "/" and tokens[end + 1].kind is Kind.WORD:
        per = tokens[end + 1].lower
        return f"{unit}/{AFTER_NUMBERS.get(per, per)}", end + 2
    return unit, end


def rate_after(tokens: Tokens, end: int, unit: str) -> tuple[str, int]:
    """Return the unit with the time that it is per, and where that ends: "mg a day", "euro monthly"."""
    first, second = word_at(tokens, end), word_at(tokens, end + 1)
    if first in RATES:
        return f"{unit}/{RATES[first]}", end + 1
    if first in ("per", "a", "each", "every") and (second in AFTER_NUMBERS or second in RATES):
        return f"{unit}/{RATES.get(second) or AFTER_NUMBERS[second]}", end + 2
    return unit, end


def limit_before(tokens: Tokens, start: int) -> tuple[str, int]:
    """Return the limit that the words before `start` set ("" for none), and where those words begin."""
    before = " ".join(token.lower for token in tokens[max(0, start - _WORDS_BEFORE) : start])
    for pattern, limit in _LIMITS:
        match = pattern.search(before)
        if match:
            return limit, start - len(match.group().split())
    return "", start


def limit_after(tokens: Tokens, end: int) -> tuple[str, int]:
    """Return the limit that the words from `end` on set ("" for none), and where those words end."""
    limit = _LIMITS_AFTER.get(f"{word_at(tokens, end)} {word_at(tokens, end + 1)}", "")
    return limit, end + 2 if limit else end
