"""Turn what the parser sends to the owner into JSON values, and back.

Every value that arrives is checked, because a hostile file may have taken over the process that sends it. All
that such a process can do is lie about the text of that file.
"""

from __future__ import annotations

import base64
import struct
from itertools import pairwise
from typing import Any

from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import Box, PageImage
from vault import errors
from vault.process.frames import REQUEST_BYTES, WireError
from vault.records import BOX_UNIT, Element, ElementKind, Page, WordBox

_ERRORS: dict[str, type[errors.IncameraError]] = {
    kind.__name__: kind
    for kind in (
        errors.FileUnreadable,
        errors.EmptyFile,
        errors.TooLarge,
        errors.UnsupportedType,
        errors.PasswordProtected,
        errors.DamagedFile,
        errors.NoText,
        errors.ParserTimeout,
        errors.ParserCrashed,
        errors.DocumentNotFound,
    )
}
_MEDIA_TYPES = frozenset(kind.media_type for kind in FileType)
_KINDS = {kind.value: kind for kind in ElementKind}
_TITLE, _LABEL, _WARNING, _MESSAGE, _NAME = 500, 200, 1000, 2000, 255
_WARNINGS = 1000
_CELLS = 1000  # of a row: wider tables are a mistake or an attack


def error_to_wire(error: errors.IncameraError) -> dict[str, Any]:
    """Turn an error into JSON values, from which `raise_error` raises it again."""
    return {"error": [type(error).__name__, _display(str(error), _MESSAGE)]}


def raise_error(value: dict[str, Any]) -> None:
    """Raise the error in `value`, if there is one. Raises WireError if it is not a known error."""
    if "error" not in value:
        return
    kind, message = _list(value, "error", 2, 2)
    if not isinstance(kind, str) or kind not in _ERRORS or not isinstance(message, str):
        raise WireError("error")
    raise _ERRORS[kind](_display(message, _MESSAGE))


def document_to_wire(document: ParsedDocument) -> dict[str, Any]:
    """Turn a parsed document into JSON values, for `document_from_wire`."""
    return {
        "media_type": document.media_type,
        "title": _display(document.title, _TITLE),
        "pages": [
            [
                page.text,
                [
                    [e.kind.value, e.start, e.end, e.level, *([e.cells] if e.cells else [])]
                    for e in page.elements
                ],
                _display(page.label, _LABEL),
                page.ocr,
                [[w.start, w.end, w.left, w.top, w.right, w.bottom] for w in page.words],
            ]
            for page in document.pages
        ],
        "unreadable": list(document.unreadable_pages),
        "warnings": [_display(text, _WARNING) for text in document.warnings[:_WARNINGS]],
        "attachments": [
            [_display(a.name, _NAME), base64.b64encode(a.content).decode("ascii")]
            for a in document.attachments
        ],
    }


def document_from_wire(value: dict[str, Any], limits: ParseLimits) -> ParsedDocument:
    """Return the parsed document in `value` after checking each field and `limits`. Raises WireError."""
    media_type = _text(value.get("media_type"), "media_type", _TITLE)
    if media_type not in _MEDIA_TYPES:
        raise WireError("media_type")
    budget = limits.characters
    pages: list[Page] = []
    for number, item in enumerate(_list(value, "pages", 1, limits.pages), 1):
        if not isinstance(item, list) or len(item) != 5 or type(item[3]) is not bool:
            raise WireError(f"page {number}")
        text = _text(item[0], f"text of page {number}", budget)
        budget -= len(text)
        pages.append(
            Page(
                number,
                text,
                _elements(item[1], len(text), number),
                _line(item[2], "label", _LABEL),
                item[3],
                _words(item[4], len(text), number),
            )
        )
    unreadable = tuple(_list(value, "unreadable", 0, len(pages)))
    if any(type(n) is not int or not 1 <= n <= len(pages) for n in unreadable) or any(
        b <= a for a, b in pairwise(unreadable)
    ):
        raise WireError("unreadable")
    return ParsedDocument(
        media_type=media_type,
        title=_line(value.get("title"), "title", _TITLE),
        pages=tuple(pages),
        unreadable_pages=unreadable,
        warnings=tuple(_line(w, "warning", _WARNING) for w in _list(value, "warnings", 0, _WARNINGS)),
        attachments=_attachments(value, limits),
    )


def image_to_wire(image: PageImage) -> dict[str, Any]:
    """Turn a page image into JSON values, for `image_from_wire`."""
    boxes = [[box.left, box.top, box.right, box.bottom] for box in image.boxes]
    return {
        "png": base64.b64encode(image.png).decode("ascii"),
        "width": image.width,
        "height": image.height,
        "boxes": boxes,
    }


def image_from_wire(value: dict[str, Any], limits: ParseLimits) -> PageImage:
    """The page image in `value`, checked down to the size in the PNG's header. Raises: WireError."""
    png = _bytes(value.get("png"), "png", limits.reply_bytes)
    width, height = (_integer(value.get(key), key, limits.image_pixels) for key in ("width", "height"))
    if not png.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") or len(png) < 45:
        raise WireError("png")
    if struct.unpack(">II", png[16:24]) != (width, height) or width * height > limits.image_pixels:
        raise WireError("png size")
    boxes: list[Box] = []
    for item in _list(value, "boxes", 0, REQUEST_BYTES):
        if not isinstance(item, list) or len(item) != 4:
            raise WireError("box")
        left, top, right, bottom = (_integer(number, "box", limits.image_pixels) for number in item)
        if left > right or top > bottom or right > width or bottom > height:
            raise WireError("box")
        boxes.append(Box(left, top, right, bottom))
    return PageImage(png, width, height, tuple(boxes))


def _elements(value: Any, length: int, page: int) -> tuple[Element, ...]:
    """Return the elements of a page of `length` characters; they are in order and do not overlap."""
    if not isinstance(value, list) or len(value) > length:
        raise WireError(f"elements of page {page}")
    elements: list[Element] = []
    last_end = 0
    for item in value:
        if (
            not isinstance(item, list)
            or len(item) not in (4, 5)
            or not isinstance(item[0], str)
            or item[0] not in _KINDS
        ):
            raise WireError(f"element of page {page}")
        start, end, level = (
            _integer(number, f"element of page {page}", max(length, 9)) for number in item[1:4]
        )
        if not last_end <= start < end <= length or level > 9:
            raise WireError(f"element of page {page}")
        cells = _cells(item[4], start, end, page) if len(item) == 5 else ()
        elements.append(Element(_KINDS[item[0]], start, end, level, cells))
        last_end = end
    return tuple(elements)


def _cells(value: Any, start: int, end: int, page: int) -> tuple[tuple[int, int], ...]:
    """Return the cells of an element from `start` to `end`; each lies within it."""
    if not isinstance(value, list) or not 0 < len(value) <= _CELLS:
        raise WireError(f"cells on page {page}")
    cells: list[tuple[int, int]] = []
    for item in value:
        if not isinstance(item, list) or len(item) != 2:
            raise WireError(f"cell on page {page}")
        first, last = (_integer(number, f"cell on page {page}", end) for number in item)
        if not start <= first <= last <= end:
            raise WireError(f"cell on page {page}")
        cells.append((first, last))
    return tuple(cells)


def _words(value: Any, length: int, page: int) -> tuple[WordBox, ...]:
    """Return the word boxes of a page of `length` characters; they are in order."""
    if not isinstance(value, list) or len(value) > length:
        raise WireError(f"words of page {page}")
    words: list[WordBox] = []
    last_end = 0
    for item in value:
        if not isinstance(item, list) or len(item) != 6:
            raise WireError(f"word of page {page}")
        start, end = (_integer(number, f"word of page {page}", length) for number in item[:2])
        left, top, right, bottom = (_integer(number, f"word of page {page}", BOX_UNIT) for number in item[2:])
        if not last_end <= start < end or left > right or top > bottom:
            raise WireError(f"word of page {page}")
        words.append(WordBox(start, end, left, top, right, bottom))
        last_end = end
    return tuple(words)


def _attachments(value: dict[str, Any], limits: ParseLimits) -> tuple[Attachment, ...]:
    """Return the attachments, which together are within the limits."""
    budget = limits.attachment_bytes
    attachments: list[Attachment] = []
    for item in _list(value, "attachments", 0, limits.attachments):
        if not isinstance(item, list) or len(item) != 2:
            raise WireError("attachment")
        content = _bytes(item[1], "attachment", budget)
        budget -= len(content)
        attachments.append(Attachment(_line(item[0], "attachment name", _NAME), content))
    return tuple(attachments)


def _list(value: dict[str, Any], key: str, least: int, most: int) -> list[Any]:
    """Return the list under `key`, which has `least` to `most` items."""
    found = value.get(key)
    if not isinstance(found, list) or not least <= len(found) <= most:
        raise WireError(key)
    return found


def _integer(value: Any, what: str, most: int) -> int:
    """Return `value` if it is an integer from 0 to `most`; True and False are not."""
    if type(value) is not int or not 0 <= value <= most:
        raise WireError(what)
    return value


def _text(value: Any, what: str, most: int) -> str:
    """Return `value` if it is valid text of at most `most` characters without NUL."""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise WireError(what)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise WireError(f"{what}: half a surrogate pair") from error
    return value


def _line(value: Any, what: str, most: int) -> str:
    """Return `value` if it is one line of text that can be displayed."""
    text = _text(value, what, most)
    if text != _display(text, most):
        raise WireError(what)
    return text


def _bytes(value: Any, what: str, most: int) -> bytes:
    """Return the bytes that `value` encodes in base64, at most `most`."""
    if not isinstance(value, str) or len(value) > most * 4 // 3 + 4:
        raise WireError(what)
    try:
        content = base64.b64decode(value, validate=True)
    except ValueError as error:
        raise WireError(what) from error
    if len(content) > most:
        raise WireError(what)
    return content


def _display(text: str, most: int) -> str:
    """Make one line of at most `most` characters without control characters."""
    shown = "".join(c if c.isprintable() or c == " " else " " for c in text)
    return " ".join(shown.split())[:most].rstrip()
