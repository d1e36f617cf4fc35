"""Find structure in plain text: numbered clauses, list items, and headings that have no style."""

from __future__ import annotations

import re

from vault.text.lists.parts import SECTIONS_IN_HEADINGS, SECTIONS_IN_TEXT
from vault.text.lists.stop_words import SMALL_WORDS_OF_TITLES

_NUMBERED_HEADING = re.compile(
    rf"(?:(?P<word>{'|'.join(SECTIONS_IN_HEADINGS)})\s+"
    r"(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])\b[.:)]?|(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?(?=\s)|[IVXLC]+\.(?=\s))",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(
    r"(?:[•◦▪●○■□–—·‣\uf0b7\uf0a7*-]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})\)|[a-z]\.)\s+\S", re.IGNORECASE
)
_CLAUSE = re.compile(
    rf"(?:(?:{'|'.join(SECTIONS_IN_TEXT)})\s+[\dIVXLCA-Z]+\b"
    r"|\d{1,3}(?:\.\d{1,3})*[.)]?\s+[\"“(]?[A-Z]|\([a-z]{1,4}\)\s|\(\d{1,2}\)\s|[A-Z]\.\s+[A-Z]|[IVX]+\.\s+[A-Z])"
)
_ENDS_SENTENCE = (".", ";", ",", "?", "!")


def is_list_item(text: str) -> bool:
    """Return whether the line begins with a bullet, "(a)", "ii)" or similar."""
    return _LIST_ITEM.match(text) is not None


def opens_clause(text: str) -> bool:
    """Return whether the line begins a numbered clause: "7.2 The Supplier", "(b) any", "Article IV"."""
    return _CLAUSE.match(text) is not None


def is_caps_heading(text: str) -> bool:
    """Return whether the line is short and in capitals."""
    letters = sum(character.isalpha() for character in text)
    return (
        letters >= 4
        and len(text) <= 80
        and text.isupper()
        and letters > len(text) / 2
        and text[-1:] not in ",;"
    )


def numbered_level(text: str) -> int:
    """Return the depth of a numbered heading: "7. Termination" 1, "7.2 Effect" 2, other lines 0."""
    match = _NUMBERED_HEADING.match(text)
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
    """Return whether every word except small ones like "of" begins with a capital."""
    words = [word.strip("\"“”'’(),;:&/") for word in text.split()]
    words = [word for word in words if any(character.isalpha() for character in word)]
    if not words or not words[0][0].isupper():
        return False
    return all(word.lower() in SMALL_WORDS_OF_TITLES or not word[0].islower() for word in words)
