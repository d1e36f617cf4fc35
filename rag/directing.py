"""Choose the direct answer: from tables, a clause or page, a list, yes or no, or words the reader marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.direct.answer import DirectAnswer
from rag.direct.spelled_out import spelled_out
from rag.evidence.evidence import EvidenceSentence
from rag.prose.arithmetic.between import days_between
from rag.prose.arithmetic.due import due_day
from rag.prose.clause import clause_text
from rag.prose.correspondence import messages_of
from rag.prose.dated import date_of
from rag.prose.defined import definition_of
from rag.prose.lines import lines_text
from rag.prose.listed import listed
from rag.prose.page import page_text
from rag.prose.periods import period_value
from rag.prose.ticked import ticked_field
from rag.prose.words import marked_words
from rag.prose.yes_no import yes_or_no
from rag.question.question import Question
from rag.question.understanding.understood import Intent, Understood
from rag.retrieval.passage import Passage
from rag.tables.answering import answer_from_tables
from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence
from vault.store.collection import Collection

_DOCUMENTS = 6
"""Documents, of those with the best passages, whose lists are looked at."""
_LONGEST_DOCUMENT = 400
"""Pages. Of a longer one only the pages of the passages are looked at."""


def sources_of(collections: Sequence[Collection], documents: Sequence[str] | None) -> list[TableSource]:
    """Return the collections as sources of sentences; in scope are the current documents, or `documents`."""
    chosen = None if documents is None else set(documents)
    return [
        TableSource(
            collection.name,
            collection.catalogue.sentences,
            {
                document.sha256: document
                for document in collection.catalogue.documents()
                if (document.state.searchable if chosen is None else document.sha256 in chosen)
            },
            collection.catalogue.pages.names,
            whole=chosen is None,
        )
        for collection in collections
    ]


def from_rows_and_lists(
    question: Question, understood: Understood, passages: Sequence[Passage], sources: Sequence[TableSource]
) -> DirectAnswer | None:
    """Return the direct answer that code makes of rows, clauses, pages, terms, boxes and lists.

    None where none is sure.
    """
    clause = clause_text(question, understood, sources)
    if clause is not None:
        return clause
    lines = lines_text(question, understood, sources)
    if lines is not None:
        return lines
    page = page_text(question, understood, sources, [passage.document.sha256 for passage in passages])
    if page is not None:
        return page
    definition = definition_of(understood, sources)
    if definition is not None:
        return definition
    messages = messages_of(understood, sources)
    if messages is not None:
        return messages
    by_name = {source.collection: source for source in sources}
    documents = _likely_documents(passages, by_name)
    ticked = ticked_field(question, understood, documents)
    if ticked is not None:
        return ticked
    period = period_value(question, understood, documents)
    if period is not None:
        return period
    whole_list = listed(question, understood, documents)
    table = answer_from_tables(understood, sources)
    if table is None and understood.intent in (Intent.DURATION, Intent.FACT):
        table = days_between(understood, documents)
    if table is None:
        table = due_day(understood, documents)
    if whole_list is not None and (table is None or whole_list.confidence >= table.confidence):
        return whole_list
    return None if table is None else spelled_out(table)


def from_sentences(
    question: Question,
    understood: Understood,
    evidence: Sequence[EvidenceSentence],
    passages: Sequence[Passage],
) -> DirectAnswer | None:
    """Return the direct answer that the best sentences give."""
    return (
        yes_or_no(question, understood, evidence, passages)
        or date_of(question, understood, evidence, passages)
        or marked_words(understood, evidence)
    )


def resting_first(
    direct: DirectAnswer | None, evidence: Sequence[EvidenceSentence]
) -> list[EvidenceSentence]:
    """Return the evidence with what a direct answer rests on before the rest."""
    if direct is None:
        return list(evidence)
    return sorted(evidence, key=lambda sentence: not _rests_on(direct, sentence))


def only_resting(direct: DirectAnswer | None, evidence: Sequence[EvidenceSentence]) -> list[EvidenceSentence]:
    """Return the evidence that a direct answer rests on, or all of it where there is no direct answer."""
    if direct is None:
        return list(evidence)
    return [sentence for sentence in evidence if _rests_on(direct, sentence)] or list(evidence)


def _rests_on(direct: DirectAnswer, sentence: EvidenceSentence) -> bool:
    """Return whether a place that the direct answer cites shares text with the sentence."""
    return any(sentence.citation.shares_text_with(one) for one in direct.citations)


def _likely_documents(
    passages: Sequence[Passage], sources: Mapping[str, TableSource]
) -> list[tuple[TableSource, str, list[AnnotatedSentence]]]:
    pages: dict[tuple[str, str], set[int]] = {}
    lengths: dict[tuple[str, str], int] = {}
    for passage in passages:
        key = (passage.collection, passage.document.sha256)
        if key in pages or len(pages) < _DOCUMENTS:
            pages.setdefault(key, set()).update(piece.span.page for piece in passage.slices)
            lengths[key] = passage.document.pages
    found = []
    for (name, sha256), numbers in pages.items():
        source = sources.get(name)
        if source is None or sha256 not in source.documents:
            continue
        if lengths[name, sha256] <= _LONGEST_DOCUMENT:
            sentences = source.sentences.of(sha256)
        else:
            sentences = [one for page in sorted(numbers) for one in source.sentences.at(sha256, page)]
        found.append((source, sha256, sentences))
    return found
