"""False statements by role: two parties exchanged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.verification.lexicon.people import ROLES
from training.clauses import MODAL
from training.edits import Edit, capitalised, cased, edited
from training.falsify.names import name_spans

_PARTIES = ROLES - frozenset(
    "party parties state court principal subject parent publisher government".split()
)
_PARTY = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_PARTIES, key=len, reverse=True))})(s?)(?![\w-]| [Oo]f (?-i:[A-Z]))",
    re.IGNORECASE,
)
_ACTS = re.compile(
    rf"\b(?:{MODAL}|agrees|undertakes|grants|pays|owes|has|sells|indemnifies|warrants|represents|acknowledges)\b"
)
_MUTUAL = re.compile(
    r"\b(?:each other|one another|mutual|mutually|both|either|neither|jointly|between|together)\b",
    re.IGNORECASE,
)


def exchanged_roles(text: str) -> list[Edit]:
    """Return an edit that exchanges the two parties everywhere, if one does something to the other.

    To exchange parties that are named side by side ("between Buyer and Seller") changes nothing, so they
    stay.
    """
    if _MUTUAL.search(text):
        return []
    found = list(_PARTY.finditer(text))
    kinds = list(dict.fromkeys(match.group(1).lower() for match in found))
    if len(kinds) == 2:
        second = next(match for match in found if match.group(1).lower() == kinds[1])
        between = text[found[0].end() : second.start()]
        if len(between) > 120 or ". " in between:
            return []
        spans = [match.span(1) for match in found]
    else:
        spans = name_spans(text)
        kinds = list(dict.fromkeys(text[start:end] for start, end in spans))
        if len(kinds) != 2:
            return []
        between = text[spans[0][1] : spans[-1][0]]
    if not _ACTS.search(between):
        return []
    return [Edit(0, len(text), _exchanged(text, spans, dict(zip(kinds, reversed(kinds), strict=True))))]


def _exchanged(text: str, spans: Sequence[tuple[int, int]], swap: dict[str, str]) -> str:
    for start, end in reversed(spans):
        old = text[start:end]
        new = swap.get(old) or cased(old, swap[old.lower()])
        head = edited(text[:end], Edit(start, end, new)) if start else capitalised(new)
        text = head + text[end:]
    return text
