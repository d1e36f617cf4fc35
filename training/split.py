"""Split documents into those for training and those for measuring.

The document's name alone decides, so every command agrees without a list. Questions that share a document are
on one side: linked documents go to the side of the first of them, in alphabetical order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from hashlib import sha256

MEASURE_ONLY = frozenset({"scifact"})
"""Sets whose licence does not allow training a model that we ship."""


class Side(StrEnum):
    """The use of a document."""

    TRAIN = "train"
    FIT = "fit"
    """Used to fit the few weights of the reader's scores beside the other scores."""
    REPORT = "report"
    """Used for the figures that are reported."""


def side(set_name: str, document: str) -> Side:
    """Return the side of a document: eight tenths are for training, one for fitting, one for reporting."""
    if set_name in MEASURE_ONLY:
        return Side.FIT if _tenth(set_name, document) < 5 else Side.REPORT
    return {0: Side.FIT, 1: Side.REPORT}.get(_tenth(set_name, document), Side.TRAIN)


def _tenth(set_name: str, document: str) -> int:
    return int(sha256(f"{set_name}\0{document}".encode()).hexdigest(), 16) % 10


def linked(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return for each document the first of those linked with it; the documents of a group are linked."""
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
