"""A document's pages as sections: the blocks that stand under one heading path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault.records import Element, ElementKind, Page, Span
from vault.text.readable import readable

_RUNNING = (ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER)
_LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True)
class Block:
    """One element of a page."""

    kind: ElementKind
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks in reading order, from one page or several, under the same headings."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]


def sections(pages: Sequence[Page]) -> Iterator[Section]:
    """The sections of a document, in order.

    Running headers and footers are left out: they would put the same words into every chunk. A
    section begins with its heading; headings with nothing under them begin the next section that has
    something. A page label ("Slide 3", "Sheet Labs") counts as the outermost heading of its page.
    """
    headings: list[tuple[int, str]] = []
    label = ""
    blocks: list[Block] = []
    for page in pages:
        if page.label != label:
            if _has_body(blocks):
                yield Section(_path(label, headings), tuple(blocks))
                blocks = []
            label, headings = page.label, []
        for element in _elements(page):
            if element.kind in _RUNNING:
                continue
            if element.kind is ElementKind.HEADING:
                if _has_body(blocks):
                    yield Section(_path(label, headings), tuple(blocks))
                    blocks = []
                while headings and headings[-1][0] >= element.level:
                    headings.pop()
                text = readable(page.text[element.start : element.end])
                headings.append((element.level, text[:_LONGEST_HEADING]))
            blocks.append(Block(element.kind, Span(page.number, element.start, element.end)))
    if blocks:
        yield Section(_path(label, headings), tuple(blocks))


def _elements(page: Page) -> Sequence[Element]:
    """The page's elements; the whole page as a paragraph when the reader found no structure."""
    if page.elements or not page.text.strip():
        return page.elements
    return (Element(ElementKind.PARAGRAPH, 0, len(page.text)),)


def _has_body(blocks: Sequence[Block]) -> bool:
    return any(block.kind is not ElementKind.HEADING for block in blocks)


def _path(label: str, headings: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(part for part in (label, *(text for _, text in headings)) if part)
