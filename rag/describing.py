"""Say beside each cited place whose and which document it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from rag.about import About, about_of
from rag.direct.answer import DirectAnswer
from rag.events import Statement
from rag.evidence.evidence import EvidenceSentence
from rag.retrieval.passage import Passage
from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence, Profile
from vault.records import Citation, Span

Describe = Callable[[Citation], About | None]
"""What is known of a cited place; None where nothing is."""

_LOOKED_UP = 40
"""Cited places whose own sentence is looked up; of more, only the documents are told apart."""


def from_passages(passages: Sequence[Passage]) -> Describe:
    """Return a function that describes places in these passages."""
    known: dict[tuple[str, str], tuple[Profile | None, dict[Span, AnnotatedSentence]]] = {}
    for passage in passages:
        _, sentences = known.setdefault((passage.collection, passage.document.sha256), (passage.profile, {}))
        sentences.update(passage.annotated)

    def describe(citation: Citation) -> About | None:
        profile, sentences = known.get((citation.collection, citation.sha256), (None, {}))
        return about_of(profile, _sentence_at(citation, sentences.values()))

    return describe


def from_sources(sources: Sequence[TableSource], citations: Iterable[Citation]) -> Describe:
    """Return a function that describes these places, read from the index of sentences of each collection."""
    cited = list(citations)
    by_name = {source.collection: source for source in sources}
    profiles: dict[tuple[str, str], Profile] = {}
    for name, source in by_name.items():
        documents = list({one.sha256 for one in cited if one.collection == name})
        found = source.sentences.profiles(documents) if documents else {}
        profiles |= {(name, sha256): profile for sha256, profile in found.items()}
    looked_up = set(cited[:_LOOKED_UP])

    @cache
    def sentences(name: str, sha256: str, page: int) -> list[AnnotatedSentence]:
        return by_name[name].sentences.at(sha256, page)

    def describe(citation: Citation) -> About | None:
        sentence = None
        if citation in looked_up and citation.collection in by_name:
            on_page = sentences(citation.collection, citation.sha256, citation.page)
            sentence = _sentence_at(citation, on_page)
        return about_of(profiles.get((citation.collection, citation.sha256)), sentence)

    return describe


def described_direct(direct: DirectAnswer, describe: Describe) -> DirectAnswer:
    """Return a direct answer that says of each of its places whose and which document it is in."""
    return replace(
        direct,
        about=tuple(describe(one) for one in direct.citations),
        rows=tuple(replace(row, about=describe(row.citation)) for row in direct.rows),
    )


def described_statement(statement: Statement, describe: Describe) -> Statement:
    """Return a statement that says of each of its places whose and which document it is in."""
    return replace(statement, about=tuple(describe(one) for one in statement.citations))


def described_evidence(evidence: Iterable[EvidenceSentence], describe: Describe) -> list[EvidenceSentence]:
    """Return the evidence; each sentence says whose and which document it is in."""
    return [replace(sentence, about=describe(sentence.citation)) for sentence in evidence]


def cited_by(direct: DirectAnswer) -> list[Citation]:
    """Return all places of a direct answer, each once."""
    return list(dict.fromkeys([*direct.citations, *(row.citation for row in direct.rows)]))


def _sentence_at(citation: Citation, sentences: Iterable[AnnotatedSentence]) -> AnnotatedSentence | None:
    """Return the sentence of which the place has most."""
    best, most = None, 0
    for sentence in sentences:
        span = sentence.span
        shared = min(span.end, citation.end) - max(span.start, citation.start)
        if span.page == citation.page and shared > most:
            best, most = sentence, shared
    return best
