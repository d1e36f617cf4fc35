"""Tell the language of a question by its small words."""

from __future__ import annotations

from vault.text.lists.languages import SMALL_WORDS
from vault.text.words import words

_LEAST = 2
"""Small words that a language other than English must have, and more than English has."""


def language_of(question: str) -> str:
    """Return "de", "fr" or "en"; "en" where the small words do not tell clearly."""
    asked = words(question)
    counts = {language: sum(word in small for word in asked) for language, small in SMALL_WORDS.items()}
    best = max(("de", "fr"), key=lambda language: counts[language])
    return best if counts[best] >= _LEAST and counts[best] > counts["en"] else "en"
