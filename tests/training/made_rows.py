"""Two hundred small rows to train on, made of plain sentences: no data set is needed."""

from __future__ import annotations

import random

from training.row import Candidate, Claim, Group, Row

_WHO = ("the tenant", "the landlord", "the supplier", "the buyer", "the patient", "the surgeon", "the clinic")
_DOES = ("pays", "delivers", "signs", "receives", "returns", "inspects", "reports")
_WHAT = ("the rent", "the goods", "the report", "the deposit", "the keys", "the scan", "the invoice")


def made_rows(count: int = 200) -> list[Row]:
    """Half groups, half claims; the same ones every time."""
    chance = random.Random(4)
    rows: list[Row] = []
    for _ in range(count // 2):
        who, does, what, days = chance.choice(_WHO), chance.choice(_DOES), chance.choice(_WHAT), _days(chance)
        right = f"In the end {who} {does} {what} within {days} days."
        words = (1, len(right) - 9, len(right))
        others = [
            f"Then {chance.choice(_WHO)} {chance.choice(_DOES)} {chance.choice(_WHAT)}." for _ in range(4)
        ]
        candidates = [
            Candidate("Notes", "", (others[0], right), True, True, ((1, 1.0),), words),
            *(Candidate("Notes", "", (one, others[0]), False, False) for one in others[1:]),
        ]
        rows.append(Group("made", (f"When is it that {who} {does} {what}?",), tuple(candidates)))
        label = chance.choice(("supported", "contradicted", "not_addressed"))
        said = f"{who} {does} {what} within {days if label != 'contradicted' else days + 1} days."
        about = right if label != "not_addressed" else others[1]
        rows.append(Claim("made", said.capitalize(), "Notes", "", (about,), label))
    return rows


def _days(chance: random.Random) -> int:
    return chance.choice((7, 14, 30, 60, 90))
