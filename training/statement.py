"""Find the statement in a sentence, and whether it states anything."""

from __future__ import annotations

import re

from vault.text.lists.full_stops import NEVER_CLOSE
from vault.text.lists.names import COMPANY_FORMS, TITLES

_LEAST_WORDS = 5
"""Shorter texts are headings and cells of tables: they state nothing."""
_LONGEST = 2_000
"""Characters. Longer texts are not sentences, and the patterns that look back would be slow."""
_LABEL = re.compile(
    r"(?:(?:section|article|clause) )?\(?\d{1,3}(?:\.\d{1,3})*(?:\)|\.(?!\d)|:)(?: ?\([a-z]{1,4}\))? ?"
    r"|(?:(?:section|article|clause) )?\d{1,3}(?:\.\d{1,3})+ (?=[A-Z\"“])"
    r"|\((?:[a-z]|[ivx]{1,5})\) ?|[a-z]\) |[•*▪◦–-] "
    r"|[A-Z]\. (?=(?:The|Each|All|If|In|No|Any|Upon|This|Except|Subject)\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"[A-Z][\w/&'’-]{2,30}"
    r"(?:,? (?:[A-Z][\w/&'’-]{0,30}|of|and|the|to|for|on|in|by|or|with|from)){0,8}"
    r"(?:[.:]| [–—-]) (?=[A-Z\"“]|(?<=: )\d)"
)
_HEADING_NOT = (
    TITLES | NEVER_CLOSE | {"exh", "co", *(form.lower() for form in COMPANY_FORMS if len(form) < 5)}
)


def body(sentence: str) -> str:
    """Return the sentence in single spaces without its number ("4.2") and heading ("Term.", "RESULTS:")."""
    # Patterns that ignore case match a long s as an s, but tables of words do not have it.
    text = " ".join(sentence.replace("ſ", "s").split())
    for _ in range(3):
        label = _LABEL.match(text)
        if label is None or (text[0].isdigit() and not _opens(text[label.end() :])):
            break
        text = text[label.end() :]
    heading = _HEADING.match(text)
    if heading is not None:
        last = heading.group().split()[-1].rstrip(".:").lower()
        if last not in _HEADING_NOT and len(text) - heading.end() >= 30:
            text = text[heading.end() :]
    return re.sub(r"[;,](?: (?:and|or))?$", ".", text)


def _opens(rest: str) -> bool:
    """Return whether the text after a number is a sentence, and not what the number counts ("30) days")."""
    return rest[:1].isupper() or rest[:1] in ("(", '"', "“")


def states(text: str) -> bool:
    """Return whether the body is a whole statement, and not a heading, question, table cell or list item."""
    words = text.split(" ")
    if len(words) < _LEAST_WORDS or len(text) > _LONGEST or text.endswith(("?", ":")) or "|" in text:
        return False
    if text[0].islower():  # A list item: the text that introduces it may limit it.
        return False
    return 3 * sum(word[:1].islower() for word in words) >= len(words)
