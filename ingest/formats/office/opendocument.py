"""Read OpenDocument files (LibreOffice): a text is one page; each sheet or slide is a page."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.office.odf_numbers import Numbers
from ingest.formats.office.odf_objects import Objects, form_lines, hidden_sheets, running_words
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.blocks import Block, add_blocks
from ingest.formats.structure.compose import TRACKED_CHANGES, PageComposer, deletion_note, first_heading
from ingest.formats.structure.container import check_container
from ingest.formats.structure.xml_parser import safe_parser
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType, detect
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText, PasswordProtected, TooLarge
from vault.records import ElementKind, Page

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _DRAW, _STYLE, _PRESENTATION = (
    _NS % name for name in ("text", "table", "office", "drawing", "style", "presentation")
)
_NOTES = (f"{_TEXT}note", f"{_OFFICE}annotation")
_DC = "{http://purl.org/dc/elements/1.1/}"
_TEXTS = (f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list", f"{_TABLE}table")
_VALUES = ("string-value", "date-value", "time-value", "value")  # of cells without a text to show
_LISTED = 20
_MAX_REPEATED = 1000  # columns or rows that a cell may repeat: more is the empty rest of a sheet


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the OpenDocument file at `path`. Deleted text of tracked changes follows as notes, with a warning.

    Raises NoText, TooLarge, DamagedFile, PasswordProtected.
    """
    kind = detect(path)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise PasswordProtected(
                "The file opens only with a password. Save a copy without it and load that."
            )
        check_container(path, limits)
        content = _parsed(archive, "content.xml")
        styles = _parsed(archive, "styles.xml") if "styles.xml" in names else None
        meta = _parsed(archive, "meta.xml") if "meta.xml" in names else None
        held = {name: archive.read(name) for name in names if name.startswith(("Pictures/", "media/"))}
        objects = Objects(archive, content)
    body = content.find(f"{_OFFICE}body")
    parts = list(_parts(body)) if body is not None else []
    if len(parts) > limits.pages:
        raise TooLarge(f"The file has {len(parts):,} pages, above the limit of {limits.pages:,}. Split it.")
    pages: list[Page] = []
    pictures = PictureWords(limits)
    numbers = Numbers(styles, content)
    for number, (label, part) in enumerate(parts, 1):
        composer = PageComposer(limits)
        if number == 1 and styles is not None:
            add_blocks(composer, _headers_and_footers(styles))
        add_blocks(composer, _blocks(part, limits.characters, numbers))
        for line in form_lines(part):
            composer.add(ElementKind.PARAGRAPH, line)
        for inside in objects.bodies(part, label.lower()):
            add_blocks(composer, _blocks(inside, limits.characters, numbers))
        for note in objects.words(part):
            composer.add(ElementKind.NOTE, note)
        for note in _notes(part):
            composer.add(ElementKind.NOTE, note)
        for name in _pictures(part):
            if name in held:
                pictures.add(composer, held[name], label.lower())
        if number == len(parts) and kind is FileType.ODP:
            for line in running_words(content, styles):
                composer.add(ElementKind.PAGE_FOOTER, line)
        pages.append(composer.page(number, label))
    unread = (*objects.unread, *pictures.unread)
    if not any(page.text for page in pages) and not unread and not objects.attachments:
        raise NoText("The file has no text. If it contains pictures of pages, print it to PDF and load that.")
    changes = content.find(f".//{_TEXT}tracked-changes")
    warnings = [TRACKED_CHANGES] if changes is not None and len(changes) else []
    if hidden := hidden_sheets(content):
        warnings.append(f"Hidden sheets were read too: {', '.join(hidden[:_LISTED])}.")
    title = meta.findtext(f".//{_DC}title") if meta is not None else ""
    return ParsedDocument(
        kind.media_type,
        " ".join((title or "").split()) or (first_heading(pages) if kind is not FileType.ODS else ""),
        tuple(pages),
        warnings=tuple(warnings),
        attachments=tuple(objects.attachments),
        unread=unread,
    )


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    """Parse a part of the file. Raises DamagedFile."""
    try:
        return etree.fromstring(archive.read(name), safe_parser())
    except (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile) as error:
        raise DamagedFile(
            f"The part {name} of the file is missing or broken. Open it in LibreOffice and save it again."
        ) from error


def _parts(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield (label, element) for each page."""
    for root in body:
        if root.tag == f"{_OFFICE}spreadsheet":
            for table in root.iterchildren(f"{_TABLE}table"):
                label = f"Sheet {table.get(f'{_TABLE}name') or '?'}"
                yield label, [table, *table.iterchildren(f"{_TABLE}shapes")]
        elif root.tag in (f"{_OFFICE}presentation", f"{_OFFICE}drawing"):
            for number, slide in enumerate(root.iterchildren(f"{_DRAW}page"), 1):
                yield f"Slide {number}", slide
        else:
            yield "", root


def _pictures(part: Any) -> Iterator[str]:
    """Yield the names of the pictures on a page."""
    for root in part:
        for image in root.iter(f"{_DRAW}image"):
            yield (image.get("{http://www.w3.org/1999/xlink}href") or "").removeprefix("./")


def _headers_and_footers(styles: Any) -> Iterator[Block]:
    """Yield headers and footers, each text only once."""
    seen: set[str] = set()
    for tag, kind in (("header", ElementKind.PAGE_HEADER), ("footer", ElementKind.PAGE_FOOTER)):
        for element in styles.iter(f"{_STYLE}{tag}"):
            text = " ".join(filter(None, (_line(part) for part in element.iter(f"{_TEXT}p"))))
            if text and text not in seen:
                seen.add(text)
                yield Block(kind, text)


def _blocks(part: Any, most: int, numbers: Numbers) -> Iterator[Block]:
    """Yield the blocks of a page; `most` is the most characters of a table."""
    for element in part:
        tag = element.tag
        if tag in (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_PRESENTATION}notes"):
            continue
        if tag == f"{_TEXT}h":
            value = element.get(f"{_TEXT}outline-level") or "1"
            level = int(value) if value.isdigit() else 1
            yield Block(
                ElementKind.HEADING, _numbered(numbers.heading(element, level), _line(element)), level
            )
        elif tag == f"{_TEXT}p":
            yield Block(ElementKind.PARAGRAPH, _line(element))
            yield from _in_shapes(element, most, numbers)
        elif tag == f"{_TEXT}list":
            yield from _items(element, *numbers.begin(element), 1, numbers, most)
        elif tag == f"{_TABLE}table":
            header = element.find(f"{_TABLE}table-header-rows") is not None
            rows = list(_rows(element, most))
            if rows:
                yield Block(rows=rows, header=header)
        elif isinstance(tag, str):
            yield from _blocks(element, most, numbers)


def _in_shapes(element: Any, most: int, numbers: Numbers) -> Iterator[Block]:
    """Yield the blocks of text boxes and other shapes that are anchored in a paragraph."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag.startswith(_DRAW) and any(inner.tag in _TEXTS for inner in child):
            yield from _blocks(child, most, numbers)
        else:
            yield from _in_shapes(child, most, numbers)


def _items(
    part: Any, style: str, counts: dict[int, int], level: int, numbers: Numbers, most: int
) -> Iterator[Block]:
    """Yield the items of a list and of those inside it, with their numbers."""
    for item in part:
        if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
            continue
        own = [_line(child) for child in item if child.tag in (f"{_TEXT}p", f"{_TEXT}h")]
        if own:
            counted = item.tag == f"{_TEXT}list-item"
            number = numbers.item(item, style, counts, level) if counted else ""
            yield Block(ElementKind.LIST_ITEM, _numbered(number, "\n".join(own)))
        for inner in item:
            if inner.tag == f"{_TEXT}list":
                inner_style = inner.get(f"{_TEXT}style-name") or style
                yield from _items(inner, inner_style, counts, level + 1, numbers, most)
            elif inner.tag == f"{_TABLE}table":
                yield from _blocks([inner], most, numbers)
            else:
                yield from _in_shapes(inner, most, numbers)


def _numbered(number: str, text: str) -> str:
    return f"{number} {text}".strip() if text else ""


def _rows(table: Any, most: int) -> Iterator[list[str]]:
    """Yield the rows of a table of at most `most` characters. Raises TooLarge."""
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            text = " ".join(filter(None, (_line(part) for part in cell.iter(f"{_TEXT}p"))))
            text = text or next(
                (cell.get(_OFFICE + name) for name in _VALUES if cell.get(_OFFICE + name)), ""
            )
            cells += [text] * _repeat(cell, "columns")
        while cells and not cells[-1]:
            cells.pop()
        for _ in range(_repeat(row, "rows") if cells else 0):
            most -= sum(map(len, cells))
            if most < 0:
                raise TooLarge("The file has more characters than the limit. Split it.")
            yield cells


def _repeat(element: Any, what: str) -> int:
    """Return how often a cell or row is repeated; `what` is "columns" or "rows"."""
    value = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return min(int(value), _MAX_REPEATED) if value.isdigit() else 1


def _notes(part: Any) -> Iterator[str]:
    """Yield footnotes, endnotes, comments, deleted text and speaker notes."""
    for root in part:
        for note in root.iter(f"{_TEXT}note"):
            mark = " ".join("".join(note.findtext(f"{_TEXT}note-citation") or "").split())
            kind = "Endnote" if note.get(f"{_TEXT}note-class") == "endnote" else "Footnote"
            text = _lines(note.find(f"{_TEXT}note-body"))
            if text:
                yield f"{kind} {mark}: {text}"
        for comment in root.iter(f"{_OFFICE}annotation"):
            author = comment.findtext(f"{_DC}creator") or "an unnamed person"
            text = _lines(comment)
            if text:
                yield f"Comment by {author}: {text}"
        for deletion in root.iter(f"{_TEXT}deletion"):
            author, date = deletion.findtext(f".//{_DC}creator"), deletion.findtext(f".//{_DC}date")
            note = deletion_note(author or "", (date or "")[:10], _lines(deletion))
            if note:
                yield note
        for notes in root.iter(f"{_PRESENTATION}notes"):
            text = _lines(notes)
            if text:
                yield f"Speaker notes: {text}"


def _lines(element: Any) -> str:
    """Return the text of the paragraphs in an element as one line; None gives an empty text."""
    if element is None:
        return ""
    return " ".join(filter(None, (_line(part) for part in element.iter(f"{_TEXT}p"))))


def _line(element: Any) -> str:
    """Return the text of a paragraph without its notes, comments and text boxes."""
    return "".join(_pieces(element)).strip()


def _pieces(element: Any) -> Iterator[str]:
    """Yield the parts of the text of a paragraph."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c") or "1"
            yield " " * (min(int(count), 80) if count.isdigit() else 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif isinstance(child.tag, str) and not child.tag.startswith((_DRAW, *_NOTES)):
            yield from _pieces(child)
        yield child.tail or ""
