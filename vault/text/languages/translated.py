"""A question in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Translated:
    """A question in English."""

    text: str
    """In English; as typed where it was English already."""
    language: str = "en"
    """The language it was typed in: "en", "de" or "fr"."""
    unknown: tuple[str, ...] = ()
    """Words that no glossary holds and that are no names: they stay as they were written."""
