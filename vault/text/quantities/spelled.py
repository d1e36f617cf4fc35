"""Read and write numbers in words ("thirty", "two hundred and five")."""

from __future__ import annotations

import re

from vault.text.quantities.units import SCALES

_TEENS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"

ONES = {name: number for number, name in enumerate(_TEENS.split())}
TENS = {name: 10 * number for number, name in enumerate(_DECADES.split(), start=2)}
ORDINALS = {name: number for number, name in enumerate(_RANKS.split(), start=1)}
ADVERBS = {"once": 1, "twice": 2, "thrice": 3}
CLAUSES_AFTER_ONCE = frozenset("the a an it he she they all this these every any both".split())
"""Before these "once" is not a number: it means "as soon as"."""

NUMBER_WORD = rf"(?:{'|'.join(sorted([*ONES, *TENS, 'hundred', *SCALES], key=len, reverse=True))})"
"""A pattern for one word of a number, in lower case."""
CARDINAL = rf"{NUMBER_WORD}(?:(?: and |[ -]){NUMBER_WORD}){{0,9}}"
"""A pattern for a number in words, in lower case."""
SPELLED = re.compile(
    rf"(?<![\w-])(?P<words>{CARDINAL})(?![\w]|-(?:third|fourth|half|quarter|fifth|tenth))"
    r"(?: ?\( ?(?P<sign>(?:US)?[$€£]?)(?P<digits>\d[\d,]{0,14})(?P<percent>%?) ?\))?",
    re.IGNORECASE,
)
"""A number in words, with the digits in brackets if they follow."""

_ONE_WORDS = {number: name for name, number in ONES.items()}
_TEN_WORDS = {number: name for name, number in TENS.items()}


def value_of(spelled: re.Match[str]) -> int | None:
    """Return the value of a match of `SPELLED`; None if it is not a number, or not the one in brackets."""
    value = value_of_words(spelled["words"])
    digits = spelled["digits"]
    return None if digits and value != int(digits.replace(",", "")) else value


def value_of_words(words: str) -> int | None:
    """Return the value of a number in words; None if they do not form one number ("two three").

    >>> value_of_words("two hundred and thirty-five")
    235
    """
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
