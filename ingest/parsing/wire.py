"""Turn what the parser sends to the owner into JSON values, and back.

Every value that arrives is checked, because a hostile file may have taken over the process that sends it. All
that such a process can do is lie about the text of that file.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ingest.parsed.document import Attachment, ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import Box, PageImage
from ingest.parsing.checks import bytes_of, integer, line_of, list_at, one_line, text_of
from vault import errors
from vault.line_numbers import LineNumbers
from vault.process.frames import REQUEST_BYTES, WireError
from vault.records import BOX_UNIT, Element, ElementKind, Page, PageName, Unread, WordBox

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
_PAGE_NAME = 60
_WARNINGS = 1000
_UNREAD = 1000
_WHAT, _WHERE, _WHY = 200, 200, 500
_CELLS = 1000  # of a row: wider tables are a mistake or an attack


def error_to_wire(error: errors.IncameraError) -> dict[str, Any]:
    """Turn an error into JSON values, from which `raise_error` raises it again."""
    return {"error": [type(error).__name__, one_line(str(error), _MESSAGE)]}


def raise_error(value: dict[str, Any]) -> None:
    """Raise the error in `value`, if there is one. Raises WireError if it is not a known error."""
    if "error" not in value:
        return
    kind, message = list_at(value, "error", 2, 2)
    if not isinstance(kind, str) or kind not in _ERRORS or not isinstance(message, str):
        raise WireError("error")
    raise _ERRORS[kind](one_line(message, _MESSAGE))


def document_to_wire(document: ParsedDocument) -> dict[str, Any]:
    """Turn a parsed document into JSON values, for `document_from_wire`."""
    return {
        "media_type": document.media_type,
        "title": one_line(document.title, _TITLE),
        "pages": [
            [
                page.text,
                [
                    [e.kind.value, e.start, e.end, e.level, *([e.cells] if e.cells else [])]
                    for e in page.elements
                ],
                one_line(page.label, _LABEL),
                page.ocr,
                [[w.start, w.end, w.left, w.top, w.right, w.bottom] for w in page.words],
                one_line(page.name.printed, _PAGE_NAME),
                one_line(page.name.bates, _PAGE_NAME),
                [[start, number] for start, number in page.lines],
            ]
            for page in document.pages
        ],
        "unreadable": list(document.unreadable_pages),
        "warnings": [one_line(text, _WARNING) for text in document.warnings[:_WARNINGS]],
        "attachments": [
            [one_line(a.name, _NAME), base64.b64encode(a.content).decode("ascii")]
            for a in document.attachments
        ],
        "unread": [
            [one_line(u.what, _WHAT), one_line(u.where, _WHERE), one_line(u.why, _WHY), u.words]
            for u in _listed(document.unread)
        ],
    }


def document_from_wire(value: dict[str, Any], limits: ParseLimits) -> ParsedDocument:
    """Return the parsed document in `value` after checking each field and `limits`. Raises WireError."""
    media_type = text_of(value.get("media_type"), "media_type", _TITLE)
    if media_type not in _MEDIA_TYPES:
        raise WireError("media_type")
    budget = limits.characters
    pages: list[Page] = []
    for number, item in enumerate(list_at(value, "pages", 1, limits.pages), 1):
        if not isinstance(item, list) or len(item) != 8 or type(item[3]) is not bool:
            raise WireError(f"page {number}")
        text = text_of(item[0], f"text of page {number}", budget)
        budget -= len(text)
        pages.append(
            Page(
                number,
                text,
                _elements(item[1], len(text), number),
                line_of(item[2], "label", _LABEL),
                item[3],
                _words(item[4], len(text), number),
                PageName(*(line_of(name, "page name", _PAGE_NAME) for name in item[5:7])),
                _lines(item[7], len(text), number),
            )
        )
    unreadable = tuple(list_at(value, "unreadable", 0, len(pages)))
    if any(type(n) is not int or not 1 <= n <= len(pages) for n in unreadable) or any(
        b <= a for a, b in pairwise(unreadable)
    ):
        raise WireError("unreadable")
    return ParsedDocument(
        media_type=media_type,
        title=line_of(value.get("title"), "title", _TITLE),
        pages=tuple(pages),
        unreadable_pages=unreadable,
        warnings=tuple(line_of(w, "warning", _WARNING) for w in list_at(value, "warnings", 0, _WARNINGS)),
        attachments=_attachments(value, limits),
        unread=_unread(value),
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
    png = bytes_of(value.get("png"), "png", limits.reply_bytes)
    width, height = (integer(value.get(key), key, limits.image_pixels) for key in ("width", "height"))
    if not png.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") or len(png) < 45:
        raise WireError("png")
    if struct.unpack(">II", png[16:24]) != (width, height) or width * height > limits.image_pixels:
        raise WireError("png size")
    boxes: list[Box] = []
    for item in list_at(value, "boxes", 0, REQUEST_BYTES):
        if not isinstance(item, list) or len(item) != 4:
            raise WireError("box")
        left, top, right, bottom = (integer(number, "box", limits.image_pixels) for number in item)
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
            integer(number, f"element of page {page}", max(length, 9)) for number in item[1:4]
        )
        if not last_end <= start < end <= length or level > 9:
            raise WireError(f"element of page {page}")
        cells = _cells(item[4], start, end, page) if len(item) == 5 else ()
        elements.append(Element(_KINDS[item[0]], start, end, level, cells))
        last_end = end
    return tuple(elements)


def _lines(value: Any, length: int, page: int) -> LineNumbers:
    """Return the numbered lines of a page of `length` characters; their starts rise."""
    if not isinstance(value, list) or len(value) > length:
        raise WireError(f"lines of page {page}")
    lines: list[tuple[int, int]] = []
    for item in value:
        if not isinstance(item, list) or len(item) != 2:
            raise WireError(f"line of page {page}")
        start, number = (integer(one, f"line of page {page}", max(length, 999)) for one in item)
        if start >= length or number > 999 or (lines and start <= lines[-1][0]):
            raise WireError(f"line of page {page}")
        lines.append((start, number))
    return tuple(lines)


def _cells(value: Any, start: int, end: int, page: int) -> tuple[tuple[int, int], ...]:
    """Return the cells of an element from `start` to `end`; each lies within it."""
    if not isinstance(value, list) or not 0 < len(value) <= _CELLS:
        raise WireError(f"cells on page {page}")
    cells: list[tuple[int, int]] = []
    for item in value:
        if not isinstance(item, list) or len(item) != 2:
            raise WireError(f"cell on page {page}")
        first, last = (integer(number, f"cell on page {page}", end) for number in item)
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
        start, end = (integer(number, f"word of page {page}", length) for number in item[:2])
        left, top, right, bottom = (integer(number, f"word of page {page}", BOX_UNIT) for number in item[2:])
        if not last_end <= start < end or left > right or top > bottom:
            raise WireError(f"word of page {page}")
        words.append(WordBox(start, end, left, top, right, bottom))
        last_end = end
    return tuple(words)


def _attachments(value: dict[str, Any], limits: ParseLimits) -> tuple[Attachment, ...]:
    """Return the attachments, which together are within the limits."""
    budget = limits.attachment_bytes
    attachments: list[Attachment] = []
    for item in list_at(value, "attachments", 0, limits.attachments):
        if not isinstance(item, list) or len(item) != 2:
            raise WireError("attachment")
        content = bytes_of(item[1], "attachment", budget)
        budget -= len(content)
        attachments.append(Attachment(line_of(item[0], "attachment name", _NAME), content))
    return tuple(attachments)


def _listed(unread: Sequence[Unread]) -> Sequence[Unread]:
    """Return what was not read; of a list that is too long, its beginning and how many more there are."""
    if len(unread) <= _UNREAD:
        return unread
    rest = unread[_UNREAD - 1 :]
    more = Unread(
        f"{len(rest):,} more", "", "The list of what was not read ends here.", any(u.words for u in rest)
    )
    return (*unread[: _UNREAD - 1], more)


def _unread(value: dict[str, Any]) -> tuple[Unread, ...]:
    """Return what was not read; each part says what it is and why."""
    unread: list[Unread] = []
    for item in list_at(value, "unread", 0, _UNREAD):
        if not isinstance(item, list) or len(item) != 4 or type(item[3]) is not bool:
            raise WireError("unread")
        what, where, why = (
            line_of(text, "unread", most) for text, most in zip(item, (_WHAT, _WHERE, _WHY), strict=False)
        )
        if not what or not why:
            raise WireError("unread")
        unread.append(Unread(what, where, why, item[3]))
    return tuple(unread)
