"""Find what a document defines itself: its abbreviations and its defined terms.

Abbreviations are found by the idea of Schwartz and Hearst (2003): the letters of the short form stand, in
order, in the words before or in the brackets after it, the first one at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and what it stands for in this document: `text[start:end]` defines it."""

    start: int
    end: int
    short: str
    long: str


_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w&/.+-]{1,11}(?:\s[\w&-]{1,6})?$")
_QUOTED = re.compile(r"[\"“”„«‘']([A-Z0-9][^\"“”„«»‘’']{1,59})[\"”“»’']")
_DEFINING = frozenset(
    """
    hereinafter hereafter herein collectively together each individually also both jointly being as and or any
    such of them with their affiliates referred to called known defined the a an in case this agreement
    """.split()
)
"""Words that stand in the brackets before a term: “hereinafter referred to as the”."""
_MEANS = re.compile(
    r"[\"“„]([^\"“”„]{2,60})[\"”“]\s+(?:means|shall mean|has the meaning|shall have the meaning|refers to"
    r"|bedeutet|désigne)[,:]?\s+"
)
_END_OF_MEANING = re.compile(r"[;\n]|\.(?=\s|$)")
_BOUNDARY = re.compile(
    r"[.;:\n]\s|\b(?:between|by and between|by|and|with|entre|zwischen)\s(?:\([a-z0-9]+\)\s)?(?=[A-Z])"
)
_NAME = re.compile(
    r"[A-Z][\w.&'’-]*(?:\s(?:[A-Z][\w.&'’-]*|of|and|&|the|de|van|von|for|plc|ltd|llp|gmbh)(?=[\s,]|$))*"
)
_LONGEST_MEANING = 400
"""Characters."""
_LONGEST_PARTY = 240
"""Characters before the brackets."""


def find_definitions(text: str) -> list[Definition]:
    """Return the short forms and terms that `text` defines, in order.

    - "left ventricular ejection fraction (LVEF)" and "LVEF (left ventricular ejection fraction)"
    - "Acme Widgets Limited (the “Supplier”)" and "the Company (“Acme”)"
    - "“Business Day” means a day on which banks are open."
    """
    found = [*_in_brackets(text), *_meanings(text)]
    return sorted(found, key=lambda one: one.start)


def _in_brackets(text: str) -> Iterator[Definition]:
    for match in _BRACKETS.finditer(text):
        inside = match.group(1).strip()
        quoted = list(_QUOTED.finditer(inside))
        if quoted and not _defines(inside[: quoted[0].start()]):
            quoted = []
        if quoted:
            for one in quoted:
                term = one.group(1).strip(" ,")
                start = (
                    _long_form_start(text[: match.start()], term)
                    if term.isupper() and _is_short(term)
                    else None
                )
                if start is not None:
                    yield Definition(start, match.end(), term, text[start : match.start()].strip())
                elif long := _party(text, match.start(), term):
                    yield Definition(match.start(), match.end(), term, long)
            continue
        short = re.split(r"[;,]\s", inside)[0].strip()
        if _is_short(short):
            start = _long_form_start(text[: match.start()], short)
            if start is not None:
                yield Definition(start, match.end(), short, text[start : match.start()].strip())
                continue
        before = re.search(r"[^\W_][\w&/-]{1,11}$", text[max(0, match.start() - 14) : match.start()].rstrip())
        if before and _is_short(before.group()) and _is_spelled_by(inside, before.group()):
            start = text.rindex(before.group(), 0, match.start())
            yield Definition(start, match.end(), before.group(), inside)


def _defines(words: str) -> bool:
    """Return whether the words before a quoted term in brackets only introduce it."""
    return all(word in _DEFINING for word in words.lower().replace(",", " ").split())


def _is_short(short: str) -> bool:
    """Return whether a text may be an abbreviation: short, with a letter, and not a word in lower case."""
    letters = sum(map(str.isalpha, short))
    if _SHORT.match(short) is None or not letters or len(short.split()) > 2:
        return False
    return any(letter.isupper() for letter in short) and (letters < 3 or not short[1:].islower())


def _long_form_start(before: str, short: str) -> int | None:
    """Return where the long form of `short` begins that ends `before`; None if there is none.

    It has at most as many words as the short form has letters, and five more, and at most twice as many.
    """
    words = list(re.finditer(r"\S+", before))
    letters = [letter.lower() for letter in short if letter.isalnum()]
    most = min(len(letters) + 5, len(letters) * 2)
    if not words or len(letters) < 2:
        return None
    first = words[-most].start() if len(words) > most else words[0].start()
    place = len(before)
    for index in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= first and not (
            before[place].lower() == letters[index] and (index or not before[place - 1 : place].isalnum())
        ):
            place -= 1
        if place < first:
            return None
    long = before[place:].strip()
    if len(long) <= len(short) or short in long.split() or re.search(r"[.;!?]\s", long):
        return None
    return place


def _is_spelled_by(long: str, short: str) -> bool:
    """Return whether the letters of `short` stand in `long` in order, the first one at its beginning."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    text = iter(long.lower())
    enough = len(long.split()) >= 2 and len(letters) >= 2 and len(long) > len(short)
    return enough and long[0].lower() == letters[0] and all(letter in text for letter in letters)


def _party(text: str, bracket: int, term: str) -> str:
    """Return who or what stands before the brackets of a defined term; "" if it cannot be said."""
    before = text[max(0, bracket - _LONGEST_PARTY) : bracket].rstrip(" ,")
    # "the purchase price for the Shares (the “Purchase Price”)"
    named = before.lower().rfind(term.lower())
    if named >= 0 and len(before) - named < 120:
        article = re.search(r"\b(?:the|an?)\s$", before[:named], re.IGNORECASE)
        return before[article.start() if article else named :]
    for boundary in reversed(list(_BOUNDARY.finditer(before))):
        name = _NAME.match(before, boundary.end())
        if name and len(name.group()) > 2:
            return name.group().strip(" ,")
        if before[boundary.start()] in ".;:\n":
            before = before[boundary.end() :]
            break
    name = _NAME.match(before.lstrip())
    if name and len(name.group()) > 3 and name.group() not in ("The", "This", "That"):
        return name.group()
    words = before.split()
    last = max(
        (index for index, word in enumerate(words[-7:]) if word.lower() in ("the", "a", "an", "any")),
        default=0,
    )
    return " ".join(words[-7:][last:])


def _meanings(text: str) -> Iterator[Definition]:
    for match in _MEANS.finditer(text):
        end = _END_OF_MEANING.search(text, match.end(), match.end() + _LONGEST_MEANING)
        stop = end.start() if end else min(len(text), match.end() + _LONGEST_MEANING)
        long = " ".join(text[match.end() : stop].split())
        if long:
            yield Definition(match.start(), stop, match.group(1).strip(" ,"), long)
