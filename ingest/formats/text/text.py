"""Read plain text: it is kept unchanged; simple rules find paragraphs, list items and headings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.formats.structure.compose import first_heading
from ingest.formats.structure.decode import decode
from ingest.formats.structure.plain import structure
from ingest.formats.transcript.plain import transcript_pages
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge
from vault.records import Page


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the text at `path`; each form feed begins a new page. Raises NoText, TooLarge.

    The numbers that a transcript gives its lines are no part of the text.
    """
    text = decode(path.read_bytes())
    if not text.strip():
        raise NoText("The file contains only blanks. Check where it was copied from.")
    if len(text) > limits.characters:
        raise TooLarge(f"The file has more than {limits.characters:,} characters. Split it.")
    parts = text.split("\f")
    while not parts[-1].strip():
        parts.pop()
    if len(parts) > limits.pages:
        raise TooLarge(f"The file has {len(parts):,} pages, above the limit of {limits.pages:,}. Split it.")
    pages = transcript_pages(parts) or tuple(Page(number, part) for number, part in enumerate(parts, 1))
    pages = tuple(page if page.lines else replace(page, elements=structure(page.text)) for page in pages)
    return ParsedDocument(FileType.TEXT.media_type, first_heading(pages), pages)
