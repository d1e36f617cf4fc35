"""LlamaIndex as its starter shows it: SimpleDirectoryReader and VectorStoreIndex with their own settings."""

from __future__ import annotations

from llama_index.core import Settings, SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.schema import Document, MetadataMode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from bench.rivals.stopwatch import Order, Result


def main() -> None:
    """One run, reported."""
    order, result = Order.given(), Result()
    Settings.embed_model = HuggingFaceEmbedding(model_name=str(order.model), device="cpu")
    Settings.embed_model.get_query_embedding("Nothing is measured cold.")
    documents: list[Document] = []
    with result.timed():
        for path in order.files:
            try:
                pages = SimpleDirectoryReader(input_files=[str(path)], raise_on_error=True).load_data()
            except Exception as error:
                result.unread[path.name] = f"{type(error).__name__}: {error}"[:200]
                continue
            if any(page.text.strip() for page in pages):
                documents += pages
                result.read.append(path.name)
            else:
                result.unread[path.name] = "no text"
        index = VectorStoreIndex.from_documents(documents)
        index.storage_context.persist(str(order.work / "index"))
    nodes = index.docstore.docs.values()
    result.write(order, [node.get_content(metadata_mode=MetadataMode.EMBED) for node in nodes])


if __name__ == "__main__":
    main()
