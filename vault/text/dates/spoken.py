"""A date as answers, labels and prompts write it."""

from __future__ import annotations

from datetime import date


def day_words(day: date) -> str:
    """Return the day in words.

    >>> day_words(date(2026, 3, 3))
    '3 March 2026'
    """
    return f"{day.day} {day:%B %Y}"
