"""Prepare the library unstructured to work offline, and put its elements on a page."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.deferred import Deferred
from ingest.formats.structure.headings import is_caps_heading, numbered_level
from ingest.formats.structure.tables import html_rows, names_columns
from ingest.formats.structure.tokens import Tokenizer
from vault.records import ElementKind

with Deferred("spacy", "iso639"):
    # It imports both at once, which takes longer than all the rest of it, and with what is given below it
    # uses neither.
    from unstructured.nlp import tokenize
    from unstructured.partition.html import partition_html

__all__ = ["LANGUAGES", "add_elements", "partition_html", "prepare"]

LANGUAGES = [""]
"""Given so that unstructured does not detect the language, which takes time and changes nothing."""

_KINDS = {
    "ListItem": ElementKind.LIST_ITEM,
    "Header": ElementKind.PAGE_HEADER,
    "Footer": ElementKind.PAGE_FOOTER,
    "Title": ElementKind.HEADING,
}
_BOLD_HEADING_CHARACTERS = 100


@cache
def prepare() -> None:
    """Give unstructured a tokenizer of our own and load its parsers (once; this takes a second).

    Otherwise it would download a language model when it is first used. Without part-of-speech tags its
    guesses at titles are poor, so we take headings only from styles and tags.
    """
    tokenizer = Tokenizer()
    tokenize._get_nlp = lambda: tokenizer
    logging.getLogger("unstructured").setLevel(logging.CRITICAL)
    partition_html(text="<p>Ready.</p>", languages=LANGUAGES)


def add_elements(composer: PageComposer, elements: Iterable[Any]) -> None:
    """Put unstructured's elements on a page, in their order.

    If no style or tag marks a heading, short lines that are numbered, in capitals or all bold become
    headings. Raises TooLarge.
    """
    elements = list(elements)
    styled = any(_heading_level(element) for element in elements)
    for element in elements:
        if element.category == "Table":
            _add_table(composer, element)
            continue
        kind = _KINDS.get(element.category, ElementKind.PARAGRAPH)
        level = _heading_level(element)
        if kind is ElementKind.HEADING and not level:
            kind = ElementKind.PARAGRAPH
        if kind is ElementKind.PARAGRAPH and not styled:
            level = _unstyled_level(element)
            kind = ElementKind.HEADING if level else kind
        composer.add(kind, element.text, level)


def _heading_level(element: Any) -> int:
    """Return the depth from the style or tag; 0 if it is not a heading, or only a guess."""
    depth = element.metadata.category_depth
    return int(depth) + 1 if element.category == "Title" and depth is not None else 0


def _unstyled_level(element: Any) -> int:
    """Return the depth of a heading that has no style, from its words and bold type; 0 if it is none."""
    text = element.text.strip()
    if "\n" in text:
        return 0
    level = numbered_level(text)
    if level:
        return level
    if is_caps_heading(text):
        return 1
    emphasis = element.metadata
    bold = zip(emphasis.emphasized_text_contents or (), emphasis.emphasized_text_tags or (), strict=False)
    covered = "".join(content for content, tag in bold if tag == "b")
    all_bold = "".join(covered.split()) == "".join(text.split())
    return (
        2 if all_bold and len(text) <= _BOLD_HEADING_CHARACTERS and not text.endswith((".", ";", ",")) else 0
    )


def _add_table(composer: PageComposer, element: Any) -> None:
    """Put a table on the page; a table with a single column becomes paragraphs."""
    html = element.metadata.text_as_html
    if not html:
        composer.add(ElementKind.PARAGRAPH, element.text)
        return
    rows, marked = html_rows(html)
    if max((len(row) for row in rows), default=0) <= 1:  # a frame around text
        for row in rows:
            composer.add(ElementKind.PARAGRAPH, "".join(row))
        return
    composer.table(rows, header=marked or names_columns(rows))
