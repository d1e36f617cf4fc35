"""Guard: every quantity of the statement stands in the passage, with its unit, said of the same thing."""

from __future__ import annotations

from rag.verify_binding import bound_to
from rag.verify_dates import says
from rag.verify_numbers import Quantity, quantities
from rag.verify_words import Token


def quantities_disagree(statement: tuple[Token, ...], passage: tuple[Token, ...]) -> str | None:
    """Why a number, dose, sum or date of the statement is not the passage's; None when all are."""
    there = quantities(passage)
    for stated in quantities(statement):
        same = [found for found in there if _same_value(stated, found)]
        if not same:
            return f"{_named(stated)} is not in the cited passage"
        agreeing = {found.index for found in same if _same_limit(stated, found)}
        if not agreeing:
            return f"{_named(stated)} is a limit of another kind in the cited passage"
        rivals = [found.index for found in there if _comparable(stated, found)]
        if not agreeing & bound_to(statement, stated.index, passage, rivals):
            return f"{_named(stated)} is said of something else in the cited passage"
    return None


def _same_value(stated: Quantity, found: Quantity) -> bool:
    if stated.days or found.days:
        return says(stated.days, found.days)
    return stated.value == found.value and stated.unit == found.unit


def _same_limit(stated: Quantity, found: Quantity) -> bool:
    """Whether both set the same limit; a time "within" which something happens may be called its length."""
    if stated.limit == found.limit or {stated.limit, found.limit} == {"<=", "within"}:
        return True
    return stated.limit == "" and found.limit == "within"


def _comparable(stated: Quantity, found: Quantity) -> bool:
    return bool(stated.days) == bool(found.days) and stated.unit == found.unit


def _named(quantity: Quantity) -> str:
    if quantity.days:
        return f"the date {quantity.text}"
    return f"the number {quantity.text}" + (
        "" if quantity.unit in ("", "th", "times") else f" ({quantity.unit})"
    )
