"""Who signed a PDF digitally, and when, as the file says; whether the signature holds is not checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.pdf.notes import PageNote
from ingest.formats.records.record import plain_time
from ingest.formats.structure.signed import open_envelope
from ingest.parsed.how_to_read import how_to_read
from vault.records import ElementKind

_MOST = 100
_DEEPEST = 20
_HEAD = "Signed digitally"


def signature_notes(document: pypdfium2.PdfDocument, path: Path) -> list[PageNote]:
    """Return a line for each signature of the open PDF, the file at `path`; they follow its first page.

    Such a line is "Signed digitally by Ada Quill on 2024-05-02 10:15; reason: agreed (not checked)".
    """
    if pdfium.FPDF_GetSignatureCount(document) <= 0:
        return []
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        signatures = list(_signatures(_opened(PdfReader(path, strict=False))))[:_MOST]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        signatures = []
    lines = [_line(one) for one in signatures] or [f"{_HEAD}; by whom cannot be read (not checked)"]
    return [PageNote(line, (0.0, 0.0, 0.0, 0.0), ElementKind.PARAGRAPH) for line in lines]


def _opened(reader: Any) -> Any:
    """Return the reader of a file, opened with the first password that fits if it needs one."""
    if reader.is_encrypted:
        any(reader.decrypt(password) for password in ("", *how_to_read().passwords))
    return reader


def _signatures(reader: Any) -> Iterator[Any]:
    """Yield the dictionaries of the signatures, from the fields of the form."""
    form = reader.trailer["/Root"].get("/AcroForm")
    waiting = [(field, 0) for field in (form.get_object().get("/Fields") or () if form else ())]
    while waiting:
        reference, depth = waiting.pop(0)
        field = reference.get_object()
        value = field.get("/V")
        value = value.get_object() if value is not None else None
        if field.get("/FT") == "/Sig" and hasattr(value, "get"):
            yield value
        if depth < _DEEPEST:
            waiting += [(kid, depth + 1) for kid in field.get("/Kids") or ()]


def _line(signature: Any) -> str:
    name = _text(signature, "/Name") or _name_in_certificate(signature)
    day = plain_time(_text(signature, "/M").removeprefix("D:")[:14])
    said = _HEAD + (f" by {name}" if name else "; by whom is not said") + (f" on {day}" if day else "")
    for label, key in (("reason", "/Reason"), ("place", "/Location")):
        if text := _text(signature, key):
            said += f"; {label}: {text}"
    return f"{said} (not checked)"


def _text(signature: Any, key: str) -> str:
    value = signature.get(key)
    return " ".join(str(value.get_object()).split())[:300] if value is not None else ""


def _name_in_certificate(signature: Any) -> str:
    """Return who signed by the certificate, or nothing."""
    contents = signature.get("/Contents")
    signed = getattr(contents.get_object(), "original_bytes", b"") if contents is not None else b""
    envelope = open_envelope(bytes(signed))
    return ", ".join(envelope.signers) if envelope is not None else ""
