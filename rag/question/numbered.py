"""The numbered parts of a document that a question may refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vault.annotations import AnnotatedSentence
from vault.line_numbers import numbers_between
from vault.text.references import FoundReference

_NUMBERED = frozenset(
    {"clause", "section", "article", "paragraph", "rule", "regulation", "item", "recital", "part", "number"}
)


_LINES = re.compile(r"page (\d+) line (\d+)(?: to page (\d+) line (\d+))?")
_MOST_PAGES = 20
"""Pages over which named lines may go."""
_PAGES = frozenset({"page", "bates", "number"})


def page_named(reference: FoundReference) -> str:
    """Return the name of the page that a reference may mean: "iv" or "VANE000018"; empty if it means none."""
    if reference.kind not in _PAGES:
        return ""
    return reference.normal.removeprefix("page ")


def clause_number(reference: FoundReference) -> str:
    """Return the number of the clause that a reference names, such as "4.2(b)"; empty if it names none.

    Contracts call the same thing a clause, a section or a paragraph, and people say what comes to mind.
    """
    number = reference.normal.rpartition(" ")[2]
    return number if reference.kind in _NUMBERED and number[:1].isdigit() else ""


@dataclass(frozen=True, slots=True)
class AskedLines:
    """Lines of a transcript that a question names, by the numbers of pages and lines."""

    page: int
    line: int
    last_page: int
    last_line: int

    def pages(self) -> range:
        """Return the numbers of the pages, as they are printed."""
        return range(self.page, min(self.last_page, self.page + _MOST_PAGES) + 1)

    def hold(self, page: int, sentence: AnnotatedSentence) -> bool:
        """Return whether a sentence on the page of this number stands on one of the lines."""
        span = sentence.span
        numbers = numbers_between(sentence.page_lines, span.start, span.end)
        return any((self.page, self.line) <= (page, n) <= (self.last_page, self.last_line) for n in numbers)


def lines_named(reference: FoundReference) -> AskedLines | None:
    """Return the lines that a reference names; None if it names none."""
    found = _LINES.fullmatch(reference.normal) if reference.kind == "line" else None
    if found is None:
        return None
    page, line = int(found[1]), int(found[2])
    return AskedLines(page, line, int(found[3] or page), int(found[4] or line))
