"""Read plain text with numbered lines: the numbers become the places of the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.formats.transcript.numbered import are_line_numbers
from ingest.formats.transcript.paragraphs import transcript_elements
from ingest.formats.transcript.printed import printed_numbers
from vault.records import Page, PageName

_NUMBER = re.compile(r"[ \t]*(?P<number>\d{1,2})(?:[ \t]+|(?=\r?$))(?=(?P<text>.*))")
_MOST_ABOVE = 4
"""Lines without a number above the first line of a page that belong to it, where no form feed says so."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file with its end, and what may be its number."""

    raw: str
    number: int | None
    text: str
    """What stands after the number."""


def transcript_pages(parts: Sequence[str]) -> tuple[Page, ...] | None:
    """Return the pages of a text with numbered lines; None if its lines are not numbered.

    `parts` are the texts between form feeds. Without form feeds, a page begins where the numbers do.
    """
    divided = [list(_lines(part)) for part in parts]
    if len(divided) == 1:
        divided = _divided(divided[0])
    pages: list[Page] = []
    known = False
    for number, lines in enumerate(divided, 1):
        if are_line_numbers([(one.number, one.text) for one in lines if one.raw.strip()], known=known):
            pages.append(_page(number, lines))
            known = True
        elif len(parts) == 1:
            return None  # without form feeds only the numbers divide the text
        else:
            pages.append(Page(number, "".join(one.raw for one in lines)))
    if not known:
        return None
    printed = printed_numbers(pages)
    return tuple(replace(page, name=PageName(printed.get(page.number, ""))) for page in pages)


def _lines(part: str) -> Iterator[_Line]:
    """Yield the lines; a number counts only where it is one more than the last, or 1."""
    last = 0
    for raw in part.splitlines(keepends=True):
        found = _NUMBER.match(raw)
        number = int(found["number"]) if found else None
        if found is None or number not in (1, last + 1):
            yield _Line(raw, None, raw.strip())
            continue
        last = number
        yield _Line(raw, number, found["text"].strip())


def _divided(lines: list[_Line]) -> list[list[_Line]]:
    """Divide lines before each that has number 1, with the lines without number that stand above it."""
    begins = [place for place, line in enumerate(lines) if line.number == 1]
    starts: list[int] = []
    for begin in begins:
        start = begin
        while start and begin - start < _MOST_ABOVE and lines[start - 1].number is None:
            start -= 1
        starts.append(start)
    starts[:1] = [0]
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _page(number: int, lines: Sequence[_Line]) -> Page:
    """Return a page without the numbers; what a line says keeps its characters and its line end."""
    text = ""
    places: list[tuple[int, int]] = []
    for line in lines:
        kept = line.raw
        if line.number is not None:
            found = _NUMBER.match(line.raw)
            kept = line.raw[found.end() :] if found else line.raw
        if kept.strip():
            places.append((len(text), line.number or 0))
        text += kept
    return Page(number, text, transcript_elements(text, tuple(places)), lines=tuple(places))
