"""Kinds of answers that tables give in different ways."""

from __future__ import annotations

from rag.question.understanding.understood import Intent

ROWS = (Intent.LIST, Intent.COUNT)
"""Intents that ask for rows, not for one value."""
COMPUTED = (
    Intent.SUM,
    Intent.AVERAGE,
    Intent.HIGHEST,
    Intent.LOWEST,
    Intent.DIFFERENCE,
    Intent.DURATION,
    Intent.COMPARISON,
)
"""Intents that need numbers or dates, whatever else is wanted: "who had the higher value"."""
MANY = (*ROWS, *COMPUTED)
"""Intents for which every row and form counts, not only the best one."""
