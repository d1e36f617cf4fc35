"""The place that a citation names, ready to be shown: page image of PDFs and pictures, else page text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import PageImage
from ingest.parsing.parser import Parser
from vault.access import Action
from vault.errors import DocumentNotFound, IngestError
from vault.records import Citation, Document, Page
from vault.settings import Settings
from vault.vault import Vault

_WIDTH = 1240  # pixels: sharp at twice the width of the column that it stands in
_MOST_KEPT = 24
_DRAWN = ("application/pdf", "image/png", "image/jpeg", "image/tiff")


@dataclass(frozen=True, slots=True)
class SourceView:
    """One page of a document, with the cited words when it is the page that they stand on."""

    document: Document
    page: Page
    quote: tuple[int, int] | None
    """Where the quote lies in the page's text; None on the other pages."""
    image: PageImage | None
    """None when the format has no page images, or the page cannot be drawn (see `problem`)."""
    problem: str = ""
    """Why a page of a PDF or picture is shown as text."""


class Sources:
    """Draws pages in one parser of its own, kept between pages; safe from several threads."""

    def __init__(self, vault: Vault, settings: Settings) -> None:
        self._vault = vault
        self._parser = Parser(
            ParseLimits(seconds=min(settings.parser_seconds, 30.0), memory_mb=settings.parser_memory_mb),
            sandbox=settings.sandbox,
        )
        self._drawing = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, int, tuple[int, int] | None], PageImage] = OrderedDict()

    def view(self, citation: Citation, number: int, *, user: str) -> SourceView:
        """Page `number` of the cited document, if `user` may search its collection.

        Raises CollectionNotFound, AccessDenied, and DocumentNotFound when the document is no longer
        there, or when its page does not hold the quote at the cited place.
        """
        with self._vault.open_collection(citation.collection, user=user, action=Action.SEARCH) as collection:
            document = collection.catalogue.document(citation.sha256)
            page = collection.catalogue.page(citation.sha256, number)
            quote = None
            if number == citation.page:
                quote = (citation.start, citation.end)
                if page.text[citation.start : citation.end] != citation.quote:
                    raise DocumentNotFound(
                        f"The quoted words do not stand at their place on page {number} of this document: "
                        "the citation or the stored page was changed. Ask the question again."
                    )
            if document.media_type not in _DRAWN:
                return SourceView(document, page, quote, None)
            try:
                path = collection.originals.path(citation.sha256)
                image = self._image((collection.id, citation.sha256, number, quote), path, page)
            except (IngestError, DocumentNotFound) as error:
                return SourceView(document, page, quote, None, f"The page cannot be drawn. {error}")
        return SourceView(document, page, quote, image)

    def close(self) -> None:
        """End the parser and drop the images."""
        with self._drawing:
            self._kept.clear()
            self._parser.close()

    def _image(self, key: tuple[str, str, int, tuple[int, int] | None], path: Path, page: Page) -> PageImage:
        _, _, number, quote = key
        with self._drawing:
            if key not in self._kept:
                spans = [quote] if quote else []
                words = page.words if page.ocr else None
                self._kept[key] = self._parser.page_image(path, number, spans, width=_WIDTH, words=words)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]
