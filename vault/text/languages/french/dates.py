"""Read dates that are written in French."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vault.text.languages.french.words import MONTHS, WEEKDAYS
from vault.text.languages.parts.tokens import Token

_DAY = re.compile(r"\d{1,2}(?:er)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})|\d{4}-\d\d-\d\d")


def date_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Return a written date ("3 mai 2024", "mai 2024", "lundi") in English, and where it ends."""
    words = [token.lower for token in tokens[at : at + 3]]
    if not words or tokens[at].kept:
        return None
    if words[0] in WEEKDAYS:
        following = date_at(tokens, at + 1)
        weekday = WEEKDAYS[words[0]]
        return (f"{weekday} {following[0]}", following[1]) if following is not None else (weekday, at + 1)
    if _DATE.fullmatch(words[0]):
        return tokens[at].text, at + 1
    day = words.pop(0).removesuffix("er") if _DAY.fullmatch(words[0]) else ""
    if not words or words[0] not in MONTHS:
        return None
    year = words[1] if len(words) > 1 and _YEAR.fullmatch(words[1]) else ""
    parts = [part for part in (day, MONTHS[words[0]], year) if part]
    return " ".join(parts), at + len(parts)
