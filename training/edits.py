"""Edits of a text: new words at one place, with the right article before them and a capital first."""

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
        """Return the edit that replaces a group of the match by `new`."""
        return cls(*match.span(group), new)


def edited(text: str, edit: Edit) -> str:
    """Return the text after the edit, with the right "a" or "an" before it and a capital first."""
    old, new = text[edit.start : edit.end], edit.new
    before, after = text[: edit.start], text[edit.end :]
    article = re.search(r"\b([Aa])n? $", before[-4:])
    if article and old and new and takes_an(old) != takes_an(new):
        before = before.removesuffix(article.group()) + article.group(1) + ("n " if takes_an(new) else " ")
    return capitalised(" ".join(f"{before}{new}{after}".split()))


def takes_an(word: str) -> bool:
    """Return whether the word takes "an" instead of "a"."""
    low = word.lower()
    if low.startswith(("us", "uni", "eu", "one", "ub")):
        return False
    return low.startswith(("a", "e", "i", "o", "u", "8", "hour", "11 ", "18 ", "11-", "18-"))


def capitalised(text: str) -> str:
    """Return the text with a capital first; the other letters stay as they are."""
    return text[:1].upper() + text[1:]


def cased(old: str, new: str) -> str:
    """Return `new` with capitals like those of `old`: THIRTY, Thirty-Five, Thirty or thirty."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    if old[:1].isupper():
        return new.title() if re.search(r"[ -][A-Z]", old) else capitalised(new)
    return new


def ahead_of(text: str, place: int, most: int) -> str:
    """Return the text right before the place, at most `most` characters."""
    return text[max(0, place - most) : place]
