"""Edits of a text: one place becomes other words, and the article and the capital before them follow."""

from __future__ import annotations

import re
from typing import NamedTuple


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str

    @classmethod
    def of(cls, match: re.Match[str], new: str, group: int | str = 0) -> Edit:
        """What the group of the match covers becomes `new`."""
        return cls(*match.span(group), new)


def edited(text: str, edit: Edit) -> str:
    """The text with the edit made, "a" and "an" before it put right and the first letter a capital."""
    old, new = text[edit.start : edit.end], edit.new
    before, after = text[: edit.start], text[edit.end :]
    article = re.search(r"\b([Aa])n? $", before[-4:])
    if article and old and new and takes_an(old) != takes_an(new):
        before = before.removesuffix(article.group()) + article.group(1) + ("n " if takes_an(new) else " ")
    return capitalised(" ".join(f"{before}{new}{after}".split()))


def takes_an(word: str) -> bool:
    """Whether "an" stands before the word."""
    low = word.lower()
    if low.startswith(("us", "uni", "eu", "one", "ub")):
        return False
    return low.startswith(("a", "e", "i", "o", "u", "8", "hour", "11 ", "18 ", "11-", "18-"))


def capitalised(text: str) -> str:
    """The text with a capital first; the others stay as they are."""
    return text[:1].upper() + text[1:]


def cased(old: str, new: str) -> str:
    """`new` in capitals as `old` is: THIRTY, Thirty-Five, Thirty or thirty."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    if old[:1].isupper():
        return new.title() if re.search(r"[ -][A-Z]", old) else capitalised(new)
    return new


def ahead_of(text: str, place: int, most: int) -> str:
    """What stands right before the place, at most so many characters of it."""
    return text[max(0, place - most) : place]
