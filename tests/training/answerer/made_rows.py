"""Approved answers as `incamera models export` writes them, of plain sentences: no data set is needed."""

from __future__ import annotations

import json
import random
from pathlib import Path

from rag.refusal import REFUSAL

_WHO = ("tenant", "landlord", "supplier", "buyer", "surgeon", "clinic")
_WHAT = ("the rent", "the goods", "the report", "the deposit", "the keys", "the invoice")
_DAYS = ("7", "14", "30", "60", "90")


def exported_rows(count: int = 40) -> list[dict[str, object]]:
    """Rows of one passage of three sentences; every fourth has no answer. The same ones every time."""
    chance = random.Random(4)
    rows: list[dict[str, object]] = []
    for number in range(count):
        who, other = chance.sample(_WHO, 2)
        what, days = chance.choice(_WHAT), chance.choice(_DAYS)
        right = f"The {who} returns {what} within {days} days."
        text = f"The {other} signs {what} on the first day. {right} Nobody is liable for delay."
        answered = number % 4 != 3
        question = f"When does the {who} return {what}?" if answered else f"Who insures the {other}?"
        passage = {"number": 1, "document": "Terms.pdf", "sha256": "0" * 64, "page": 1, "text": text}
        answer = f"{right} [1]" if answered else REFUSAL
        rows.append({"record": number, "question": question, "passages": [passage], "answer": answer})
    return rows


def write_export(path: Path, count: int = 40) -> Path:
    """Write the rows as a file of `incamera models export`."""
    lines = [json.dumps(row, ensure_ascii=False) for row in exported_rows(count)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
