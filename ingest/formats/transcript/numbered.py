"""Tell the numbers of lines from other numbers at the beginning of lines: of a list, of clauses, of rows.

Line numbers begin with 1 on every page and rise by one from line to line, over most of it. A list may do so
too. But each of its items begins a line, and none is empty: the lines of a transcript go on in small
letters, say who speaks, or are blank beside their number.
"""

from __future__ import annotations

from collections.abc import Sequence

from vault.text.testimony import opens_speech

_LEAST = 8
"""Numbered lines of a page, where no page before it had them."""
_LEAST_LATER = 2
"""Numbered lines of a page after one that had them: the last page may be short."""
_HIGHEST = 60
_MOST_BESIDE = 0.35
"""Share of the lines of a page, between its first number and its last, that may have none."""
_RUNNING_TEXT = 0.15
"""Share of the numbered lines that must go on, say who speaks or be blank."""


def are_line_numbers(rows: Sequence[tuple[int | None, str]], *, known: bool) -> bool:
    """Return whether the numbers before the lines of a page count its lines.

    `rows` are the lines from the top: the number before each, if any, and the text after it. `known` says
    whether a page before this one has numbered lines.
    """
    numbers = [number for number, _ in rows if number is not None]
    if len(numbers) < (_LEAST_LATER if known else _LEAST) or len(numbers) > _HIGHEST:
        return False
    if numbers != list(range(1, len(numbers) + 1)):
        return False
    places = [place for place, (number, _) in enumerate(rows) if number is not None]
    between = places[-1] - places[0] + 1
    if between - len(numbers) > _MOST_BESIDE * between:
        return False
    return known or _is_running_text([text for number, text in rows if number is not None])


def _is_running_text(texts: Sequence[str]) -> bool:
    """Return whether lines hold a text that runs on, and are not items that begin with each line."""
    running = sum(not text or text[0].islower() or opens_speech(text) for text in texts)
    return running >= _RUNNING_TEXT * len(texts)
