"""Compose the text of a page block by block; each block becomes an element with its exact offsets."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.formats.structure.decode import clean
from ingest.parsed.limits import ParseLimits
from vault.errors import TooLarge
from vault.records import Element, ElementKind, Page

CELL_SEPARATOR = " | "
"""The separator between the cells of a table row."""

TRACKED_CHANGES = (
    "The document has tracked changes. It was read as if all of them were accepted; the deleted text follows "
    "as notes."
)


def deletion_note(author: str, date: str, text: str) -> str:
    """Return the note for text that a tracked change deleted; empty if that text is blank."""
    words = " ".join(text.split())
    when = f" on {date}" if date else ""
    return f"Deleted by {author.strip() or 'an unnamed person'}{when}: {words}" if words else ""


class PageComposer:
    """Builds one page. There is a blank line between blocks, and a line break between the rows of a table."""

    def __init__(self, limits: ParseLimits) -> None:
        """Start an empty page; `limits` bound its length."""
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._elements: list[Element] = []

    def add(self, kind: ElementKind, text: str, level: int = 0, *, tight: bool = False) -> None:
        """Append a block, unless it is blank. `level` is the depth of a heading, from 1.

        `tight` leaves out the blank line before the block. Raises TooLarge.
        """
        text = clean(text).strip()
        if not text:
            return
        gap = "" if not self._length else "\n" if tight else "\n\n"
        start = self._length + len(gap)
        self._pieces += (gap, text)
        self._length = start + len(text)
        if self._length > self._limits.characters:
            raise TooLarge(f"The file has more than {self._limits.characters:,} characters. Split it.")
        self._elements.append(Element(kind, start, self._length, min(level, 9)))

    def table(self, rows: Iterable[Iterable[str]], *, header: bool = True) -> None:
        """Append a table, one line for each row that is not blank; with `header`, the first is its header."""
        is_first = True
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells):
                continue
            kind = ElementKind.TABLE_HEADER if is_first and header else ElementKind.TABLE_ROW
            self.add(kind, CELL_SEPARATOR.join(cells).strip(" "), tight=not is_first)
            is_first = False

    def comment(self, author: str, text: str, *, place: str = "") -> None:
        """Append a comment as a note; `place` is the cell that it belongs to."""
        words = " ".join(text.split())
        if words:
            at = f" at {place}" if place else ""
            self.add(ElementKind.NOTE, f"Comment{at} by {author.strip() or 'an unnamed person'}: {words}")

    def page(self, number: int, label: str = "") -> Page:
        """Return the page as composed so far; `label` is its heading, such as "Slide 3"."""
        return Page(number, "".join(self._pieces), tuple(self._elements), label)


def first_heading(pages: Iterable[Page]) -> str:
    """Return the text of the first heading as one line; empty if there is no heading."""
    for page in pages:
        for element in page.elements:
            if element.kind is ElementKind.HEADING:
                return " ".join(page.text[element.start : element.end].split())
    return ""
