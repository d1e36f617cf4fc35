"""Numbers in digits and in words."""

from __future__ import annotations

import re
from decimal import Decimal

from rag.verification.text.tokens import Tokens
from vault.text.lists.stop_words import FUNCTION_WORDS
from vault.text.quantities.spelled import ADVERBS, CLAUSES_AFTER_ONCE, ONES, ORDINALS, TENS
from vault.text.quantities.units import AFTER_NUMBERS

_CURRENCY_SIGNS = ("US$", "$", "€", "£")


def number_in_digits(text: str) -> tuple[Decimal, str]:
    """Return the value of a number and what its sign or ending says of its unit: "€" or "th"; else ""."""
    unit = next((AFTER_NUMBERS[sign.lower()] for sign in _CURRENCY_SIGNS if text.startswith(sign)), "")
    if text[-1].isalpha():
        unit = "th"
    return Decimal(re.sub(r"[^\d.]", "", text)), unit


def number_in_words(tokens: Tokens, start: int) -> tuple[Decimal, str, int] | None:
    """Return value, unit and end of a number in words that begins at `start`; None if there is none."""
    word, following = tokens[start].lower, word_at(tokens, start + 1)
    if word == "once" and following in CLAUSES_AFTER_ONCE:
        return None
    if word in ADVERBS:
        return Decimal(ADVERBS[word]), "times", start + 1
    if word in ORDINALS:
        # "First" and "second" are numbers only before a unit; a third party is not a number at all.
        number = (
            following in AFTER_NUMBERS if word in ("first", "second") else not following.startswith("part")
        )
        return (Decimal(ORDINALS[word]), "th", start + 1) if number else None
    if word == "half":
        return Decimal("0.5"), "", start + 1
    if word == "one" and following != "(" and (following in FUNCTION_WORDS or not following.isalpha()):
        return None
    total, end = _cardinal(tokens, start)
    return (Decimal(total), "", end) if end > start else None


def word_at(tokens: Tokens, index: int) -> str:
    """Return the word at `index` in lower case; "" after the last one."""
    return tokens[index].lower if index < len(tokens) else ""


def _cardinal(tokens: Tokens, start: int) -> tuple[int, int]:
    """Return the value and the end of "one hundred and five"; the end is `start` if there is no number."""
    total, end = 0, start
    while end < len(tokens):
        word = tokens[end].lower
        if word in TENS or word in ONES:
            total += TENS.get(word, 0) or ONES.get(word, 0)
        elif word == "hundred" and end > start:
            total *= 100
        elif end == start or not _joins(tokens, end):
            break
        end += 1
    return total, end


def _joins(tokens: Tokens, index: int) -> bool:
    """Return whether a word joins parts of one number: "one hundred and five", "twenty-five"."""
    joint, before, following = tokens[index].lower, tokens[index - 1].lower, word_at(tokens, index + 1)
    joined = before == "hundred" if joint == "and" else before in TENS
    return joint in ("and", "-") and joined and (following in ONES or following in TENS)
