"""Make fast patterns for many words."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first.

    It tries only those with the right first letter, which is several times as fast as one long alternation.

    >>> any_of(["two", "ten", "six"])
    '(?:t(?:wo|en)|s(?:ix))'
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(dict.fromkeys(words), key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return f"(?:{'|'.join(f'{re.escape(first)}(?:{chr(124).join(rest)})' for first, rest in rests.items())})"
