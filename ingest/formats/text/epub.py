"""Read EPUB books: each part of the book is a page, in reading order."""

from __future__ import annotations

import posixpath
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
_PARTS = ("application/xhtml+xml", "text/html", "application/xml", "text/xml")


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
        left = limits.characters
        for number, part in enumerate(parts, 1):
            composer = PageComposer(limits)
            if part in names:
                html = decode(archive.read(part), "utf-8")
                left -= len(html) // 4
                add_html(composer, html, pictures, partial(_picture, archive, part))
            else:
                missing.append(number)
            page = composer.page(number)
            left -= len(page.text)
            if left < 0:
                raise TooLarge(f"The book has more than {limits.characters:,} characters. Split it.")
            pages.append(page)
    if not any(page.text for page in pages):
        raise NoText("The book has no text. If its pages are pictures, print it to PDF and load that.")
    warnings = (f"Parts that the book lists but does not contain: {page_list(missing)}.",) if missing else ()
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
    for reference in root.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and (item.get("media-type") or _PARTS[0]) in _PARTS:
            parts.append(posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or ""))))
    return " ".join((root.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "").split()), parts
