"""A document while it is written: what is put down is returned as its place, for the gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from bench.staff.document import Block, Mail, StaffDocument

PAGED = (".pdf", ".docx", ".xlsx")


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, table row, list item or field of a document, as it is written there."""

    file: str
    page: int
    text: str
    """The cells of a row with " | " between them."""


class Draft:
    """Takes the parts of a document in order."""

    def __init__(self, file: str, title: str = "", mail: Mail | None = None) -> None:
        self.file, self.title = file, title
        self._mail = mail
        self._pages: list[list[Block]] = [[]]

    @property
    def suffix(self) -> str:
        """The suffix of the file, such as `.pdf`."""
        return PurePath(self.file).suffix

    def page(self, sheet: str = "") -> None:
        """Begin a page, with its name in a workbook; where the format has one page, go on."""
        if self.suffix in PAGED and self._pages[-1]:
            self._pages.append([])
        if sheet and self.suffix == ".xlsx":
            self._add(Block(sheet=sheet))

    def heading(self, text: str) -> None:
        """Add a heading."""
        self._add(Block(heading=text))

    def say(self, *sentences: str) -> list[Place]:
        """Add a paragraph of these sentences; empty ones are left out, but keep their place in the list."""
        text = " ".join(sentence for sentence in sentences if sentence)
        if text:
            self._add(Block(text=text))
        return [self._place(sentence) for sentence in sentences]

    def lines(self, *lines: str) -> list[Place]:
        """Add lines below each other."""
        self._add(Block(lines=list(lines)))
        return [self._place(line) for line in lines]

    def listed(self, *items: str) -> list[Place]:
        """Add a list."""
        self._add(Block(items=list(items)))
        return [self._place(item) for item in items]

    def form(self, fields: Mapping[str, str]) -> dict[str, Place]:
        """Add fields with their labels; return the place of each by its label."""
        self._add(Block(form=dict(fields)))
        return {label: self._place(f"{label}: {value}") for label, value in fields.items()}

    def checks(self, ticks: Mapping[str, bool]) -> None:
        """Add boxes, ticked or not."""
        self._add(Block(checks=dict(ticks)))

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]], a_page: int = 0) -> list[Place]:
        """Add a table, with its header on each page if `a_page` rows go on one; return each row's place."""
        step = a_page if a_page and self.suffix in (".pdf", ".docx") else len(rows)
        places = []
        for start in range(0, len(rows), step or 1):
            if start:
                self.page()
            part = [list(row) for row in rows[start : start + step]]
            self._add(Block(table=[list(columns), *part]))
            places += [self._place(" | ".join(row)) for row in part]
        return places

    def finished(self) -> StaffDocument:
        """Return the document. Raises pydantic's ValidationError if it does not fit its format."""
        pages = [page for page in self._pages if page]
        return StaffDocument(file=self.file, title=self.title, pages=pages, mail=self._mail)

    def _add(self, block: Block) -> None:
        self._pages[-1].append(block)

    def _place(self, text: str) -> Place:
        return Place(self.file, len(self._pages), text)
