"""unstructured, made ready to work without any network, and its elements put on a page."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

import docx
import spacy
from unstructured.nlp import tokenize

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.headings import is_caps_heading, numbered_level
from ingest.formats.structure.tables import html_rows, names_columns
from vault.records import ElementKind

LANGUAGES = ["eng"]
"""Named so that unstructured does not guess, which costs time and changes nothing that we keep."""

_KINDS = {
    "ListItem": ElementKind.LIST_ITEM,
    "Header": ElementKind.PAGE_HEADER,
    "Footer": ElementKind.PAGE_FOOTER,
    "Title": ElementKind.HEADING,
}
_BOLD_HEADING_CHARACTERS = 100


@cache
def prepare() -> None:
    """Give unstructured a sentence splitter of our own and load its parsers (seconds, once).

    It would otherwise download a language model on first use. Without part-of-speech tags its guesses
    of what is a title are poor: headings are taken from styles and tags alone.
    """
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    tokenize._get_nlp = lambda: pipeline
    logging.getLogger("unstructured").setLevel(logging.CRITICAL)
    from unstructured.partition.docx import partition_docx
    from unstructured.partition.html import partition_html

    partition_html(text="<p>Ready.</p>", languages=LANGUAGES)
    smallest = io.BytesIO()
    docx.Document().save(smallest)
    partition_docx(file=smallest, languages=LANGUAGES)


def add_elements(composer: PageComposer, elements: Iterable[Any]) -> None:
    """Put unstructured's elements on a page, in their order.

    When no style or tag makes a heading, short numbered or capital lines and lines all in bold are taken
    for headings instead. Raises: TooLarge.
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
    """Depth from the style or tag; 0 for what is no heading, or only guessed to be one."""
    depth = element.metadata.category_depth
    return int(depth) + 1 if element.category == "Title" and depth is not None else 0


def _unstyled_level(element: Any) -> int:
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
    whole = "".join(covered.split()) == "".join(text.split())
    return 2 if whole and len(text) <= _BOLD_HEADING_CHARACTERS and not text.endswith((".", ";", ",")) else 0


def _add_table(composer: PageComposer, element: Any) -> None:
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
