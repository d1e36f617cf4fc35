"""Find paragraphs, list items and headings in plain text by simple rules."""

from __future__ import annotations

import re

from ingest.formats.structure.headings import is_caps_heading, is_list_item, numbered_level, opens_clause
from vault.records import Element, ElementKind

_LINE = re.compile(r"[^\n\f]*[\n\f]?")
_UNDERLINE = re.compile(r"([=\-~_*#])\1{2,}")
_ENDS = (".", ":", ";", "?", "!", '."', ".”")


def structure(text: str) -> tuple[Element, ...]:
    """Return the elements of plain text, in order."""
    elements: list[Element] = []
    for block in _blocks(text):
        start, end = block[0][0], block[-1][1]
        kind, level = _kind([text[a:b] for a, b in block])
        elements.append(Element(kind, start, end, level))
    return tuple(elements)


def _blocks(text: str) -> list[list[tuple[int, int]]]:
    """Group lines into blocks; a line is its (start, end) offsets without blanks around it."""
    blocks: list[list[tuple[int, int]]] = []
    open_block = False
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line:
            open_block = False
            continue
        start = match.start() + match.group().index(line[0])
        place = (start, start + len(line))
        if open_block and not _begins_block(text, blocks[-1], line):
            blocks[-1].append(place)
        else:
            blocks.append([place])
        open_block = True
    return blocks


def _begins_block(text: str, block: list[tuple[int, int]], line: str) -> bool:
    """Return whether `line` begins a new block without a blank line before it."""
    above = text[slice(*block[-1])]
    if _UNDERLINE.fullmatch(line):
        return len(block) > 1  # under a single line it marks a heading
    if _kind([text[a:b] for a, b in block])[0] is ElementKind.HEADING:
        return True
    if is_list_item(line) or opens_clause(line):
        return above.endswith((*_ENDS, ",", "and", "or")) or is_list_item(above) or len(above) < 60
    return is_caps_heading(line) and above.endswith(_ENDS)


def _kind(lines: list[str]) -> tuple[ElementKind, int]:
    """Return the kind of a block, and its depth if it is a heading."""
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1]) and len(lines[0]) <= 100:
        return ElementKind.HEADING, 2 if lines[1][0] in "-~" else 1
    if len(lines) == 1 and not _UNDERLINE.fullmatch(lines[0]):
        numbered = numbered_level(lines[0])
        if numbered:
            return ElementKind.HEADING, numbered
        if is_caps_heading(lines[0]):
            return ElementKind.HEADING, 1
    if is_list_item(lines[0]):
        return ElementKind.LIST_ITEM, 0
    return ElementKind.PARAGRAPH, 0
