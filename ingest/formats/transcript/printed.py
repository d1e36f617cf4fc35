"""The page numbers that are printed above or below the numbered lines of a transcript."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vault.records import ElementKind, Page

_RUNNING = (ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER)
_NUMBER = re.compile(
    r"^(?:page\s+)?0*(?P<alone>\d{1,5})(?:\s+of\s+\d+)?$|\bpage:?\s+0*(?P<named>\d{1,5})\b"
    r"|^0*(?P<first>\d{1,5})\s{2,}\S|\S\s{2,}0*(?P<last>\d{1,5})$",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.8
"""Share of the pages with numbered lines that must have a number, and of those in step with the last."""


def printed_numbers(pages: Sequence[Page]) -> dict[int, str]:
    """Return the printed number of each page by its number in the file; none where they do not rise in step.

    Only the pages with numbered lines are looked at. Where the printed numbers are those of the file there is
    nothing to say.
    """
    numbered = [page for page in pages if page.lines]
    found = {page.number: number for page in numbered if (number := _number(page))}
    if not found or len(found) < _LEAST_SHARE * len(numbered):
        return {}
    steps = [b - a == found[b] - found[a] for a, b in pairwise(sorted(found))]
    if sum(steps) < _LEAST_SHARE * len(steps):
        return {}
    if all(page == number for page, number in found.items()):
        return {}
    return {page: str(number) for page, number in found.items()}


def _number(page: Page) -> int:
    """Return the number that stands alone, or after "Page", in a running line; 0 for none."""
    for element in page.elements:
        if element.kind in _RUNNING:
            text = page.text[element.start : element.end]
            for line in text.splitlines():
                if found := _NUMBER.search(line.strip()):
                    return int(next(filter(None, found.groups())))
    return 0
