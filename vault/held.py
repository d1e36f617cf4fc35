"""How a collection is told that newer versions must not replace documents under legal hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

CheckHeld = Callable[[Sequence[str]], None]
"""Raises Held if one of the documents (sha256) is under legal hold."""


def nothing_held(sha256s: Sequence[str]) -> None:
    """Allow everything: for a collection that belongs to no vault."""
