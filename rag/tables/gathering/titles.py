"""The lines above a table, and whom they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.tables.grids.people import name_parts
from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence

_MOST_LINES = 3
_LONGEST = 160
"""Characters. A longer piece of text is no title."""
_DOES_SOMETHING = re.compile(
    r"\b(?:by|from|to|dr|prof|sr|sister|nurse|matron|consultant|author|gp|cc|manager)\b\.?\W*$", re.IGNORECASE
)


def title_above(source: TableSource, first: AnnotatedSentence) -> str:
    """Return the short lines that stand above a row on its page, below any other table."""
    lines: list[str] = []
    for one in reversed(source.sentences.at(first.document, first.span.page)):
        if one.number >= first.number or (one.table is not None and one.table == first.table):
            continue
        if one.table is not None or len(one.text) > _LONGEST or len(lines) >= _MOST_LINES:
            break
        lines.append(one.text)
    return " \N{MIDDLE DOT} ".join(reversed(lines))


def named_in_title(title: str, names: Sequence[str]) -> str:
    """Return the only person or party of `names` that a title is about; empty for none or several."""
    plain = " ".join(name_parts(title)) if title else ""
    found: list[str] = []
    for name in sorted(names, key=len, reverse=True):
        parts = name_parts(name)
        if len(parts) < 2 and name.lower() == " ".join(parts):
            continue
        words = " ".join(parts)
        place = f" {plain} ".find(f" {words} ")
        if not words or place < 0 or any(set(parts) <= set(name_parts(other)) for other in found):
            continue
        first = re.search(re.escape(parts[0]), title, re.IGNORECASE)
        if first is not None and _DOES_SOMETHING.search(title[: first.start()]):
            continue
        found.append(name)
    return found[0] if len(found) == 1 else ""
