"""How sure an answer from rows and cells is, and from when it is stated: read from `tables.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from rag.weights.logistic import probability_of
from rag.weights.weights import Group

TABLES_FILE = Path(__file__).parent / "tables.yaml"


class TableSureness(Group):
    """The probability that an answer from tables is right, from its signals (`rag.tables.signals`)."""

    threshold: float
    """From which probability an answer is stated."""
    intercept: float
    signals: Mapping[str, float]

    def of(self, found: Mapping[str, float]) -> float:
        """Return the probability that an answer with these signals is right, from 0 to 1."""
        total = self.intercept + sum(weight * found.get(name, 0.0) for name, weight in self.signals.items())
        return probability_of(total)


@cache
def table_sureness() -> TableSureness:
    """Return the weights of the file. Raises pydantic's ValidationError for a file that is not complete."""
    return TableSureness.model_validate(yaml.safe_load(TABLES_FILE.read_text(encoding="utf-8")))
