"""Which documents are trained on, and which only measure.

Decided by the document's name alone, so every command agrees without a list. Questions that share a document
are kept on one side: what is linked goes where its first document (in order) goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from hashlib import sha256

MEASURE_ONLY = frozenset({"scifact"})
"""Sets that may not train a model that is given out, by their licence."""


class Side(StrEnum):
    """What a document is for."""

    TRAIN = "train"
    FIT = "fit"
    """Chooses the few weights by which the reader's scores are joined with the others."""
    REPORT = "report"
    """Gives the figures."""


def side(set_name: str, document: str) -> Side:
    """Eight tenths train, one chooses, one reports."""
    if set_name in MEASURE_ONLY:
        return Side.FIT if _tenth(set_name, document) < 5 else Side.REPORT
    return {0: Side.FIT, 1: Side.REPORT}.get(_tenth(set_name, document), Side.TRAIN)


def _tenth(set_name: str, document: str) -> int:
    return int(sha256(f"{set_name}\0{document}".encode()).hexdigest(), 16) % 10


def linked(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """For each document the first, in order, of those that it is linked with; each group is linked."""
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while first.setdefault(name, name) != name:
            first[name] = first[first[name]]
            name = first[name]
        return name

    for group in groups:
        for other in group[1:]:
            low, high = sorted((root(group[0]), root(other)))
            first[high] = low
        if group:
            root(group[0])
    return {name: root(name) for name in list(first)}
