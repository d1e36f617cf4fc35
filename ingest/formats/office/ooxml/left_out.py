"""Find what the libraries left out of a part: paragraphs in wrappers that they do not know, descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ingest.formats.office.ooxml.equations import equation_text

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_AUTOMATIC = re.compile(r"\s*(?:Description|Beschreibung) automati\w+ gener\w+\s*$", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\S*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)|(?:Picture|Image|Grafik|Bild) ?\d*", re.IGNORECASE
)


def left_out(paragraphs: Iterable[str], text: str) -> Iterator[str]:
    """Yield, each once, the paragraphs that hold a word which `text` does not."""
    given = set(text.split())
    for paragraph in paragraphs:
        words = paragraph.split()
        if any(word not in given for word in words):
            given.update(words)
            yield " ".join(words)


def paragraphs_of(root: Any, tag: str) -> Iterator[str]:
    """Yield the texts of the paragraphs below `root`, whose tag is `tag`, whatever they are wrapped in.

    Copies for old programs are left out. A paragraph inside another (in a text box) is one of its own.
    """
    space = tag[: tag.index("}") + 1]
    for paragraph in root.iter(tag):
        if any(True for _ in paragraph.iterancestors(_FALLBACK)):
            continue
        yield "".join(_pieces(paragraph, tag, space))


def _pieces(element: Any, tag: str, space: str) -> Iterator[str]:
    for child in element:
        if child.tag == space + "t":
            yield child.text or ""
        elif child.tag in (space + "br", space + "tab", space + "cr"):
            yield " "
        elif child.tag == space + "noBreakHyphen":
            yield "-"
        elif child.tag == _M + "oMath":
            yield equation_text(child)
        elif child.tag not in (tag, _FALLBACK) and isinstance(child.tag, str):
            yield from _pieces(child, tag, space)


def descriptions(root: Any) -> Iterator[str]:
    """Yield, each once, the descriptions that pictures and shapes have for those who cannot see them."""
    seen = set()
    for element in root.iter("{*}docPr", "{*}cNvPr"):
        words = " ".join(_AUTOMATIC.sub("", element.get("descr") or "").split())
        if words and words not in seen and not _FILE_NAME.fullmatch(words):
            seen.add(words)
            yield f"Description of a picture: {words}"
