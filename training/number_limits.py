"""Limits with a number ("at least", "up to", "or more"), and which other numbers contradict them."""

from __future__ import annotations

import re

from training.clauses import DENIES
from training.edits import ahead_of

_LOWER_LIMIT = re.compile(
    r"(?:at least|(?<!not )(?<!no )(?:more|greater|longer|older|higher) than|(?:not|no) (?:less|fewer) than"
    r"|minimum of|exceed(?:s|ing)?|in excess of|over|above) (?:of |a |an |the |period of )*$",
    re.IGNORECASE,
)
_UPPER_LIMIT = re.compile(
    r"(?:at most|(?<!not )(?<!no )(?:less|fewer|shorter|younger|lower) than"
    r"|(?:not|no) (?:more|greater|later|longer) than|maximum of|up to|within|under|below"
    r"|not (?:to )?exceed) (?:of |a |an |the |period of )*$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"[\w%) ]{0,16} or (?:more|longer|older|greater|above)\b")
_OR_LESS = re.compile(r"[\w%) ]{0,16} or (?:less|fewer|younger|below)\b")
_DENIED_LIMIT = re.compile(r"\b(?:not|no) (?:less|fewer|more|greater|later|longer|to exceed|exceed)\b")


def directions(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether a greater number, and whether a smaller one, makes the statement false.

    "At least 30" implies "at least 20", so only one direction of a limit is false; after a negation it is not
    clear which one.
    """
    before, after = ahead_of(text, start, 40), text[end : end + 30]
    lower = bool(_LOWER_LIMIT.search(before) or _OR_MORE.match(after))
    upper = bool(_UPPER_LIMIT.search(before) or _OR_LESS.match(after))
    if not lower and not upper:
        return True, True
    clause = re.split(r"[;:.] ", ahead_of(text, start, 200))[-1]
    if DENIES.search(_DENIED_LIMIT.sub("", clause)):
        return False, False
    return lower, upper
