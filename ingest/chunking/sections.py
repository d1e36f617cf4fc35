"""Divide the pages of a document into sections: the elements under one path of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault.records import Element, ElementKind, Page, Span, page_name_form
from vault.text.readable import readable

_RUNNING = (ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER)
_PROSE = (ElementKind.PARAGRAPH, ElementKind.LIST_ITEM)
_LONGEST_HEADING = 160
_PAGE_NUMBER = re.compile(
    r"[\W\d_]*(?:(?:page|seite|p|s)\b[\W\d_]*(?:of|von|sur|de)?)?[\W\d_]*", re.IGNORECASE
)


_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_ENDS = re.compile(r"[.!?:;。！？][\"”’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class SectionElement:
    """An element of a section, with its place."""

    kind: ElementKind
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """Elements in reading order, from one or several pages, under the same headings."""

    path: tuple[str, ...]
    elements: tuple[SectionElement, ...]


def sections(pages: Sequence[Page]) -> Iterator[Section]:
    """Yield the sections of a document, in order.

    Running headers and footers would put the same words into every chunk, and into sentences that go on over
    a page: those of several pages are a section at the end, each once, unless they only number pages or the
    text says the same. Those of a document of one page (a Word file is one) stay where they are.

    A section begins with its heading; a heading without text under it is part of the next section. A page
    label ("Slide 3", "Sheet Labs") is the outermost heading of its page. Notes at the end of a page follow
    the paragraph that goes on over it.
    """
    headings: list[tuple[int, str]] = []
    label = ""
    elements: list[SectionElement] = []
    running = _RunningLines(pages)
    for page, on_page in _in_reading_order(pages, running):
        if page.label != label:
            if _has_body(elements):
                yield Section(_path(label, headings), tuple(elements))
                elements = []
            label, headings = page.label, []
        for number, element in on_page:
            text = pages[number].text[element.start : element.end]
            if element.kind is ElementKind.HEADING:
                if _has_body(elements):
                    yield Section(_path(label, headings), tuple(elements))
                    elements = []
                while headings and headings[-1][0] >= element.level:
                    headings.pop()
                headings.append((element.level, readable(text)[:_LONGEST_HEADING]))
            elements.append(
                SectionElement(element.kind, Span(pages[number].number, element.start, element.end))
            )
    if elements:
        yield Section(_path(label, headings), tuple(elements))
    if kept := running.kept():
        yield Section((), kept)


_Placed = tuple[int, Element]
"""An element with the index of its page."""


def _in_reading_order(pages: Sequence[Page], running: _RunningLines) -> Iterator[tuple[Page, list[_Placed]]]:
    """Yield each page with what is read there: no running lines, and notes after their paragraph."""
    held: list[_Placed] = []
    before = ""
    for index, page in enumerate(pages):
        body = [(index, element) for element in _elements(page) if not running.takes(page, element)]
        if held:
            goes_on = int(_goes_on(before, page, body))
            body[goes_on:goes_on] = held
            held = []
        notes = len(body)
        while notes and body[notes - 1][1].kind is ElementKind.NOTE:
            notes -= 1
        following = pages[index + 1] if index + 1 < len(pages) else None
        if 0 < notes < len(body) and following is not None and following.label == page.label:
            held, body = body[notes:], body[:notes]
        if body:
            number, last = body[-1]
            before = pages[number].text[last.start : last.end] if last.kind in _PROSE else ""
        yield page, body


def _goes_on(before: str, page: Page, body: Sequence[_Placed]) -> bool:
    """Return whether the first element of a page is the rest of the text before it."""
    if not before or not body or body[0][1].kind is not ElementKind.PARAGRAPH:
        return False
    begins = page.text[body[0][1].start : body[0][1].end].lstrip()
    return not _ENDS.search(before) or begins[:1].islower()


class _RunningLines:
    """The running headers and footers of a document, of which each is kept once."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._several = len(pages) > 1
        self._said: set[str] = set()
        self._found: dict[str, SectionElement] = {}

    def takes(self, page: Page, element: Element) -> bool:
        """Return whether an element is a running line, which is then kept here."""
        text = page.text[element.start : element.end]
        if element.kind not in _RUNNING:
            if len(text) <= _LONGEST_HEADING:
                self._said.add(_pattern(text))
            return False
        if _PAGE_NUMBER.fullmatch(text):
            return True
        if self._several and page_name_form(text) not in page.name.forms:
            place = SectionElement(element.kind, Span(page.number, element.start, element.end))
            self._found.setdefault(_pattern(text), place)
        return self._several

    def kept(self) -> tuple[SectionElement, ...]:
        """Return the first of each kind of running line that the text does not say as well."""
        return tuple(place for pattern, place in self._found.items() if pattern not in self._said)


def _pattern(text: str) -> str:
    """Replace numbers with "#": "Draft of 3 May, page 4" and "Draft of 3 May, page 5" are one line."""
    return " ".join(_DIGITS.sub("#", readable(text).lower()).split())


def _elements(page: Page) -> Sequence[Element]:
    """Return the elements of the page; a page without elements is one paragraph."""
    if page.elements or not page.text.strip():
        return page.elements
    return (Element(ElementKind.PARAGRAPH, 0, len(page.text)),)


def _has_body(elements: Sequence[SectionElement]) -> bool:
    """Return whether there is anything besides headings."""
    return any(element.kind is not ElementKind.HEADING for element in elements)


def _path(label: str, headings: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """Return the label and the headings that are not empty, outermost first."""
    return tuple(part for part in (label, *(text for _, text in headings)) if part)
