"""The elements of a page with numbered lines: a paragraph for each question, answer and speaker."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.structure.headings import is_caps_heading, is_list_item, opens_clause
from vault.line_numbers import LineNumbers
from vault.records import Element, ElementKind
from vault.text.testimony import opens_speech

_ENDS = (".", ":", ";", "?", "!", "--", "—", ".”", '."', ")")
_Line = tuple[int, int, int]
"""Start and end of a line on the page, without blanks around it, and its number; 0 for none."""


def transcript_elements(text: str, lines: LineNumbers) -> tuple[Element, ...]:
    """Return the elements of a page.

    What stands above the first numbered line and below the last one are running lines. A new paragraph begins
    with a question, an answer, a speaker, a clause or a list item, and after a line without words.
    """
    placed = list(_lines(text, lines))
    numbered = [place for place, line in enumerate(placed) if line[2]]
    if not numbered:
        return ()
    first, last = numbered[0], numbered[-1]
    elements = [Element(ElementKind.PAGE_HEADER, start, end) for start, end, _ in placed[:first]]
    block: list[_Line] = []
    for line in placed[first : last + 1]:
        if block and _begins(text, block, line):
            elements.append(_element(text, block))
            block = []
        block.append(line)
    elements.append(_element(text, block))
    elements += [Element(ElementKind.PAGE_FOOTER, start, end) for start, end, _ in placed[last + 1 :]]
    return tuple(elements)


def _lines(text: str, lines: LineNumbers) -> Iterator[_Line]:
    ends = [start for start, _ in lines[1:]] + [len(text)]
    head = lines[0][0] if lines else len(text)
    for start, end, number in ((0, head, 0), *((s, e, n) for (s, n), e in zip(lines, ends, strict=True))):
        within = text[start:end]
        if within.strip():
            left = start + len(within) - len(within.lstrip())
            yield left, start + len(within.rstrip()), number


def _begins(text: str, block: list[_Line], line: _Line) -> bool:
    """Return whether a line begins a new element."""
    above, below = text[block[-1][0] : block[-1][1]], text[line[0] : line[1]]
    if opens_speech(below) or below.startswith("("):
        return True
    number_above, number = block[-1][2], line[2]
    if number_above and number and number - number_above > 1 and not below[0].islower():
        return True  # lines between them are empty
    if len(block) == 1 and is_caps_heading(above):
        return not is_caps_heading(below)
    return above.endswith(_ENDS) and (is_caps_heading(below) or is_list_item(below) or opens_clause(below))


def _element(text: str, block: list[_Line]) -> Element:
    start, end = block[0][0], block[-1][1]
    words = " ".join(text[start:end].split())
    if not opens_speech(words) and is_caps_heading(words) and words.strip("-_* "):
        return Element(ElementKind.HEADING, start, end, 1)
    kind = ElementKind.LIST_ITEM if is_list_item(words) and not opens_speech(words) else ElementKind.PARAGRAPH
    return Element(kind, start, end)
