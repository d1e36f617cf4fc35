"""What is filled into the fields of a PDF form, with the label of each field.

Where a value is drawn, it is part of the page's text, but seldom beside its label there; a tick is never
text. So each is said once more, with its label ("Ward: Maple", "☒ Photographs: yes").
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.pdf.notes import PageNote
from ingest.formats.structure.decode import clean
from vault.records import ElementKind

_BUTTONS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_VALUES = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_TICKED, _UNTICKED = "☒", "☐"
_MOST = 2_000  # fields on a page
_MOST_CHARACTERS = 20_000  # of a value
_LINE = 3.0  # points above and below a field in which its label stands
_RIGHT = 160.0  # points right of a tick box that its label may take
_ABOVE = 16.0  # points above a field in which its label is, if nothing is beside it
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field that is filled in, and the words by which the page may say the same already."""

    note: PageNote
    said: str
    """Label and value; only the value where the page shows no label."""


def filled_fields(document: pypdfium2.PdfDocument, page: Any) -> list[FilledField]:
    """Return what is filled into the fields of a loaded page, in the order of the file.

    The document's forms must be initialised, and the page not be flattened yet.
    """
    textpage = page.get_textpage()
    try:
        return list(_filled(document.formenv, page, textpage))
    finally:
        textpage.close()


def without_repeats(page: Any, fields: list[FilledField]) -> list[PageNote]:
    """Return those fields that the text of the flattened page does not say, label and value together."""
    textpage = page.get_textpage()
    try:
        text = _squeezed(textpage.get_text_range()) if fields else ""
        return [field.note for field in fields if _squeezed(field.said) not in text]
    finally:
        textpage.close()


def _filled(form: Any, page: Any, textpage: Any) -> Iterator[FilledField]:
    fields = list(_fields(form, page))
    boxes = [rect for _, rect, _ in fields]
    for kind, rect, annotation in fields:
        if kind in _BUTTONS:
            ticked = pdfium.FPDFAnnot_IsChecked(form, annotation) == 1
            label = _label_of_box(form, annotation, textpage, rect, boxes)
            if label:
                said = f"{_TICKED} {label}: yes" if ticked else f"{_UNTICKED} {label}: no"
                yield FilledField(PageNote(said, rect, ElementKind.PARAGRAPH), said)
            continue
        value = _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
        if value:
            label = _label_of(form, annotation, textpage, rect)
            name = label or _internal_name(form, annotation)
            note = PageNote(f"{name}: {value}" if name else value, rect, ElementKind.PARAGRAPH)
            yield FilledField(note, note.text if label else value)
    for _, _, annotation in fields:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _fields(form: Any, page: Any) -> Iterator[tuple[int, tuple[float, float, float, float], Any]]:
    """Yield (kind, place, annotation) of each field that is filled in by people; the caller closes them."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
        if kind not in (*_BUTTONS, *_VALUES):
            pdfium.FPDFPage_CloseAnnot(annotation)
            continue
        rect = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(annotation, rect)
        yield kind, (rect.left, rect.bottom, rect.right, rect.top), annotation


def _label_of(form: Any, annotation: Any, textpage: Any, rect: tuple[float, float, float, float]) -> str:
    """Return the label of a field: as the file says, or what stands left of it or above; else nothing."""
    left, bottom, right, top = rect
    given = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
    beside = _last_part(textpage.get_text_bounded(0, bottom - _LINE, left, top + _LINE))
    above = _last_part(textpage.get_text_bounded(left - _LINE, top, right, top + _ABOVE))
    return (given or beside or above).rstrip(" :.…_")


def _internal_name(form: Any, annotation: Any) -> str:
    """Return the name that programs use for a field, as words."""
    name = _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation).rpartition(".")[2]
    return " ".join(_NAME.findall(name))


def _label_of_box(
    form: Any,
    annotation: Any,
    textpage: Any,
    rect: tuple[float, float, float, float],
    boxes: list[tuple[float, float, float, float]],
) -> str:
    """Return the label of a tick box, which stands right of it more often than left."""
    _, bottom, right, top = rect
    beside = [box[0] for box in boxes if box[0] > right and box[1] < top and box[3] > bottom]
    end = min([right + _RIGHT, *beside])
    after = _last_part(textpage.get_text_bounded(right, bottom - _LINE, end, top + _LINE), first=True)
    label = after.rstrip(" :.…_") or _label_of(form, annotation, textpage, rect)
    return label or _internal_name(form, annotation)


def _last_part(text: str, *, first: bool = False) -> str:
    """Return the last (or first) line of a text, from its last wide gap on."""
    parts = [
        part.strip() for part in re.split(r"[\r\n]+|\s{3,}|_{3,}|\.{4,}", clean(text)) if part.strip(" :_.")
    ]
    return (parts[0] if first else parts[-1]) if parts else ""


def _squeezed(text: str) -> str:
    """Return the text without what may differ between two ways to write a field."""
    return "".join(text.replace(":", " ").split()).casefold()


def _string(get: Callable[..., int], form: Any, annotation: Any) -> str:
    """Return a text of a field as one line."""
    size = get(form, annotation, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(form, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    text = buffer.raw[: size - 2].decode("utf-16-le", "replace")[:_MOST_CHARACTERS]
    return " ".join(clean(text).split())
