"""The page that a citation names, ready to be shown: as an image of PDFs and pictures, else as text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import PageImage
from ingest.parsing.parser import Parser
from vault.access import Action
from vault.errors import DocumentNotFound, IngestError
from vault.log.events import Event
from vault.log.once import Once
from vault.records import Citation, Document, Page
from vault.sealing.stored_file import StoredFile
from vault.settings import Settings
from vault.vault import Vault

_WIDTH = 1240  # pixels; twice the width of its column, so that it is sharp on every screen
_MAX_IMAGES = 24
_DRAWABLE_TYPES = ("application/pdf", "image/png", "image/jpeg", "image/tiff", "image/webp", "image/heic")


@dataclass(frozen=True, slots=True)
class SourceView:
    """One page of a document, with the place of the cited words if they are on this page."""

    document: Document
    page: Page
    quote: tuple[int, int] | None
    """(start, end) of the quote in the page's text; None on other pages."""
    image: PageImage | None
    """None if the format has no page images, or if the image cannot be made (see `problem`)."""
    problem: str = ""
    """Why a page of a PDF or picture is shown as text."""


class Sources:
    """Makes page images in a parser of its own; safe to use from several threads."""

    def __init__(self, vault: Vault, settings: Settings) -> None:
        self._vault = vault
        self._seen = Once()
        self._parser = Parser(
            ParseLimits(seconds=min(settings.parser_seconds, 30.0), memory_mb=settings.parser_memory_mb),
            sandbox=settings.sandbox,
            in_memory=vault.keys.encrypted,
        )
        self._drawing = threading.Lock()
        self._images: OrderedDict[tuple[str, str, int, tuple[int, int] | None], PageImage] = OrderedDict()

    def view(self, citation: Citation, number: int, *, user: str) -> SourceView:
        """Return page `number` of the cited document, if `user` may search its collection.

        Raises CollectionNotFound, AccessDenied, and DocumentNotFound when the document has been removed, or
        when its page does not have the quote at the cited place.
        """
        # An answer cites the collection by the name that it had then.
        name = self._vault.members.present_name(citation.collection, user=user)
        with self._vault.open_collection(name, user=user, action=Action.SEARCH) as collection:
            document = collection.catalogue.document(citation.sha256)
            page = collection.catalogue.pages.find(citation.sha256, number)
            quote = None
            if number == citation.page:
                quote = (citation.start, citation.end)
                if page.text[citation.start : citation.end] != citation.quote:
                    raise DocumentNotFound(
                        f"The quoted words are not at the cited place on page {number} of this document: the "
                        "citation or the stored page has changed. Ask the question again."
                    )
            # Before anything is shown: what cannot be logged is not seen.
            self._log_view(user, collection.id, citation.sha256, number)
            if document.media_type not in _DRAWABLE_TYPES:
                return SourceView(document, page, quote, None)
            try:
                file = collection.originals.file(citation.sha256)
                image = self._image((collection.id, citation.sha256, number, quote), file, page)
            except (IngestError, DocumentNotFound) as error:
                return SourceView(document, page, quote, None, f"The page image cannot be shown. {error}")
        return SourceView(document, page, quote, image)

    def close(self) -> None:
        """End the parser and discard the images."""
        with self._drawing:
            self._images.clear()
            self._parser.close()

    def _log_view(self, user: str, collection: str, sha256: str, number: int) -> None:
        """Log that a page is seen; once in some minutes, because a page that stays open is drawn again."""
        facts = {"documents": [sha256], "page": number}
        self._seen.log(
            (user, collection, sha256, number),
            lambda: self._vault.log.append(
                Event.PAGE_VIEWED, user=user, collections=[collection], facts=facts
            ),
        )

    def _image(
        self, key: tuple[str, str, int, tuple[int, int] | None], file: StoredFile, page: Page
    ) -> PageImage:
        _, _, number, quote = key
        with self._drawing:
            if key not in self._images:
                spans = [quote] if quote else []
                words = page.words if page.ocr or page.words else None
                self._images[key] = self._parser.page_image(file, number, spans, width=_WIDTH, words=words)
            self._images.move_to_end(key)
            while len(self._images) > _MAX_IMAGES:
                self._images.popitem(last=False)
            return self._images[key]
