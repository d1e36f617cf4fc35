"""Convert rows of the catalogue to records, and records to what is stored."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Sequence

from vault.records import Chunk, Document, DocumentState, Element, ElementKind, Page, Span, WordBox

_WORD = struct.Struct("<6I")


def dump_elements(elements: Sequence[Element]) -> str:
    """Return elements as JSON, a list of [kind, start, end, level]."""
    return json.dumps([[e.kind.value, e.start, e.end, e.level] for e in elements], separators=(",", ":"))


def dump_spans(spans: Sequence[Span]) -> str:
    """Return spans as JSON, a list of [page, start, end]."""
    return json.dumps([[s.page, s.start, s.end] for s in spans], separators=(",", ":"))


def dump_words(words: Sequence[WordBox]) -> bytes:
    """Return word boxes as 24 bytes each. JSON would be ten times slower, and every search reads pages."""
    return b"".join(_WORD.pack(w.start, w.end, w.left, w.top, w.right, w.bottom) for w in words)


def page_from_row(row: sqlite3.Row) -> Page:
    """Return a row of `pages` as a Page."""
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
    """Return a row of `chunks`, joined with its document's sha256, as a Chunk."""
    return Chunk(
        document=row["sha256"],
        ordinal=row["ordinal"],
        heading=row["heading"],
        spans=tuple(Span(*span) for span in json.loads(row["spans"])),
        tokens=row["tokens"],
    )


def document_from_row(row: sqlite3.Row) -> Document:
    """Return a row of `documents` as a Document."""
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


def within_documents(column: str, documents: Sequence[str] | None) -> tuple[str, list[str]]:
    """Return an SQL condition that limits `column` to `documents` (sha256), with its values.

    It begins with AND, and is empty for None.
    """
    if documents is None:
        return "", []
    # One value for any number of documents, because SQLite limits the number of "?".
    return f"AND {column} IN (SELECT value FROM json_each(?))", [json.dumps(list(documents))]
