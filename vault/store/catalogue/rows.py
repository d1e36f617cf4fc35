"""Convert rows of the catalogue to records, and records to what is stored."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Sequence
from itertools import chain

from vault.line_numbers import load_lines
from vault.records import (
    Chunk,
    Document,
    DocumentState,
    Element,
    ElementKind,
    Page,
    PageName,
    Span,
    Unread,
    WordBox,
)

_WORD = struct.Struct("<6I")


def dump_elements(elements: Sequence[Element]) -> str:
    """Return elements as JSON: a list of [kind, start, end, level], with a list of cells after it if any."""
    return json.dumps(
        [[e.kind.value, e.start, e.end, e.level, *([e.cells] if e.cells else [])] for e in elements],
        separators=(",", ":"),
    )


def dump_unread(unread: Sequence[Unread]) -> str:
    """Return what was not read as JSON, a list of [what, where, why, words]."""
    return json.dumps([[u.what, u.where, u.why, u.words] for u in unread], ensure_ascii=False)


def _pair(value: Sequence[int]) -> tuple[int, int]:
    """Return a list of two numbers as a tuple."""
    return value[0], value[1]


def dump_spans(spans: Sequence[Span]) -> str:
    """Return spans as JSON, a list of [page, start, end]."""
    return json.dumps([[s.page, s.start, s.end] for s in spans], separators=(",", ":"))


def dump_words(words: Sequence[WordBox]) -> bytes:
    """Return word boxes as 24 bytes each. JSON would be ten times slower, and every search reads pages."""
    return b"".join(_WORD.pack(w.start, w.end, w.left, w.top, w.right, w.bottom) for w in words)


def page_from_row(row: sqlite3.Row) -> Page:
    """Return a row of `pages` as a Page."""
    elements = tuple(
        Element(ElementKind(kind), start, end, level, tuple(map(_pair, chain(*cells))))
        for kind, start, end, level, *cells in json.loads(row["elements"])
    )
    return Page(
        number=row["number"],
        text=row["text"],
        elements=elements,
        label=row["label"],
        ocr=bool(row["ocr"]),
        words=tuple(WordBox(*word) for word in _WORD.iter_unpack(row["words"])),
        name=PageName(row["printed"], row["bates"]),
        lines=load_lines(row["lines"]),
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
        unread=tuple(Unread(*part) for part in json.loads(row["unread"])),
    )
