"""Divide the pages of a document into pieces: sentences, list items, table rows and lines of forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.chunking.chunk import HEADING_JOINT
from ingest.chunking.sections import sections
from vault.annotations import Cell
from vault.records import ElementKind, Page, Span
from vault.text.readable import readable
from vault.text.sentences import split_sentences
from vault.text.testimony import Asking

TABLE_KINDS = frozenset([ElementKind.TABLE_HEADER, ElementKind.TABLE_ROW])
_LINE = re.compile(r"[^\r\n]+")
_LABEL_LINE = re.compile(r"[>\s]*[A-ZÀ-Þ☐☒#*][^:\r\n|]{0,40}:(?:[ \t]|$)")
_CLAUSE = re.compile(r"(?<=[.;])\s+(?P<number>\d{1,2}\.\d{1,2})\s+[\"“‘'(\[]*[A-ZÀ-Þ]")
_LONGEST_BLOCK_LINE = 62
"""Lines of an address or a signature are shorter; lines of prose are as long as the page is wide."""


@dataclass(slots=True)
class Piece:
    """A sentence while it is being annotated."""

    span: Span
    text: str
    kind: ElementKind
    heading: str
    label: str
    """The label of its page."""
    opens: bool
    """Whether it begins its element: a clause number or field name can only stand there."""
    places: tuple[tuple[int, int], ...] = ()
    """Where the cells of a row are, if the text has nothing between them."""
    table: int | None = None
    row: int | None = None
    cells: tuple[Cell, ...] = ()
    question: str = ""
    """The question to a witness that it answers, or empty."""
    subject: str = ""
    clause: str = ""


def pieces_of(pages: Sequence[Page]) -> Iterator[Piece]:
    """Yield the pieces of a document in order; those without a letter or digit are left out."""
    texts = {page.number: page.text for page in pages}
    labels = {page.number: page.label for page in pages}
    cells = {(page.number, one.start): one.cells for page in pages for one in page.elements if one.cells}
    numbered = {page.number for page in pages if page.lines}
    for section in sections(pages):
        heading = HEADING_JOINT.join(section.path)
        asking = Asking()
        for element in section.elements:
            span = element.span
            text = texts[span.page][span.start : span.end]
            opens = True
            question = readable(asking.question_of(text))
            for start, end in _parts(element.kind, text, flows=span.page in numbered):
                part = text[start:end]
                if any(map(str.isalnum, part)):
                    place = Span(span.page, span.start + start, span.start + end)
                    places = cells.get((span.page, span.start), ())
                    yield Piece(
                        place,
                        part,
                        element.kind,
                        heading,
                        labels[span.page],
                        opens,
                        places,
                        question=question,
                    )
                    opens = False


def _parts(kind: ElementKind, text: str, *, flows: bool) -> Iterator[tuple[int, int]]:
    """Yield the parts (start, end) of an element: a row and a heading are whole, prose has sentences.

    Where it `flows` its lines are those of a transcript, which are short and say nothing by themselves.
    """
    if kind in TABLE_KINDS or kind is ElementKind.HEADING:
        yield 0, len(text)
        return
    lines = [match.span() for match in _LINE.finditer(text)]
    if not flows and len(lines) > 1 and _stands_in_lines([text[start:end] for start, end in lines]):
        for start, end in lines:
            for first, last in split_sentences(text[start:end]):
                yield start + first, start + last
        return
    for start, end in split_sentences(text):
        yield from _clauses(text, start, end)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, cut before each number of a clause: "… of Schedule B. 4.2 The …" is two."""
    for found in _CLAUSE.finditer(text, start, end):
        if found.start() > start:
            yield start, start + len(text[start : found.start()].rstrip())
            start = found.start("number")
    yield start, end


def _stands_in_lines(lines: Sequence[str]) -> bool:
    """Return whether each line says something by itself: fields of a form, an address, a signature."""
    labelled = sum(_LABEL_LINE.match(line) is not None for line in lines)
    if labelled * 5 >= len(lines) * 3:
        return True
    return all(
        len(line) <= _LONGEST_BLOCK_LINE and not line.lstrip("> \t")[:1].islower() for line in lines
    ) and not any(line.rstrip().endswith((",", " and", " or", " the", " of")) for line in lines[:-1])
