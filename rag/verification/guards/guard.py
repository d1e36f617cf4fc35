"""What a guard is, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from rag.verification.text.tokens import Tokens

Check = Callable[[Tokens, Tokens], str | None]
"""Takes a statement and a passage; returns why the passage does not support the statement, or None."""


class Guard(NamedTuple):
    """A rule that every supported statement keeps."""

    name: str
    rule: str
    """What must hold, in one sentence."""
    check: Check


class Denial(NamedTuple):
    """Why a passage does not support a statement."""

    guard: str
    """The name of the guard that denies support."""
    reason: str
    """For people."""


def first_denial(guards: Iterable[Guard], statement: Tokens, passage: Tokens) -> Denial | None:
    """Return the denial of the first guard that denies support; None if every guard agrees."""
    for guard in guards:
        reason = guard.check(statement, passage)
        if reason is not None:
            return Denial(guard.name, reason)
    return None
