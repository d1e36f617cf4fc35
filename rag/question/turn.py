"""A turn of a conversation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question with its answer."""

    question: str
    answer: str
    rewritten: str = ""
    """The question as it was searched, if it leaned on the conversation; empty if it stood alone."""
