"""LangChain as its tutorials show it: loaders, the recursive splitter, HuggingFace embeddings, Chroma."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_community.document_loaders import (
    BSHTMLLoader,
    CSVLoader,
    Docx2txtLoader,
    PyPDFLoader,
    TextLoader,
    UnstructuredFileLoader,
)
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bench.rivals.stopwatch import Order, Result

LOADERS: dict[str, Callable[[str], Any]] = {
    ".csv": CSVLoader,
    ".docx": Docx2txtLoader,
    ".html": BSHTMLLoader,
    ".md": TextLoader,
    ".pdf": PyPDFLoader,
    ".txt": TextLoader,
}


def load(path: Path) -> list[Document]:
    """By the loader that the tutorials use for its type, everything else by unstructured."""
    loader = LOADERS.get(path.suffix.lower(), UnstructuredFileLoader)
    documents: list[Document] = loader(str(path)).load()
    return documents


def main() -> None:
    """One run, reported."""
    order, result = Order.given(), Result()
    embeddings = HuggingFaceEmbeddings(model_name=str(order.model), model_kwargs={"device": "cpu"})
    embeddings.embed_query("Nothing is measured cold.")
    documents: list[Document] = []
    with result.timed():
        for path in order.files:
            try:
                pages = load(path)
            except Exception as error:
                result.unread[path.name] = f"{type(error).__name__}: {error}"[:200]
                continue
            if any(page.page_content.strip() for page in pages):
                documents += pages
                result.read.append(path.name)
            else:
                result.unread[path.name] = "no text"
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
        splits = splitter.split_documents(documents)
        store = Chroma(
            collection_name="quickstart",
            embedding_function=embeddings,
            persist_directory=str(order.work / "chroma"),
        )
        store.add_documents(splits)
    result.write(order, [split.page_content for split in splits])


if __name__ == "__main__":
    main()
