"""What is drawn on a PDF page besides its text, in the order of drawing: filled shapes and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

_MOST = 20_000  # objects of a page: a map or a drawing has more
_DEPTH = 4  # forms inside forms
_LEAST = 3.0  # points: a narrower shape is a rule, and covers no word
_OPAQUE = 250
_COVERING = (
    pdfium.FPDF_ANNOT_SQUARE,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_REDACT,
    pdfium.FPDF_ANNOT_POLYGON,
)
_ABOVE_ALL = 1 << 30
_LIKE = 12  # of 255: colours closer than this look alike
_SCAN = 0.5  # of the page, from which a picture is the page

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page."""
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Drawn:
    """Places that may hide a word or set it off."""

    order_of: dict[int, int] = field(default_factory=dict)
    """When each text object is drawn, by the address of its handle."""
    _texts: dict[int, tuple[Any, _Matrix | None]] = field(default_factory=dict)
    images: list[Rect] = field(default_factory=list)
    _fills: list[tuple[int, Rect, tuple[int, int, int]]] = field(default_factory=list)
    _lids: list[tuple[int, Rect]] = field(default_factory=list)

    def add_text(self, item: Any, matrix: _Matrix | None, order: int) -> None:
        """Note a text object."""
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        self.order_of[key] = order
        self._texts[key] = (item, matrix)

    def bounds_of(self, key: int) -> Rect | None:
        """Where the text object at this address stands; None for one that was not met."""
        return _bounds(*self._texts[key]) if key in self._texts else None

    def may_hide(self, box: Rect, colour: tuple[int, int, int], order: int) -> bool:
        """Whether anything in reach of `box` is drawn over it after `order`, or has about its colour."""
        return any(when > order and _meet(place, box) for when, place in self._lids) or any(
            alike(ground, colour) and _meet(place, box) for _, place, ground in self._fills
        )

    def covers(self, box: Rect, order: int) -> bool:
        """Whether something opaque is drawn over the middle of `box` after `order`."""
        return any(when > order >= 0 and holds(place, box) for when, place in self._lids)

    def under(self, box: Rect) -> Iterator[tuple[int, int, int]]:
        """The colours of the filled shapes that `box` stands on."""
        return (colour for _, place, colour in self._fills if holds(place, box))

    def add_fill(self, order: int, place: Rect, colour: tuple[int, int, int], alpha: int) -> None:
        """Note a filled shape."""
        if place[2] - place[0] < _LEAST or place[3] - place[1] < _LEAST:
            return
        self._fills.append((order, place, colour))
        if alpha >= _OPAQUE:
            self._lids.append((order, place))

    def add_image(self, order: int, place: Rect, page_area: float) -> None:
        """Note a picture. One of the whole page is a scan, and the text under it its text layer."""
        self.images.append(place)
        if (place[2] - place[0]) * (place[3] - place[1]) < _SCAN * page_area:
            self._lids.append((order, place))

    def add_lid(self, place: Rect) -> None:
        """Note an annotation, which lies over everything else."""
        self._lids.append((_ABOVE_ALL, place))


def drawn_on(page: Any) -> Drawn | None:
    """What is drawn on a loaded page; None when that is more than can be looked through."""
    drawn = Drawn()
    left, bottom, right, top = page.get_bbox()
    area = (right - left) * (top - bottom)
    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    for order, (item, matrix) in enumerate(_walked(objects, None, 0), 1):
        if order > _MOST:
            return None
        _note(drawn, item, matrix, order, area)
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation and pdfium.FPDFAnnot_GetSubtype(annotation) in _COVERING:
            rect = pdfium.FS_RECTF()
            if pdfium.FPDFAnnot_GetRect(annotation, rect):
                drawn.add_lid((rect.left, rect.bottom, rect.right, rect.top))
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return drawn


def _walked(objects: Any, matrix: _Matrix | None, depth: int) -> Iterator[tuple[Any, _Matrix | None]]:
    """Each object, those inside forms too, with the way from its coordinates to the page's."""
    for item in objects:
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item, inner)
            own = (inner.a, inner.b, inner.c, inner.d, inner.e, inner.f)
            count = pdfium.FPDFFormObj_CountObjects(item)
            inside = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(count))
            yield from _walked(inside, _product(own, matrix) if matrix else own, depth + 1)
        else:
            yield item, matrix


def _note(drawn: Drawn, item: Any, matrix: _Matrix | None, order: int, area: float) -> None:
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
    """One matrix for the two, applied in this order."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def holds(place: Rect, box: Rect) -> bool:
    """Whether the middle of `box` lies in `place`."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether two colours (red, green, blue of 255) look the same."""
    return all(abs(a - b) <= _LIKE for a, b in zip(one, other, strict=True))


def _meet(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
