"""The numbers that OpenDocument gives to list items and headings: they are counted, not in the text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 100_000
"""No list starts at a higher number."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    form: str
    """"1", "a", "A", "i" or "I"; empty for bullets and levels without numbers."""
    prefix: str
    suffix: str
    shown: int
    """How many levels the number shows: 2 for "4.2"."""
    start: int


_PLAIN = _Level("", "", "", 1, 1)


class Numbers:
    """Counts the list items and headings of a document, which must come in its order."""

    def __init__(self, *roots: Any) -> None:
        """Read the list styles in the parts of the document; a part may be None."""
        self._styles: dict[str, dict[int, _Level]] = {}
        self._outline: dict[int, _Level] = {}
        for root in roots:
            for style in () if root is None else root.iter(f"{_TEXT}list-style"):
                name = style.get(f"{_STYLE}name") or ""
                self._styles[name] = _levels(style, f"{_TEXT}list-level-style-number")
            for style in () if root is None else root.iter(f"{_TEXT}outline-style"):
                self._outline = _levels(style, f"{_TEXT}outline-level-style")
        self._headings: dict[int, int] = {}
        self._latest: dict[str, dict[int, int]] = {}
        self._by_id: dict[str, dict[int, int]] = defaultdict(dict)

    def heading(self, element: Any, level: int) -> str:
        """Return the number of a heading of this level, or nothing."""
        if element.get(f"{_TEXT}is-list-header") == "true" or level not in self._outline:
            return ""
        return _counted(self._headings, self._outline, level, element)

    def begin(self, element: Any) -> tuple[str, dict[int, int]]:
        """Return the style of an outermost list and what was counted in it before."""
        style = element.get(f"{_TEXT}style-name") or ""
        earlier = element.get(f"{_TEXT}continue-list")
        counts: dict[int, int] = {}
        if earlier:
            counts = self._by_id[earlier]
        elif element.get(f"{_TEXT}continue-numbering") == "true":
            counts = self._latest.get(style, {})
        self._latest[style] = counts
        if identity := element.get(_ID):
            self._by_id[identity] = counts
        return style, counts

    def item(self, element: Any, style: str, counts: dict[int, int], level: int) -> str:
        """Return the number of a list item that has a paragraph of its own, or nothing."""
        return _counted(counts, self._styles.get(style, {}), level, element)


def _levels(style: Any, tag: str) -> dict[int, _Level]:
    """Return the numbered levels of a list style."""
    found = {}
    for level in style.iter(tag):
        form = level.get(f"{_STYLE}num-format") or ""
        found[_number(level, f"{_TEXT}level", 1)] = _Level(
            form if form in ("1", "a", "A", "i", "I") else "",
            level.get(f"{_STYLE}num-prefix") or "",
            level.get(f"{_STYLE}num-suffix") or "",
            _number(level, f"{_TEXT}display-levels", 1),
            _number(level, f"{_TEXT}start-value", 1),
        )
    return found


def _number(element: Any, name: str, usual: int) -> int:
    value = element.get(name) or ""
    return min(int(value), _MOST) if value.isascii() and value.isdigit() else usual


def _counted(counts: dict[int, int], levels: dict[int, _Level], level: int, element: Any) -> str:
    """Count an item of this level and return its number."""
    own = levels.get(level, _PLAIN)
    counts[level] = _number(element, f"{_TEXT}start-value", counts.get(level, own.start - 1) + 1)
    for deeper in [one for one in counts if one > level]:
        del counts[deeper]
    if not own.form:
        return ""
    shown = range(max(level - own.shown + 1, 1), level + 1)
    parts = [
        _written(counts.get(one, levels[one].start), levels[one].form)
        for one in shown
        if one in levels and levels[one].form
    ]
    return f"{own.prefix}{'.'.join(parts)}{own.suffix}".strip()


def _written(number: int, form: str) -> str:
    """Return a number as "4", "d", "D", "iv" or "IV"."""
    if form in "aA":
        # After "z" comes "aa", then "bb".
        text = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9) if number > 0 else ""
    elif form in "iI":
        text, left = "", min(number, 4999)
        for value, letters in _ROMAN:
            text += letters * (left // value)
            left %= value
    else:
        return str(number)
    return text.upper() if form.isupper() else text
