"""Divide the pages of a document into sections: the elements under one path of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault.records import Element, ElementKind, Page, Span
from vault.text.readable import readable

_RUNNING = (ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER)
_LONGEST_HEADING = 160
_PAGE_NUMBER = re.compile(
    r"[\W\d_]*(?:(?:page|seite|p|s)\b[\W\d_]*(?:of|von|sur|de)?)?[\W\d_]*", re.IGNORECASE
)


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

    Running headers and footers are left out, because they would put the same words into every chunk; those
    of a document of one page (a Word file is one) are part of it unless they only number pages. A
    section begins with its heading; a heading without text under it is part of the next section. A page label
    ("Slide 3", "Sheet Labs") is the outermost heading of its page.
    """
    headings: list[tuple[int, str]] = []
    label = ""
    elements: list[SectionElement] = []
    for page in pages:
        if page.label != label:
            if _has_body(elements):
                yield Section(_path(label, headings), tuple(elements))
                elements = []
            label, headings = page.label, []
        for element in _elements(page):
            if element.kind in _RUNNING:
                text = page.text[element.start : element.end]
                if len(pages) > 1 or _PAGE_NUMBER.fullmatch(text):
                    continue
            if element.kind is ElementKind.HEADING:
                if _has_body(elements):
                    yield Section(_path(label, headings), tuple(elements))
                    elements = []
                while headings and headings[-1][0] >= element.level:
                    headings.pop()
                text = readable(page.text[element.start : element.end])
                headings.append((element.level, text[:_LONGEST_HEADING]))
            elements.append(SectionElement(element.kind, Span(page.number, element.start, element.end)))
    if elements:
        yield Section(_path(label, headings), tuple(elements))


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
