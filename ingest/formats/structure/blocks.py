"""Put blocks on a page, for the formats that we parse ourselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.headings import is_caps_heading, is_list_item, numbered_level
from ingest.formats.structure.tables import names_columns
from vault.records import ElementKind


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or note; or, if it has rows, a table."""

    kind: ElementKind = ElementKind.PARAGRAPH
    text: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    header: bool = False
    """Whether the file marks the first row as column names."""


def add_blocks(composer: PageComposer, blocks: Iterable[Block]) -> None:
    """Put the blocks on a page.

    If no block is styled as a heading, short lines that are numbered or in capitals become headings. Raises
    TooLarge.
    """
    blocks = list(blocks)
    styled = any(block.kind is ElementKind.HEADING for block in blocks)
    for block in blocks:
        if block.rows:
            _add_table(composer, block)
            continue
        kind, level, text = block.kind, block.level, block.text.strip()
        if kind is ElementKind.PARAGRAPH:
            level = 0 if styled or "\n" in text else numbered_level(text) or int(is_caps_heading(text))
            if level:
                kind = ElementKind.HEADING
            elif is_list_item(text):
                kind = ElementKind.LIST_ITEM
        composer.add(kind, text, level)


def _add_table(composer: PageComposer, block: Block) -> None:
    """Put a table on the page; a table with a single column becomes paragraphs."""
    if max(len(row) for row in block.rows) <= 1:  # a frame around text
        for row in block.rows:
            composer.add(ElementKind.PARAGRAPH, "".join(row))
        return
    composer.table(block.rows, header=block.header or names_columns(block.rows))
