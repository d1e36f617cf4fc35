"""Read and write numbers in words ("thirty", "thirty (30)")."""

from __future__ import annotations

import re

from vault.text.quantities.spelled import ONES, TENS
from vault.text.quantities.units import SCALES

NUMBER_WORD = rf"(?:{'|'.join(sorted([*ONES, *TENS, 'hundred', *SCALES], key=len, reverse=True))})"
"""A pattern for one word of a number, in lower case."""
SPELLED = re.compile(
    rf"(?<![\w-])(?P<words>{NUMBER_WORD}(?:(?: and |[ -]){NUMBER_WORD}){{0,9}})"
    r"(?![\w]|-(?:third|fourth|half|quarter|fifth|tenth))"
    r"(?: ?\( ?(?P<sign>(?:US)?[$€£]?)(?P<digits>\d[\d,]{0,14})(?P<percent>%?) ?\))?",
    re.IGNORECASE,
)
"""A number in words, with the digits in brackets if they follow."""

_ONE_WORDS = {number: name for name, number in ONES.items()}
_TEN_WORDS = {number: name for name, number in TENS.items()}


def value_of(spelled: re.Match[str]) -> int | None:
    """Return the value of a match of `SPELLED`; None if it is not a number, or not the one in brackets."""
    value = _value(spelled["words"])
    digits = spelled["digits"]
    return None if digits and value != int(digits.replace(",", "")) else value


def _value(words: str) -> int | None:
    """Return the value of the words; None if they do not form a number ("two three")."""
    total, part, last = 0, 0, 10**12
    for word in re.split(r"[ -]", words.lower()):
        if word == "and":
            continue
        if word in SCALES:
            total, part, last = total + (part or 1) * SCALES[word], 0, 10**12
        elif word == "hundred":
            part, last = (part or 1) * 100, 100
        else:
            value = ONES[word] if word in ONES else TENS[word]
            if (value >= 10 and last < 100) or value >= last or (value < 10 and last < 20):
                return None
            part, last = part + value, value
    return total + part


def in_words(number: int) -> str:
    """Return the number in words: 235 gives "two hundred thirty-five"."""
    for name, scale in sorted([("hundred", 100), *SCALES.items()], key=lambda item: -item[1]):
        if number >= scale:
            rest = number % scale
            return f"{in_words(number // scale)} {name}" + (f" {in_words(rest)}" if rest else "")
    if number < 20:
        return _ONE_WORDS[number]
    tens = _TEN_WORDS[number - number % 10]
    return f"{tens}-{_ONE_WORDS[number % 10]}" if number % 10 else tens
