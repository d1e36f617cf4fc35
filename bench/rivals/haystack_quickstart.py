"""Haystack as its preprocessing tutorial shows it: converters, cleaner, splitter, embedder, writer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from haystack import Document
from haystack.components.converters import (
    CSVToDocument,
    DOCXToDocument,
    HTMLToDocument,
    MarkdownToDocument,
    PPTXToDocument,
    PyPDFToDocument,
    TextFileToDocument,
    XLSXToDocument,
)
from haystack.components.embedders import SentenceTransformersDocumentEmbedder
from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice

from bench.rivals.stopwatch import Order, Result

CONVERTERS: dict[str, Callable[[], Any]] = {
    ".pdf": PyPDFToDocument,
    ".docx": DOCXToDocument,
    ".pptx": PPTXToDocument,
    ".xlsx": XLSXToDocument,
    ".html": HTMLToDocument,
    ".md": MarkdownToDocument,
    ".csv": CSVToDocument,
    ".txt": TextFileToDocument,
}


def convert(path: Path) -> list[Document]:
    """By the converter of its type; a type that has none is an error."""
    documents: list[Document] = CONVERTERS[path.suffix.lower()]().run(sources=[path])["documents"]
    return documents


def main() -> None:
    """One run, reported."""
    order, result = Order.given(), Result()
    embedder = SentenceTransformersDocumentEmbedder(
        model=str(order.model), device=ComponentDevice.from_str("cpu"), progress_bar=False
    )
    embedder.warm_up()
    embedder.run([Document(content="Nothing is measured cold.")])
    documents: list[Document] = []
    with result.timed():
        for path in order.files:
            try:
                pages = convert(path)
            except Exception as error:
                result.unread[path.name] = f"{type(error).__name__}: {error}"[:200]
                continue
            if any((page.content or "").strip() for page in pages):
                documents += pages
                result.read.append(path.name)
            else:
                result.unread[path.name] = "no text"
        cleaned = DocumentCleaner().run(documents)["documents"]
        splitter = DocumentSplitter(split_by="word", split_length=150, split_overlap=50)
        splitter.warm_up()
        splits = splitter.run(cleaned)["documents"]
        store = InMemoryDocumentStore()
        DocumentWriter(store).run(embedder.run(splits)["documents"])
        store.save_to_disk(str(order.work / "store.json"))
    result.write(order, [split.content or "" for split in splits])


if __name__ == "__main__":
    main()
