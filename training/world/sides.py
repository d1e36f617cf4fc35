"""What trains, what develops and what reports: each name, medicine, layout and wording is on one side."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Side(StrEnum):
    """The use of what is made."""

    TRAIN = "train"
    DEVELOPMENT = "development"
    REPORT = "report"


_TURNS = (Side.TRAIN, Side.DEVELOPMENT, Side.REPORT, Side.TRAIN, Side.DEVELOPMENT, Side.TRAIN)
"""The sides of the first items of a pool, then again from the start."""


class Pool(Generic[T_co]):
    """Things of which each is on one side: three of six train, two develop, one reports."""

    def __init__(self, *items: T_co) -> None:
        """Raises ValueError for fewer than three items, or for one that is there twice."""
        if len(items) < 3:
            raise ValueError(f"{items!r}: a pool needs three items, so that each side has one.")
        if len(set(items)) < len(items):
            raise ValueError(f"{items!r} holds an item twice, which would be on two sides.")
        self._items = items

    def of(self, side: Side) -> tuple[T_co, ...]:
        """Return the items of a side, in order."""
        return tuple(item for place, item in enumerate(self._items) if _TURNS[place % 6] is side)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)
