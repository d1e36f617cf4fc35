"""Search the index of sentences: a row is found by its key, a date by any spelling of it.

The chunk stays the unit for meaning. What is found here lifts the chunk that holds it, so that a sentence
whose chunk speaks mostly of something else is read too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.question.numbered import AskedLines, clause_number, lines_named, page_named
from rag.question.understanding.understood import Understood
from vault.annotations import AnnotatedSentence
from vault.normal_forms import date_forms
from vault.records import Chunk, Span
from vault.store.searchable import Searchable
from vault.store.sentences.index import SentenceIndex
from vault.text.dates.found import FoundDate, Reading
from vault.text.terms import expression
from vault.text.words import content_words

_MOST_SENTENCES = 60
"""Best sentences that are looked at, in each collection."""
_NEAR_BEST = 0.8
"""Score of a sentence whose clause may be varied elsewhere, and of those that name it."""
_MOST_VARIED = 5
"""Clauses of which variations are looked for."""
_KINDS = ("clause", "section", "article", "paragraph")
_MOST_OF_CLAUSE = 40
"""Sentences of the clauses, pages and with the references that the question names."""
_MOST_NAMED_PAGES = 8
"""Pages with the same name: many documents have a page iv."""


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence that a search found in one collection."""

    sentence: AnnotatedSentence
    score: float
    """The best sentence's is 1."""


def search_words(understood: Understood) -> list[str]:
    """Return the words to search for: those of the question, their other words, and its normal forms."""
    found = content_words(understood.text)
    for others in understood.expansions.values():
        found += [word for other in others for word in content_words(other)]
    found += date_forms(
        FoundDate(0, 0, tuple(Reading(first, last) for first, last in asked.readings))
        for asked in understood.dates
    )
    return list(dict.fromkeys(found))


def find_sentences(
    collection: Searchable, understood: Understood, documents: Sequence[str] | None
) -> list[FoundSentence]:
    """Return the best sentences of a collection by words and normal forms, best first.

    Those of a clause, or with a number, that the question names are all among them.
    """
    index = collection.catalogue.sentences
    hits = dict(index.match(expression(search_words(understood)), _MOST_SENTENCES, documents))
    best = max(hits.values(), default=1.0) or 1.0
    scores = {sentence: score / best for sentence, score in hits.items()}
    for asked in understood.references:
        exact = index.by_reference(asked.normal, documents)
        if clause := clause_number(asked):
            exact = [*index.by_clause(clause, documents), *exact]
        if name := page_named(asked):
            for sha256, page in collection.catalogue.pages.names.pages(name, documents)[:_MOST_NAMED_PAGES]:
                exact += [one.id for one in index.at(sha256, page)]
        if lines := lines_named(asked):
            exact = [*_on_lines(collection, lines, documents), *exact]
        scores |= dict.fromkeys(exact[:_MOST_OF_CLAUSE], 1.0)
    sentences = index.by_id(scores)
    # A later document that varies a clause names its number, and often little else of what is asked.
    best_clauses = [one.clause for key, one in sentences.items() if one.clause and scores[key] >= _NEAR_BEST]
    for clause in dict.fromkeys(best_clauses[:_MOST_VARIED]):
        varied = naming_clause(index, clause, documents)[:_MOST_OF_CLAUSE]
        scores |= {key: _NEAR_BEST for key in varied if key not in scores}
    sentences |= index.by_id(key for key in scores if key not in sentences)
    found = [FoundSentence(sentences[key], score) for key, score in scores.items() if key in sentences]
    return sorted(found, key=lambda one: (-one.score, one.sentence.id))


def _on_lines(collection: Searchable, asked: AskedLines, documents: Sequence[str] | None) -> list[int]:
    """Return the ids of the sentences on these lines of transcripts."""
    return [
        one.id
        for page in asked.pages()
        for place in collection.catalogue.pages.names.with_lines(str(page), documents)[:_MOST_NAMED_PAGES]
        for one in collection.catalogue.sentences.at(*place)
        if asked.hold(page, one)
    ]


def naming_clause(index: SentenceIndex, number: str, documents: Sequence[str] | None) -> list[int]:
    """Return the ids of the sentences that name a clause, as a clause, section, article or paragraph."""
    return [one for kind in _KINDS for one in index.by_reference(f"{kind} {number}", documents)]


def annotated_sentences(index: SentenceIndex, chunk: Chunk) -> Mapping[Span, AnnotatedSentence]:
    """Return the annotated sentences of a chunk by their places."""
    return {
        sentence.span: sentence for span in chunk.spans for sentence in index.within(chunk.document, span)
    }
