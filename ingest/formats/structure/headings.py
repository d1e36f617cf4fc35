"""What plain words say about structure: numbered clauses, list items, headings without any style."""

from __future__ import annotations

import re

_NUMBERED = re.compile(
    r"(?:(?P<word>article|section|clause|schedule|exhibit|appendix|annex|annexure|chapter|part|attachment)\s+"
    r"(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])\b[.:)]?|(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?(?=\s)|[IVXLC]+\.(?=\s))",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:[•◦▪●○■□–—·‣\uf0b7\uf0a7*-]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})\)|[a-z]\.)\s+\S", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"(?:(?:article|section|clause|schedule|exhibit|appendix|annex)\s+[\dIVXLCA-Z]+\b"
    r"|\d{1,3}(?:\.\d{1,3})*[.)]?\s+[\"“(]?[A-Z]|\([a-z]{1,4}\)\s|\(\d{1,2}\)\s|[A-Z]\.\s+[A-Z]|[IVX]+\.\s+[A-Z])"
)
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "das", "de", "der", "des", "die", "du", "et", "for", "from", "in",
     "into", "la", "le", "of", "on", "or", "per", "the", "to", "und", "upon", "van", "von", "with",
     "without", "y"]
)  # fmt: skip
_ENDS_SENTENCE = (".", ";", ",", "?", "!")


def is_list_item(text: str) -> bool:
    """Whether the line opens with a bullet, "(a)", "ii)" or the like."""
    return _ITEM.match(text) is not None


def opens_clause(text: str) -> bool:
    """Whether the line opens a numbered clause: "7.2 The Supplier", "(b) any", "Article IV"."""
    return _CLAUSE.match(text) is not None


def is_caps_heading(text: str) -> bool:
    """Whether the line is a short one in capitals."""
    letters = sum(character.isalpha() for character in text)
    return (
        letters >= 4
        and len(text) <= 80
        and text.isupper()
        and letters > len(text) / 2
        and text[-1:] not in ",;"
    )


def numbered_level(text: str) -> int:
    """Depth of a short numbered heading ("7. Termination" 1, "7.2 Effect of Termination" 2), else 0."""
    match = _NUMBERED.match(text)
    if not match or len(text) > 90:
        return 0
    rest = text[match.end() :].strip(" \t-–—:.")
    if match["word"]:
        named = not rest or (is_title_case(rest) and len(rest.split()) <= 12)
        return 1 if named and not text.endswith((";", ",")) else 0
    if not rest or text.endswith(_ENDS_SENTENCE) or not is_title_case(rest) or len(rest.split()) > 10:
        return 0
    number = match["number"] or ""
    if number and "." not in match.group() and not rest.isupper():
        return 0  # "10 South Street" is an address
    return number.count(".") + 1


def is_title_case(text: str) -> bool:
    """Whether every word but the small ones has a capital, and there are letters at all."""
    words = [word.strip("\"“”'’(),;:&/") for word in text.split()]
    words = [word for word in words if any(character.isalpha() for character in word)]
    if not words or not words[0][0].isupper():
        return False
    return all(word.lower() in _SMALL or not word[0].islower() for word in words)
