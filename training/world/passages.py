"""A document as the reader reads it: passages of a few sentences below a heading, rows with their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bench.staff.document import Block, StaffDocument
from bench.staff.layout import paragraphs, tick_lines
from training.sets import sentences_of
from training.world.asking.asker import Gold
from training.world.dates import written
from training.world.draft import Draft, Place

_MOST_WORDS = 120
"""Words of a passage; most fit into a window of the reader."""
_LONGEST_HEADER = 9
"""Columns that are named before a row, or within it."""


class RowStyle(StrEnum):
    """How a row of a table is read."""

    PLAIN = "plain"
    """The cells with " | " between them, as they are quoted."""
    NAMED = "named"
    """Each cell after the name of its column."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence or row as it is read, with where it comes from."""

    text: str
    origin: str
    """As it stands in the document; of a row the cells with " | " between them."""
    starts: tuple[int, ...] = ()
    """Where each cell of a row begins in `text`."""

    def holds(self, place: Place) -> bool:
        """Return whether this is the place, or a part of it."""
        if self.starts:
            return self.origin == place.text
        return place.text in self.origin or (len(self.origin) > 3 and self.origin in place.text)

    def words(self, gold: Gold) -> tuple[int, int] | None:
        """Return where the gold's words are in `text`; None if they are not."""
        if not gold.words:
            return None
        if self.starts:
            cells = self.origin.split(" | ")
            before = gold.place.text[: max(gold.start, 0)].count(" | ")
            inside = cells[before].find(gold.words) if before < len(cells) else -1
            if inside < 0:
                return None
            start = self.starts[before] + inside
        else:
            offset = self.origin.find(gold.place.text)
            start = offset + gold.start if offset >= 0 and gold.start >= 0 else self.text.find(gold.words)
        end = start + len(gold.words)
        return (start, end) if start >= 0 and self.text[start:end] == gold.words else None


@dataclass(slots=True)
class ReadPassage:
    """Sentences that follow each other below one heading."""

    file: str
    page: int
    title: str
    heading: str
    sentences: list[ReadSentence] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All sentences, a line each."""
        return "\n".join(sentence.origin for sentence in self.sentences)

    def sentences_of(self, place: Place) -> list[int]:
        """Return the sentences that are the place."""
        if (place.file, place.page) != (self.file, self.page):
            return []
        return [number for number, sentence in enumerate(self.sentences) if sentence.holds(place)]


def passages_of(
    document: StaffDocument, draft: Draft, style: RowStyle, *, with_subject: bool
) -> Iterator[ReadPassage]:
    """Yield the passages of a document.

    `with_subject` puts into the title whom the document is about and its date, and into the heading the
    columns of a table, as an annotated sentence is read.
    """
    title = document.title
    if with_subject:
        dated = written(draft.dated, "long") if draft.dated else ""
        title = " · ".join(part for part in (draft.about, dated, document.title) if part)
    for number, page in enumerate(document.pages, 1):
        heading = ""
        passage = ReadPassage(document.file, number, title, heading)
        for block in page:
            if block.heading:
                heading = block.heading
            columns = " | ".join(block.table[0]) if block.table and with_subject else ""
            head = f"{heading} › {columns}" if heading and columns else heading or columns
            if head != passage.heading:
                if passage.sentences:
                    yield passage
                passage = ReadPassage(document.file, number, title, head)
            for sentence in _sentences(block, style):
                length = sum(len(one.text.split()) for one in passage.sentences)
                if passage.sentences and length + len(sentence.text.split()) > _MOST_WORDS:
                    yield passage
                    passage = ReadPassage(document.file, number, title, head)
                passage.sentences.append(sentence)
        if passage.sentences:
            yield passage


def _sentences(block: Block, style: RowStyle) -> Iterator[ReadSentence]:
    if block.table:
        columns = block.table[0]
        if style is RowStyle.PLAIN:
            yield _row(columns, [""] * len(columns))
        for cells in block.table[1:]:
            named = style is RowStyle.NAMED and len(cells) <= _LONGEST_HEADER
            yield _row(cells, [f"{column}: " if named else "" for column in columns])
        return
    texts = [sentence for text in paragraphs(block.text or "") for sentence in sentences_of(text)]
    texts += [*(block.lines or []), *(block.items or []), *tick_lines(block.checks or {})]
    texts += [f"{label}: {value}" for label, value in (block.form or {}).items()]
    for text in [block.heading, *texts] if block.heading else texts:
        yield ReadSentence(text, text)


def _row(cells: list[str], names: list[str]) -> ReadSentence:
    text = ""
    starts: list[int] = []
    for cell, name in zip(cells, names, strict=True):
        text += (" | " if starts else "") + name
        starts.append(len(text))
        text += cell
    return ReadSentence(text, " | ".join(cells), tuple(starts))
