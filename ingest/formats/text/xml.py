"""Read XML of an unknown kind: texts of elements and values of attributes become lines with their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.xml_parser import safe_parser
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText
from vault.records import ElementKind

_DRAWN = "{http://www.w3.org/2000/svg}"
"""Elements whose attributes are coordinates."""


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the XML at `path` as one page. Raises NoText, TooLarge, DamagedFile."""
    try:
        root = etree.fromstring(path.read_bytes(), safe_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile("The XML file is cut off or malformed. Copy it again from its source.") from error
    composer = PageComposer(limits)
    for name, text in _words(root):
        composer.add(ElementKind.PARAGRAPH, f"{name}: {text}")
    page = composer.page(1)
    if not page.text:
        raise NoText("The XML file has no text between its tags. Check where it was copied from.")
    return ParsedDocument(FileType.XML.media_type, "", (page,))


def _words(root: Any) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of the elements with text of their own; the text includes their inner elements."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        yield from _attributes(element)
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        if own.strip():
            text = " ".join("".join(element.xpath(".//text()")).split())
            yield etree.QName(element).localname, text
            for inner in element.iterdescendants():
                yield from _attributes(inner)
        else:
            waiting.extend(reversed(element))


def _attributes(element: Any) -> Iterator[tuple[str, str]]:
    """Yield (element and attribute, value) of the attributes of an element.

    Those with a namespace are left out: they are for programs, such as the styles of a text in XML.
    """
    if not isinstance(element.tag, str) or element.tag.startswith(_DRAWN):
        return
    for name, value in element.attrib.items():
        words = " ".join(value.split())
        if words and not name.startswith("{"):
            yield f"{etree.QName(element).localname} {etree.QName(name).localname}", words
