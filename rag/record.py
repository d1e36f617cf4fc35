"""The record of an answer: it tells later what was asked, what was shown, and what that was based on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version

from rag.events import Answer
from rag.reader.reader import Reader
from rag.retrieval.passage import Passage
from rag.writing.writer import Writing
from vault.embedding.embedder import EmbedderIdentity
from vault.settings import Settings

_RECORDED_SETTINGS = (
    "candidates",
    "passages",
    "evidence_sentences",
    "quoted_sentences",
    "abstain_below",
    "not_found_below",
    "model_reads",
    "model_direct",
    "model_grammar",
    "model_context",
    "model_max_tokens",
    "model_temperature",
    "model_seed",
)
_MOST_NAMED = 50
_RECORDED_VERSIONS = ("incamera", "chromadb", "openvino", "langchain-core")


@cache
def _versions() -> Mapping[str, str]:
    """Read once, at the first answer of this process: an installation may change while it runs."""
    return {name: version(name) for name in _RECORDED_VERSIONS}


def record_body(
    answer: Answer,
    passages: Sequence[Passage],
    settings: Settings,
    embedder: EmbedderIdentity,
    reader: Reader | None,
    writing: Writing,
    documents: Sequence[str] | None = None,
) -> dict[str, object]:
    """Return the record as a JSON value: the answer as shown, its passages, models, settings and versions.

    `documents` (sha256) are those that the search was limited to, None for no limit.
    `named` are documents that the names in it were read from: a purge of them removes these names too.
    """
    return {
        "answer": answer.as_json(),
        "documents": None if documents is None else list(documents),
        "named": _named(answer),
        "passages": [
            {
                "collection": passage.collection,
                "sha256": passage.document.sha256,
                "spans": [[s.span.page, s.span.start, s.span.end] for s in passage.slices],
                "score": round(passage.score, 6),
            }
            for passage in passages
        ],
        "embedder": {"name": embedder.name, "sha256": embedder.sha256},
        "reader": None if reader is None else {"sha256": reader.sha256},
        "settings": {name: getattr(settings, name) for name in _RECORDED_SETTINGS},
        "versions": dict(_versions()),
        "writing": dict(writing.trace),
    }


def _named(answer: Answer) -> list[str]:
    """Return the documents (sha256) that the names in a question were read from.

    A name of many documents stays known when one of them is purged, so these are left out.
    """
    if answer.understood is None:
        return []
    named = [one.documents for one in answer.understood.names if len(one.documents) <= _MOST_NAMED]
    return sorted(frozenset[str]().union(*named))
