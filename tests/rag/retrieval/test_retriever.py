from rag.retrieval.retriever import HybridRetriever
from rag.retrieval.search import Scope, Search
from tests.documents import add_text
from vault.embedding.embedder import Embedder
from vault.store.collection import Collection
from vault.vault import Vault


def test_a_search_is_a_langchain_retriever(vault: Vault, collection: Collection, embedder: Embedder) -> None:
    add_text(collection, embedder, "lease.txt", "The rent is 900 pounds a month.")
    search = Search(vault, embedder, Scope("local", ("matter",)))
    (document, *_) = HybridRetriever(search=search).invoke("What is the rent?")
    assert "900 pounds" in document.page_content
    assert document.metadata["document"] == "lease.txt"
