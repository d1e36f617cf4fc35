"""Whether a statement stands in a passage word for word, and whether the passage asserts it."""

from __future__ import annotations

import re

from rag.verification.clauses.negation import negated
from rag.verification.text.plain import plain
from rag.verification.text.tokens import tokens_of

_LIMITS_BEFORE = re.compile(
    r"\b(?:if|unless|whether|except|(?:argument|contention|suggestion|claim|assertion|theory|belief) that"
    r"|alleg\w*|claim(?:s|ed) that"
    r"|argue[sd] that|contend(?:s|ed) that|assert(?:s|ed) that"
    r"|believe[sd] that|testified that|suspected|possible|possibly|may have|might"
    r"|family history|history of|rule out|ruled out|in the event|deny|denies|denied|would|draft|proposed)\b",
    re.IGNORECASE,
)
_LIMITS_AFTER = re.compile(
    r"^[\s,]*(?:(?:\w+\s+){0,8}?)\b(?:unless|except|excluding|provided that|provided, however|subject to"
    r"|only if|if"
    r"|with (?:\S+ ){0,5}(?:consent|approval|permission)"
    r"|denied|ruled out|excluded|is not|was not|are not|were not|unlikely)\b",
    re.IGNORECASE,
)
_NARROWS_DIRECTLY_AFTER = re.compile(
    r"^\s*(?:exceeding|above|over|below|under|whose|who|that|which|where|of (?:more|less))\b"
)
"""Right after the quoted words these say of which things they are true."""
_CLAUSE_END = re.compile(r"[;.!?](?=\s|$)")


def find_quotation(statement: str, passage: str) -> tuple[bool, str]:
    """Return whether the passage has the statement word for word, and if not, why its words do not count.

    The reason is "" if the words do not stand there at all. Words taken from "there is no evidence that …" or
    "… unless the buyer objects" stand in the passage and say something else: what surrounds a part of a
    sentence must not deny or limit it.
    """
    wanted, found = plain(statement).rstrip(" .;:,"), plain(passage)
    reason = ""
    for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", found, re.IGNORECASE):
        reason = _limit_on(wanted, found, match.start(), match.end())
        if not reason:
            return True, ""
    return False, reason


def _limit_on(wanted: str, passage: str, start: int, end: int) -> str:
    """Return how the passage limits or denies the words at `passage[start:end]`; "" if it asserts them."""
    left = _CLAUSE_END.split(passage[:start])[-1]
    right = _CLAUSE_END.split(passage[end:], maxsplit=1)[0]
    limit = (
        _LIMITS_BEFORE.search(left) or _LIMITS_AFTER.search(right) or _NARROWS_DIRECTLY_AFTER.search(right)
    )
    if limit:
        return f"the cited passage limits this with “{limit.group().split()[-1].strip(', ')}”"
    if re.search(r"\d$", wanted) and re.match(r"[.,]\d|\s*%", passage[end:]):
        return "the cited passage has another number here"
    clause, part = tokens_of(left + wanted + right), tokens_of(wanted)
    offset = len(tokens_of(left))
    denied = negated(clause)[offset : offset + len(part)]
    if len(denied) == len(part) and denied != negated(part):
        return "the cited passage denies this"
    return ""
