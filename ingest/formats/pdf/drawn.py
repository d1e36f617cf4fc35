"""Find what is drawn on a PDF page besides text, in drawing order: filled shapes and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

_MAX_OBJECTS = 20_000  # of a page: a map or a technical drawing has more
_DEPTH = 4  # levels of forms inside forms
_MIN_SIDE = 3.0  # points: a narrower shape is a line and cannot cover a word
_OPAQUE = 250
_COVERING = (
    pdfium.FPDF_ANNOT_SQUARE,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_REDACT,
    pdfium.FPDF_ANNOT_POLYGON,
)
_ON_TOP = 1 << 30
_SAME_COLOUR = 12  # of 255: colours closer than this look the same
_SCAN_SHARE = 0.5  # share of the page that a picture must cover to count as a scan of it

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page."""
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Drawn:
    """The things on a page that may hide a word, in drawing order."""

    order_of: dict[int, int] = field(default_factory=dict)
    """The position of each text object in drawing order, by the address of its handle."""
    _texts: dict[int, tuple[Any, _Matrix | None]] = field(default_factory=dict)
    images: list[Rect] = field(default_factory=list)
    _fills: list[tuple[int, Rect, tuple[int, int, int]]] = field(default_factory=list)
    _opaque: list[tuple[int, Rect]] = field(default_factory=list)

    def add_text(self, item: Any, matrix: _Matrix | None, order: int) -> None:
        """Add a text object."""
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        self.order_of[key] = order
        self._texts[key] = (item, matrix)

    def bounds_of(self, key: int) -> Rect | None:
        """Return the place of the text object with this address; None if it is unknown."""
        return _bounds(*self._texts[key]) if key in self._texts else None

    def may_hide(self, box: Rect, colour: tuple[int, int, int], order: int) -> bool:
        """Return whether something at `box` is drawn after `order` or has nearly the same colour."""
        return any(when > order and _overlap(place, box) for when, place in self._opaque) or any(
            same_colour(ground, colour) and _overlap(place, box) for _, place, ground in self._fills
        )

    def covers(self, box: Rect, order: int) -> bool:
        """Return whether something opaque is drawn over the middle of `box` after `order`."""
        return any(when > order >= 0 and contains_middle(place, box) for when, place in self._opaque)

    def colours_under(self, box: Rect) -> Iterator[tuple[int, int, int]]:
        """Yield the colours of the filled shapes behind `box`."""
        return (colour for _, place, colour in self._fills if contains_middle(place, box))

    def add_fill(self, order: int, place: Rect, colour: tuple[int, int, int], alpha: int) -> None:
        """Add a filled shape; a line is too narrow to count."""
        if place[2] - place[0] < _MIN_SIDE or place[3] - place[1] < _MIN_SIDE:
            return
        self._fills.append((order, place, colour))
        if alpha >= _OPAQUE:
            self._opaque.append((order, place))

    def add_image(self, order: int, place: Rect, page_area: float) -> None:
        """Add a picture. A picture of the whole page is a scan: the text behind it is its text layer."""
        self.images.append(place)
        if (place[2] - place[0]) * (place[3] - place[1]) < _SCAN_SHARE * page_area:
            self._opaque.append((order, place))

    def add_annotation(self, place: Rect) -> None:
        """Add an annotation, which is above everything else."""
        self._opaque.append((_ON_TOP, place))


def drawn_on(page: Any) -> Drawn | None:
    """Return what is drawn on a loaded page; None if there are too many objects to check."""
    drawn = Drawn()
    left, bottom, right, top = page.get_bbox()
    area = (right - left) * (top - bottom)
    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    for order, (item, matrix) in enumerate(_all_objects(objects, None, 0), 1):
        if order > _MAX_OBJECTS:
            return None
        _add_object(drawn, item, matrix, order, area)
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation and pdfium.FPDFAnnot_GetSubtype(annotation) in _COVERING:
            rect = pdfium.FS_RECTF()
            if pdfium.FPDFAnnot_GetRect(annotation, rect):
                drawn.add_annotation((rect.left, rect.bottom, rect.right, rect.top))
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return drawn


def _all_objects(objects: Any, matrix: _Matrix | None, depth: int) -> Iterator[tuple[Any, _Matrix | None]]:
    """Yield each object, also those inside forms, with the matrix from its coordinates to the page's."""
    for item in objects:
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item, inner)
            own = (inner.a, inner.b, inner.c, inner.d, inner.e, inner.f)
            count = pdfium.FPDFFormObj_CountObjects(item)
            inside = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(count))
            yield from _all_objects(inside, _product(own, matrix) if matrix else own, depth + 1)
        else:
            yield item, matrix


def _add_object(drawn: Drawn, item: Any, matrix: _Matrix | None, order: int, area: float) -> None:
    """Add a text, a picture or a filled shape to `drawn`; `area` is the area of the page."""
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        drawn.add_text(item, matrix, order)
    elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
        drawn.add_image(order, _bounds(item, matrix), area)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
        channels = [ctypes.c_uint() for _ in range(4)]
        if mode.value and pdfium.FPDFPageObj_GetFillColor(item, *channels):
            red, green, blue, alpha = (channel.value for channel in channels)
            drawn.add_fill(order, _bounds(item, matrix), (red, green, blue), alpha)


def _bounds(item: Any, matrix: _Matrix | None) -> Rect:
    """Return the place of an object on the page."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *edges):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    if matrix is None:
        return left, bottom, right, top
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    """Return one matrix that applies the two in this order."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def contains_middle(place: Rect, box: Rect) -> bool:
    """Return whether the middle of `box` is inside `place`."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def same_colour(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Return whether two colours (red, green, blue from 0 to 255) look the same."""
    return all(abs(a - b) <= _SAME_COLOUR for a, b in zip(one, other, strict=True))


def _overlap(one: Rect, other: Rect) -> bool:
    """Return whether two rectangles overlap."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
