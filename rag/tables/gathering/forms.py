"""Find the form fields that may hold the answer, a grid for each page with fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from rag.tables.asking.asked import Asked
from rag.tables.asking.intents import MANY
from rag.tables.grids.columns import column_of
from rag.tables.grids.grid import Grid
from rag.tables.grids.load import form_of
from rag.tables.grids.people import name_parts, names_of
from rag.tables.grids.source import TableSource
from rag.tables.planning.context import context_words, in_context
from vault.annotations import AnnotatedSentence, Profile
from vault.records import ElementKind
from vault.text.terms import expression
from vault.text.words import words

_FIELD_HITS = 80
"""How many sentences are looked through for the fields of one form."""
_MOST_FIELDS = 20_000
"""The same where every form counts."""
_MOST_FORMS = 2_000


def form_grids(
    asked: Asked,
    source: TableSource,
    profiles: Mapping[str, Profile],
    unnamed: Collection[tuple[str, int]],
    lists: Collection[str],
) -> Iterator[Grid]:
    """Yield the fields of each page that may answer.

    A field there is called by words of the question, or holds a name or reference of it; where rows are
    asked for ("which invoices"), so do the forms of documents that are called by its words. `unnamed` are the
    tables without names of columns, as (document, table): their rows are fields; `lists` are documents that
    are no forms.
    """
    many = asked.intent in MANY
    pages: dict[tuple[str, int], None] = {}
    scope = [one for one in source.documents if one not in lists] if lists else source.scope
    limit = _MOST_FIELDS if many else _FIELD_HITS
    hits = source.sentences.match(_any_word(asked, many), limit, scope)
    for one in source.sentences.by_id([identity for identity, _ in hits]).values():
        if one.document in source.documents and is_field(one, unnamed) and _asks_for(asked, one, many):
            pages[one.document, one.span.page] = None
    if many:
        called = _called(asked, source, profiles)
        pages |= dict.fromkeys((sha256, 1) for sha256 in called if sha256 not in lists)
    for sha256, page in pages:
        fields = [one for one in source.sentences.at(sha256, page) if is_field(one, unnamed)]
        grid = form_of(source, fields, profiles.get(sha256))
        if grid is not None:
            yield grid


def _any_word(asked: Asked, many: bool) -> str:
    texts = [text for term in asked.terms if not term.generic for text in term.texts]
    if many:
        texts += [name for one in asked.understood.names for name in names_of(one)]
    return expression(sorted({word for text in texts for word in words(text)}))


def _called(asked: Asked, source: TableSource, profiles: Mapping[str, Profile]) -> list[str]:
    """Return the documents whose name or kind holds a word of the question."""
    terms = [term for term in asked.terms if not term.generic]
    found = []
    for sha256, document in source.documents.items():
        context = context_words("", "", document.name, profiles.get(sha256))
        if any(in_context(term, context) for term in terms):
            found.append(sha256)
    return found[:_MOST_FORMS]


def is_field(sentence: AnnotatedSentence, unnamed: Collection[tuple[str, int]]) -> bool:
    """Return whether a sentence is a form field: a line "Ward: Maple", or a row of a table of fields."""
    if sentence.kind is ElementKind.TABLE_HEADER or not sentence.cells:
        return False
    return sentence.table is None or (sentence.document, sentence.table) in unnamed


def _asks_for(asked: Asked, sentence: AnnotatedSentence, many: bool) -> bool:
    for cell in sentence.cells:
        column = column_of(0, cell.column)
        if any(column.matched(term) for term in asked.terms if not term.generic):
            return True
        if many and any(
            set(name_parts(one)) <= set(name_parts(cell.text))
            for name in asked.understood.names
            for one in names_of(name)
        ):
            return True
    return False
