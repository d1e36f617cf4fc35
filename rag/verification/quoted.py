"""Whether a statement stands in a sentence word for word, and is asserted there."""

from __future__ import annotations

import re

from rag.verification.negation import negated
from rag.verification.words import plain, tokens_of

_BEFORE = re.compile(
    r"\b(?:if|unless|whether|except|(?:argument|contention|suggestion|claim|assertion|theory|belief) that"
    r"|alleg\w*|claim(?:s|ed) that"
    r"|argue[sd] that|contend(?:s|ed) that|assert(?:s|ed) that"
    r"|believe[sd] that|testified that|suspected|possible|possibly|may have|might"
    r"|family history|history of|rule out|ruled out|in the event|deny|denies|denied|would|draft|proposed)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[\s,]*(?:(?:\w+\s+){0,8}?)\b(?:unless|except|excluding|provided that|provided, however|subject to"
    r"|only if|if"
    r"|with (?:\S+ ){0,5}(?:consent|approval|permission)"
    r"|denied|ruled out|excluded|is not|was not|are not|were not|unlikely)\b",
    re.IGNORECASE,
)
_NARROWED = re.compile(
    r"^\s*(?:exceeding|above|over|below|under|whose|who|that|which|where|of (?:more|less))\b"
)
"""Directly behind the words these say of which things it is true."""
_CLAUSE = re.compile(r"[;.!?](?=\s|$)")


def quoted_in(statement: str, passage: str) -> tuple[bool, str]:
    """Whether the passage holds the statement verbatim; else the reason why a verbatim find does not count.

    Words torn out of "there is no evidence that …" or "… unless the buyer objects" stand in the
    passage and say something else: what surrounds a part of a sentence may not deny or limit it.
    """
    wanted, there = plain(statement).rstrip(" .;:,"), plain(passage)
    reason = ""
    for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", there, re.IGNORECASE):
        reason = _torn_out(wanted, there, match.start(), match.end())
        if not reason:
            return True, ""
    return False, reason


def _torn_out(wanted: str, there: str, start: int, end: int) -> str:
    left = _CLAUSE.split(there[:start])[-1]
    right = _CLAUSE.split(there[end:], maxsplit=1)[0]
    limit = _BEFORE.search(left) or _AFTER.search(right) or _NARROWED.search(right)
    if limit:
        return f"the cited passage limits this with “{limit.group().split()[-1].strip(', ')}”"
    if re.search(r"\d$", wanted) and re.match(r"[.,]\d|\s*%", there[end:]):
        return "the cited passage has another number here"
    whole, part = tokens_of(left + wanted + right), tokens_of(wanted)
    offset = len(tokens_of(left))
    here = negated(whole)[offset : offset + len(part)]
    if len(here) == len(part) and here != negated(part):
        return "the cited passage denies this"
    return ""
