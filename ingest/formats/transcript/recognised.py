"""Read recognised pages with numbered lines, such as scanned transcripts: the numbers become places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.formats.structure.compose import CELL_SEPARATOR
from ingest.formats.transcript.numbered import are_line_numbers
from ingest.formats.transcript.paragraphs import transcript_elements
from vault.records import Page, WordBox

_NUMBER = re.compile(r"(\d{1,2})(?:\s*\|\s*|[ \t]+|(?=\r?\n)|\Z)")


@dataclass(slots=True)
class _Line:
    """A line of a page: where it starts and ends, its number if it has one, and where its words begin."""

    start: int
    end: int
    text: str
    number: int | None = None
    begin: int = 0


def with_numbered_lines(pages: Sequence[Page]) -> list[Page]:
    """Return the pages; on those that were recognised and have numbered lines, the numbers are places."""
    known = False
    result = []
    for page in pages:
        numbered = _numbered(page, known=known) if page.ocr and page.text else None
        known = known or numbered is not None
        result.append(numbered or page)
    return result


def _numbered(page: Page, *, known: bool) -> Page | None:
    """Return a page without the numbers of its lines; None if its lines are not numbered."""
    lines = list(_lines(page.text))
    if not are_line_numbers([(one.number, one.text) for one in lines if one.text or one.number], known=known):
        return None
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    moved: list[tuple[int, int, int]] = []
    length = 0
    for line in lines:
        kept = page.text[line.begin : line.end]
        if line.number is not None:
            # What looks like cells of a row are the question mark of a transcript and what it asks.
            kept = kept.replace(CELL_SEPARATOR, " " * len(CELL_SEPARATOR))
        if kept.strip():
            places.append((length, line.number or 0))
        moved.append((line.begin, line.end, length - line.begin))
        pieces.append(kept)
        length += len(kept)
    text = "".join(pieces)
    elements = transcript_elements(text, tuple(places))
    return replace(page, text=text, elements=elements, words=_moved(page.words, moved), lines=tuple(places))


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines. A number counts where it is 1 or goes on from the last one.

    Where the recognition missed numbers, and as many lines stand between two that it found, they are counted.
    """
    lines: list[_Line] = []
    place = last = 0
    since: list[_Line] = []
    for raw in text.splitlines(keepends=True):
        line = _Line(place, place + len(raw), raw.strip(), begin=place)
        place += len(raw)
        lines.append(line)
        found = _NUMBER.match(raw)
        number = int(found[1]) if found else 0
        missed = number - last - 1
        if found is not None and (number == 1 or missed == 0 or (last and missed == len(since))):
            for skipped, between in zip(since, range(last + 1, number), strict=False):
                skipped.number = between
            line.number, line.begin = number, line.start + found.end()
            line.text = text[line.begin : line.end].strip()
            last, since = number, []
        elif line.text:
            since.append(line)
    yield from lines


def _moved(words: Sequence[WordBox], moved: Sequence[tuple[int, int, int]]) -> tuple[WordBox, ...]:
    """Return the words that are left, at their new places; `moved` are (start, end, by how much)."""
    left = []
    part = 0
    for word in sorted(words, key=lambda word: word.start):
        while part < len(moved) and moved[part][1] <= word.start:
            part += 1
        if part < len(moved) and moved[part][0] <= word.start:
            by = moved[part][2]
            left.append(replace(word, start=word.start + by, end=word.end + by))
    return tuple(left)
