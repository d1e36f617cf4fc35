"""False statements by modality: a duty for a permission, and a permission for a duty."""

from __future__ import annotations

import re

from training.clauses import denied, permits
from training.edits import Edit, ahead_of

_OBLIGED = re.compile(
    r"\b(?P<modal>shall|must|will)(?P<no> not)?(?= (?!mean\b|have\b|not\b|be deemed|be governed"
    r"|be construed|be entitled|include\b"
    r"|constitute\b|survive\b|be (?:in|on|at)\b|be binding|remain\b|apply\b|be the\b|be an?\b)[a-z])"
)
_MAY = re.compile(r"\bmay(?P<no> not(?! always\b| necessarily\b| only\b))?(?= (?!not\b)[a-z])")
_STATUS = {
    "is entitled to": "is obliged to", "are entitled to": "are obliged to",
    "be entitled to": "be obliged to", "is required to": "is free to", "are required to": "are free to",
    "be required to": "be permitted to", "has the right to": "has the duty to",
    "have the right to": "have the duty to", "is obligated to": "is entitled to",
    "are obligated to": "are entitled to", "be obligated to": "be entitled to",
    "is recommended": "is mandatory", "at its option": "as it is obliged to",
    "in its sole discretion": "as it is obliged to",
}  # fmt: skip
_STATUSES = [
    (re.compile(rf"\b{old}\b(?! (?:the|an?|any|all|such|its|their|no|\w+ion|\w+s)\b)"), new)
    for old, new in _STATUS.items()
]


def turned_modalities(text: str) -> list[Edit]:
    """Return edits of duties to permissions and back; "shall not" and "may not" become "need not"."""
    edits: list[Edit] = []
    for match in _OBLIGED.finditer(text):
        if match["modal"] == "will" and not permits(text, match.start()):
            continue
        if not match["no"] and denied(text, match.start()):
            continue  # "No party shall" and "no party may" forbid the same.
        edits.append(Edit.of(match, "need not" if match["no"] else "may"))
    for match in _MAY.finditer(text):
        if permits(text, match.start()) and not denied(text, match.start()):
            edits.append(Edit.of(match, "need not" if match["no"] else "must"))
    for pattern, new in _STATUSES:
        for match in pattern.finditer(text):
            if not re.search(r"\bnot (?:to )?$", ahead_of(text, match.start(), 8)):
                edits.append(Edit.of(match, new))
    return edits
