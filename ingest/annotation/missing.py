"""Annotate the documents of an older vault from their stored pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from ingest.annotation.annotate import annotate
from vault.errors import DocumentNotFound
from vault.store.collection import Collection


def annotate_missing(
    collection: Collection,
    on_document: Callable[[int, int], None] = lambda _, __: None,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Annotate the current documents that no version, or only an older one, has annotated.

    Each document is stored by itself, so an interrupted run goes on where it stopped, and searches answer in
    the meantime. `on_document` is called with (documents done, documents in all) after each; the run ends
    early once `stop` returns True. Returns whether all documents are annotated.
    """
    missing = collection.catalogue.sentences.missing()
    for number, sha256 in enumerate(missing, start=1):
        if stop():
            return False
        annotate_stored(collection, sha256)
        on_document(number, len(missing))
    return True


def annotate_stored(collection: Collection, sha256: str) -> None:
    """Annotate a document from its stored pages, in place of what was known of it.

    Nothing happens if it is not in the collection any more.
    """
    catalogue = collection.catalogue
    with suppress(DocumentNotFound):
        document = catalogue.document(sha256)
        pages = catalogue.pages.of(sha256)
        catalogue.sentences.replace(annotate(sha256, document.name, document.title, pages))
