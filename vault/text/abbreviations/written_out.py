"""Write out the abbreviations that mean one thing wherever they stand: "b.i.d." is twice daily."""

from __future__ import annotations

import re

from vault.text.dates.months import ENGLISH_SHORT
from vault.text.lists.names import TITLES

_TIMES_A_DAY = (
    (
        "twice daily",
        r"b\.?i\.?d\b\.?",
        r"b\.d\b\.?",
        r"(?-i:bd)\b",
        r"(?:twice|two times) (?:a|per|each) day\b",
    ),
    (
        "3 times daily",
        r"t\.?i\.?d\b\.?",
        r"t\.?d\.?s\b\.?",
        r"three times (?:a|per) day\b",
        r"thrice daily\b",
    ),
    ("4 times daily", r"q\.?i\.?d\b\.?", r"q\.?d\.?s\b\.?", r"four times (?:a|per) day\b"),
    ("daily", r"q\.d\b\.?", r"once (?:daily|(?:a|per|each) day)\b"),
)
"""How often in a day, with the ways to write it."""
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\bper\s+cent\b", "percent"),
        (r"\bNos?\.\s*(?=\d)", "number "),
        *((rf"\b(?:{'|'.join(ways)})", words) for words, *ways in _TIMES_A_DAY),
        (r"\bq\.?(\d{1,2})\.?h\b\.?", r"every \1 hours"),
        (r"\bthree times daily\b", "3 times daily"),
        (r"\bfour times daily\b", "4 times daily"),
        (r"\bp\.o\.(?=\s)", "orally"),
        (r"\bBP\b(?=:? ?\d)", "blood pressure"),
        (r"\bSpO2\b", "oxygen saturation"),
        (r"\bHR\b(?=:? ?\d)", "heart rate"),
    )
)
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
_WITH_A_STOP = (
    *(title.capitalize() for title in sorted(TITLES) if len(title) <= 4), *ENGLISH_SHORT,
    "St", "Inc", "Ltd", "Co", "Corp", "v", "vs", "Art", "Sec", "Fig", "approx",
)  # fmt: skip
_STOP = re.compile(rf"\b({'|'.join(_WITH_A_STOP)})\.(?=\s|,)")


def written_out(text: str) -> str:
    """Return `text` with these abbreviations written out, and without the full stops of others.

    >>> written_out("Dr. A.B. Lee gave 5 mg b.i.d. on 3 Jan. 2024")
    'Dr AB  Lee gave 5 mg twice daily on 3 Jan 2024'
    """
    text = _INITIALS.sub(lambda match: match.group().replace(".", "") + " ", text)
    text = _STOP.sub(r"\1", text)
    for pattern, words in _FORMS:
        text = pattern.sub(words, text)
    return text
