"""What an OpenDocument file holds besides text: charts, equations, embedded files, forms, descriptions."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.office.ooxml.pictures import embedded_file
from ingest.formats.office.ooxml.symbols import EMPTY, TICKED
from ingest.formats.structure.xml_parser import safe_parser
from ingest.parsed.document import Attachment
from vault.records import Unread

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_DRAW, _FORM, _OFFICE, _STYLE, _TABLE, _TEXT, _PRESENTATION = (
    _NS % name for name in ("drawing", "form", "office", "style", "table", "text", "presentation")
)
_SVG = _NS % "svg-compatible"
_MATH = "{http://www.w3.org/1998/Math/MathML}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_TICKS = (f"{_FORM}checkbox", f"{_FORM}radio")
_NOT_DRAWN = (f"{_STYLE}header", f"{_STYLE}footer", f"{_PRESENTATION}notes")


class Objects:
    """The objects of a file: documents of other kinds that are drawn in its text."""

    def __init__(self, archive: zipfile.ZipFile, content: Any) -> None:
        """Read the objects that `content`, the XML of the text, names."""
        self.attachments: list[Attachment] = []
        self.unread: list[Unread] = []
        self._held: dict[str, bytes] = {}
        names = set(archive.namelist())
        for element in content.iter(f"{_DRAW}object", f"{_DRAW}object-ole"):
            name = _name(element)
            for member in (name, f"{name}/content.xml"):
                if member in names and not member.endswith("/"):
                    self._held[member] = archive.read(member)

    def bodies(self, part: Any, where: str) -> Iterator[Any]:
        """Yield the XML of what the charts and documents on a page show; take out embedded files."""
        for element in _each(part, f"{_DRAW}object", f"{_DRAW}object-ole"):
            name = _name(element)
            content = self._held.get(f"{name}/content.xml")
            if content is not None:
                root = _parsed(content)
                if root is not None and root.tag != f"{_MATH}math":
                    yield root
            elif name in self._held:
                self.attachments += embedded_file("oleObject", name, self._held[name], self.unread, where)

    def words(self, part: Any) -> Iterator[str]:
        """Yield the equations on a page, and the descriptions of its pictures and shapes."""
        for element in _each(part, f"{_DRAW}object"):
            content = self._held.get(f"{_name(element)}/content.xml")
            root = _parsed(content) if content is not None else element
            for equation in root.iter(f"{_MATH}math") if root is not None else ():
                source = equation.findtext(f".//{_MATH}annotation")
                if words := " ".join((source or " ".join(equation.itertext())).split()):
                    yield f"Equation: {words}"
        for element in _each(part, f"{_SVG}title", f"{_SVG}desc"):
            if words := " ".join("".join(element.itertext()).split()):
                yield f"Description of a picture: {words}"


def form_lines(part: Any) -> Iterator[str]:
    """Yield what the fields of forms on a page show: ticks with their labels, values with their names."""
    for field in _each(part, *_TICKS):
        state = field.get(f"{_FORM}current-state") or field.get(f"{_FORM}state") or ""
        ticked = state == "checked" or field.get(f"{_FORM}current-selected") == "true"
        if label := field.get(f"{_FORM}label") or field.get(f"{_FORM}title"):
            yield f"{TICKED if ticked else EMPTY} {label}"
    for root in part:
        for field in root.iter():
            if not isinstance(field.tag, str) or not field.tag.startswith(_FORM) or field.tag in _TICKS:
                continue
            name = field.get(f"{_FORM}title") or field.get(f"{_FORM}name") or ""
            value = field.get(f"{_FORM}current-value") or field.get(f"{_FORM}value") or _chosen(field)
            if value and field.tag != f"{_FORM}option":
                yield f"{name}: {value}" if name else value


def running_words(content: Any, styles: Any) -> Iterator[str]:
    """Yield, each once, what slides show besides their own words: footers, and shapes of their master."""
    seen = set()
    declared = content.iter(*(f"{_PRESENTATION}{name}-decl" for name in ("header", "footer", "date-time")))
    texts = [" ".join("".join(element.itertext()).split()) for element in declared]
    for master in styles.iter(f"{_STYLE}master-page") if styles is not None else ():
        for paragraph in master.iter(f"{_TEXT}p"):
            around = list(paragraph.iterancestors())
            if any(one.tag in _NOT_DRAWN or one.get(f"{_PRESENTATION}class") for one in around):
                continue
            texts.append(" ".join("".join(paragraph.itertext()).split()))
    for text in texts:
        if text and text not in seen:
            seen.add(text)
            yield text


def hidden_sheets(content: Any) -> list[str]:
    """Return the names of the sheets that are hidden."""
    styles = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_STYLE}style")
        if any(one.get(f"{_TABLE}display") == "false" for one in style.iter(f"{_STYLE}table-properties"))
    }
    return [
        table.get(f"{_TABLE}name") or "?"
        for table in content.iter(f"{_TABLE}table")
        if table.get(f"{_TABLE}style-name") in styles or table.get(f"{_TABLE}display") == "false"
    ]


def _chosen(field: Any) -> str:
    """Return the chosen lines of a list."""
    chosen = (
        option.get(f"{_FORM}label") or ""
        for option in field.iterchildren(f"{_FORM}option")
        if (option.get(f"{_FORM}current-selected") or option.get(f"{_FORM}selected")) == "true"
    )
    return ", ".join(filter(None, chosen))


def _each(part: Any, *tags: str) -> Iterator[Any]:
    for root in part:
        yield from root.iter(*tags)


def _name(element: Any) -> str:
    return (element.get(_LINK) or "").removeprefix("./").rstrip("/")


def _parsed(content: bytes) -> Any:
    """Parse the XML of an object; None if it is broken."""
    try:
        return etree.fromstring(content, safe_parser())
    except etree.XMLSyntaxError:
        return None
