"""Page text put together block by block, with the exact place of each block as its element."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.formats.structure.decode import clean
from ingest.parsed.limits import ParseLimits
from vault.errors import TooLarge
from vault.records import Element, ElementKind, Page

CELL = " | "
"""What stands between two cells of a table row."""

TRACKED = (
    "The document holds tracked changes: it was read as if all of them were accepted. What they deleted "
    "follows the text as notes."
)


def deleted(author: str, date: str, text: str) -> str:
    """The note for what a tracked change took out; empty for nothing but blanks."""
    words = " ".join(text.split())
    when = f" on {date}" if date else ""
    return f"Deleted by {author.strip() or 'an unnamed person'}{when}: {words}" if words else ""


class PageComposer:
    """Builds one page. Blocks are parted by a blank line, rows of a table by a line end."""

    def __init__(self, limits: ParseLimits) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._elements: list[Element] = []

    def add(self, kind: ElementKind, text: str, level: int = 0, *, close: bool = False) -> None:
        """Append a block; nothing when it is blank. `close` puts it right under the block before.

        Raises: TooLarge.
        """
        text = clean(text).strip()
        if not text:
            return
        gap = "" if not self._length else "\n" if close else "\n\n"
        start = self._length + len(gap)
        self._pieces += (gap, text)
        self._length = start + len(text)
        if self._length > self._limits.characters:
            raise TooLarge(f"The file holds more than {self._limits.characters:,} characters. Split it.")
        self._elements.append(Element(kind, start, self._length, min(level, 9)))

    def table(self, rows: Iterable[Iterable[str]], *, header: bool = True) -> None:
        """Append a table, one line a row, without blank rows; the first is its header if `header`."""
        first = True
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells):
                continue
            kind = ElementKind.TABLE_HEADER if first and header else ElementKind.TABLE_ROW
            self.add(kind, CELL.join(cells).strip(" "), close=not first)
            first = False

    def comment(self, author: str, text: str, *, place: str = "") -> None:
        """Append somebody's comment as a note; `place` is the cell that it hangs on."""
        words = " ".join(text.split())
        if words:
            at = f" at {place}" if place else ""
            self.add(ElementKind.NOTE, f"Comment{at} by {author.strip() or 'an unnamed person'}: {words}")

    def page(self, number: int, label: str = "") -> Page:
        """The page as it stands."""
        return Page(number, "".join(self._pieces), tuple(self._elements), label)


def first_heading(pages: Iterable[Page]) -> str:
    """The text of the first heading in one line; empty when there is none."""
    for page in pages:
        for element in page.elements:
            if element.kind is ElementKind.HEADING:
                return " ".join(page.text[element.start : element.end].split())
    return ""
