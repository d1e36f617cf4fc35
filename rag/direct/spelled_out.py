"""Say in the line itself what a count or sum is made of, where that is short."""

from __future__ import annotations

from dataclasses import replace

from rag.direct.answer import AnswerForm, DirectAnswer

_MOST_ROWS = 8
_LONGEST = 60
"""Characters of one row: a longer one is no label."""


def spelled_out(direct: DirectAnswer) -> DirectAnswer:
    """Return the answer with its rows in the line: "Sum, Beds: 146 (4 rows): 48 + 36 + 62".

    A count names what was counted. Many rows, or long ones, only stand below the line.
    """
    if direct.form not in (AnswerForm.COUNT, AnswerForm.SUM) or not 1 < len(direct.rows) <= _MOST_ROWS:
        return direct
    if direct.form is AnswerForm.SUM:
        parts = [row.text.removeprefix("-").strip() for row in direct.rows]
        joint = " + "
    else:
        parts = [_named(row.label, row.text) for row in direct.rows]
        joint = ", "
    if any(not part or len(part) > _LONGEST or part in direct.text for part in parts):
        return direct
    return replace(direct, text=f"{direct.text}: {joint.join(parts)}")


def _named(label: str, text: str) -> str:
    return text if text and (not label or label.lower() in text.lower()) else f"{label}: {text}".strip(": ")
