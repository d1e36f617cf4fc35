"""Read EPUB books: each part of the book is a page, in reading order."""

from __future__ import annotations

import posixpath
import re
import zipfile
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.compose import PageComposer, first_heading
from ingest.formats.structure.container import check_container
from ingest.formats.structure.decode import decode
from ingest.formats.structure.xml_parser import safe_parser
from ingest.formats.text.html import add_html
from ingest.parsed.document import ParsedDocument, page_list
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import DamagedFile, NoText, PasswordProtected, TooLarge
from vault.records import Page

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_DRAWING = "image/svg+xml"
_PARTS = ("application/xhtml+xml", "text/html", "application/xml", "text/xml", _DRAWING)
_FOOTNOTE = re.compile(
    r"(<(?:aside|section|div|li|p)\b[^>]*\bepub:type=[\"'][^\"']*(?:foot|end|rear)note[^>]*?)\s+hidden(?:=[\"'][^\"']*[\"'])?",
    re.IGNORECASE,
)
"""A note that is hidden in its place, because the program that shows the book opens it beside the text."""


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the book at `path`. Raises PasswordProtected (copy protection), NoText, TooLarge, DamagedFile."""
    check_container(path, limits)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        title, parts = _contents(archive)
        if _ENCRYPTION in names and any(part.encode() in archive.read(_ENCRYPTION) for part in parts):
            raise PasswordProtected(
                "The book is copy-protected (DRM) and opens only in the program that it was bought for. Ask "
                "the publisher for a copy without protection."
            )
        if len(parts) > limits.pages:
            raise TooLarge(f"The book has {len(parts):,} parts, above the limit of {limits.pages:,}.")
        pages: list[Page] = []
        pictures = PictureWords(limits)
        missing: list[int] = []
        hidden: list[int] = []
        left = limits.characters
        for number, part in enumerate(parts, 1):
            composer = PageComposer(limits)
            if part in names:
                html = _FOOTNOTE.sub(r"\1", decode(archive.read(part), "utf-8"))
                left -= len(html) // 4
                if add_html(composer, html, pictures, partial(_picture, archive, part)):
                    hidden.append(number)
            else:
                missing.append(number)
            page = composer.page(number)
            left -= len(page.text)
            if left < 0:
                raise TooLarge(f"The book has more than {limits.characters:,} characters. Split it.")
            pages.append(page)
    if not any(page.text for page in pages):
        raise NoText("The book has no text. If its pages are pictures, print it to PDF and load that.")
    warnings: tuple[str, ...] = (
        (f"Parts that the book lists but does not contain: {page_list(missing)}.",) if missing else ()
    )
    if hidden:
        warnings += (f"Text that is hidden in part {page_list(hidden)} was left out.",)
    return ParsedDocument(
        FileType.EPUB.media_type,
        title or first_heading(pages),
        tuple(pages),
        tuple(missing),
        warnings,
        unread=tuple(pictures.unread),
    )


def _picture(archive: zipfile.ZipFile, part: str, source: str) -> bytes | None:
    """Return the picture that a part of the book names; None if the book does not hold it."""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(part), unquote(source)))
    return archive.read(name) if name in archive.namelist() else None


def _is_contents(item: Any) -> bool:
    """Return whether a part is only the list of the others, or is no text."""
    return "nav" in (item.get("properties") or "").split() or item.get("media-type") not in _PARTS


def _contents(archive: zipfile.ZipFile) -> tuple[str, list[str]]:
    """Return the title and the names of the parts in reading order. Raises DamagedFile."""
    try:
        container = etree.fromstring(archive.read(_CONTAINER), safe_parser())
        package = next(e.get("full-path") for e in container.iter("{*}rootfile") if e.get("full-path"))
        root = etree.fromstring(archive.read(package), safe_parser())
    except (KeyError, StopIteration, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise DamagedFile(
            "The book's list of parts is missing or broken. Copy the book again from its source."
        ) from error
    items: dict[str, Any] = {item.get("id"): item for item in root.iter("{*}item")}
    folder = posixpath.dirname(package)
    parts: list[str] = []
    in_order = [items.pop(reference.get("idref"), None) for reference in root.iter("{*}itemref")]
    # What the reading order does not name, such as notes that open beside the text, follows it.
    others = [
        item for item in items.values() if not _is_contents(item) and item.get("media-type") != _DRAWING
    ]
    for item in [*in_order, *others]:
        if item is not None and (item.get("media-type") or _PARTS[0]) in _PARTS:
            parts.append(posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or ""))))
    return " ".join((root.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "").split()), parts
