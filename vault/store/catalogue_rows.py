"""Rows of the catalogue to records and back."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Sequence

from vault.records import Chunk, Document, DocumentState, Element, ElementKind, Page, Span, WordBox

_WORD = struct.Struct("<6I")


def dump_elements(elements: Sequence[Element]) -> str:
    """Elements as JSON: [kind, start, end, level] each."""
    return json.dumps([[e.kind.value, e.start, e.end, e.level] for e in elements], separators=(",", ":"))


def dump_spans(spans: Sequence[Span]) -> str:
    """Spans as JSON: [page, start, end] each."""
    return json.dumps([[s.page, s.start, s.end] for s in spans], separators=(",", ":"))


def dump_words(words: Sequence[WordBox]) -> bytes:
    """Word boxes as 24 bytes each: a page of them is read with every search, and JSON is ten times slower."""
    return b"".join(_WORD.pack(w.start, w.end, w.left, w.top, w.right, w.bottom) for w in words)


def page_from_row(row: sqlite3.Row) -> Page:
    """A row of `pages` as a Page."""
    elements = tuple(
        Element(ElementKind(kind), start, end, level)
        for kind, start, end, level in json.loads(row["elements"])
    )
    return Page(
        number=row["number"],
        text=row["text"],
        elements=elements,
        label=row["label"],
        ocr=bool(row["ocr"]),
        words=tuple(WordBox(*word) for word in _WORD.iter_unpack(row["words"])),
    )


def chunk_from_row(row: sqlite3.Row) -> Chunk:
    """A row of `chunks`, joined with its document's sha256, as a Chunk."""
    return Chunk(
        document=row["sha256"],
        ordinal=row["ordinal"],
        heading=row["heading"],
        spans=tuple(Span(*span) for span in json.loads(row["spans"])),
        tokens=row["tokens"],
    )


def document_from_row(row: sqlite3.Row) -> Document:
    """A row of `documents` as a Document."""
    return Document(
        sha256=row["sha256"],
        name=row["name"],
        path=row["path"],
        media_type=row["media_type"],
        title=row["title"],
        state=DocumentState(row["state"]),
        reason=row["reason"],
        pages=row["pages"],
        chunks=row["chunks"],
        ocr_pages=row["ocr_pages"],
        warnings=tuple(json.loads(row["warnings"])),
        added=row["added"],
        size=row["size"],
        parent=row["parent"],
        metadata=tuple((name, value) for name, value in json.loads(row["metadata"])),
    )


def only(column: str, documents: Sequence[str] | None) -> tuple[str, list[str]]:
    """An AND clause that narrows to `documents` (sha256), with its values; empty for None."""
    if documents is None:
        return "", []
    # One value, however many documents there are: SQLite counts its "?" and allows some thousands.
    return f"AND {column} IN (SELECT value FROM json_each(?))", [json.dumps(list(documents))]
