"""Make one statement from a question and its answer: "Who wrote it?", "Bede" → "Bede wrote it."

This works only if the form of the question shows where the answer belongs; most questions give None.
"""

from __future__ import annotations

import re

_BE = r"(?P<be>is|are|was|were)"
_WHO = re.compile(rf"(?:who|what) {_BE} (?P<rest>.+)", re.IGNORECASE)
_DOES = re.compile(
    r"who (?P<rest>(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|else)\b).+)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"(?:when|(?:in )?what year) {_BE} (?P<subject>.+) (?P<done>\w+ed|born|built|held|made|won|written)",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"how many (?P<rest>(?:(?!\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|there)\b)"
    r".)+)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:the|a|an|his|her|its|their|this|that|my|your|our|\w+['’]s)\b|[A-Z]")
"""How a noun phrase begins; "discovered in 1912" is a participle, so it goes after the answer."""
_STRANDED = re.compile(
    r"\b(?:in|on|at|by|for|of|to|from|with|as|about|like|called|known as|named)$", re.IGNORECASE
)
YEAR = re.compile(r"(?:1\d|20)\d\d")
_PLACED = re.compile(r"(?:in|on|at|by|during|since|after|before|around|about)\b", re.IGNORECASE)
_ANSWER = range(1, 9)
"""Words of an answer that fits into a sentence."""


def declared(question: str, answer: str) -> str | None:
    """Return the statement, with a capital and a full stop; None if no rule applies."""
    asked, said = " ".join(question.split()).rstrip(" ?"), " ".join(answer.split()).strip(" .,;:")
    if "?" in asked or ";" in asked or not said or len(said.split()) not in _ANSWER:
        return None
    made = _declared(asked, said)
    return made[0].upper() + made[1:] + "." if made else None


def _declared(asked: str, said: str) -> str | None:
    if found := _WHO.fullmatch(asked):
        rest = found["rest"]
        if _STRANDED.search(rest):
            return None
        be = found["be"].lower()
        return f"{rest} {be} {said}" if _NAMED.match(rest) else f"{said} {be} {rest}"
    if found := _DOES.fullmatch(asked):
        return f"{said} {found['rest']}"
    if found := _WHEN.fullmatch(asked):
        placed = said if _PLACED.match(said) else f"in {said}" if YEAR.fullmatch(said) else ""
        return f"{found['subject']} {found['be'].lower()} {found['done']} {placed}" if placed else None
    if found := _MANY.fullmatch(asked):
        counted = re.match(r"[\d,.]+|[a-z-]+$", said)
        return f"{said} {found['rest']}" if counted else None
    return None
