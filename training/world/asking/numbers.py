"""Numbers as answers may write them."""

from __future__ import annotations

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()


def count_spellings(number: int) -> str:
    """Return a count in digits and, up to twenty, in letters."""
    return f"{number}|{_WORDS[number]}" if number < len(_WORDS) else str(number)


def in_letters(number: int) -> str:
    """Return a whole number up to twenty in letters, a greater one in digits."""
    return _WORDS[number] if number < len(_WORDS) else str(number)


def decimal(value: float, decimals: int) -> str:
    """Return a difference or sum with at most `decimals` decimals; "4.0" may be written as "4"."""
    text = f"{value:.{decimals}f}"
    return f"{text}|{text.rstrip('0').rstrip('.')}" if "." in text and text.endswith("0") else text
