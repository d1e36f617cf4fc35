"""`rag.retrieval.search` as a LangChain retriever, for chains that others write."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from rag.retrieval.search import Search


class HybridRetriever(BaseRetriever):
    """Returns the passages of a search as LangChain documents, best first.

    Every call checks the user's permission: a retriever that exists grants none.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 — LangChain's signature
    ) -> list[LangChainDocument]:
        return [
            LangChainDocument(
                page_content=passage.text,
                id=f"{passage.document.sha256}:{passage.chunk_id}",
                metadata={
                    "collection": passage.collection,
                    "document": passage.document.name,
                    "sha256": passage.document.sha256,
                    "page": passage.page,
                    "heading": passage.heading,
                    "score": passage.score,
                },
            )
            for passage in self.search.find(query).passages
        ]
