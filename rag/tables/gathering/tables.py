"""Find the grids that can hold the answer: by names of columns, words around them and words in rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from rag.question.understanding.understood import Relation
from rag.tables.asking.asked import Asked
from rag.tables.asking.intents import MANY, ROWS
from rag.tables.asking.terms import Term
from rag.tables.cells.days import name_date, spans_of
from rag.tables.gathering.forms import form_grids
from rag.tables.gathering.titles import named_in_title, title_above
from rag.tables.grids.columns import Column, column_of
from rag.tables.grids.grid import Grid
from rag.tables.grids.headers import unnamed, with_headers
from rag.tables.grids.load import grid_of
from rag.tables.grids.people import identifiers_of, name_parts, names_of
from rag.tables.grids.source import TableSource
from rag.tables.grids.undivided import divided
from rag.tables.planning.context import context_words, in_context
from rag.tables.planning.plan import MOST_UNEXPLAINED
from vault.annotations import AnnotatedSentence, Profile, Table
from vault.records import ElementKind
from vault.text.terms import expression
from vault.text.words import words

_MOST_TABLES = 60
"""How many tables are read for one question: those whose columns fit best."""
_UNPROMISING = 0.05
"""What a table promises where no column is named, but its rows may be counted or added up."""
_READ_WHOLE = 2_000
"""Up to how many rows a table is read whole; of a longer one the index finds the rows."""
_LONGEST_OF_A_FORM = 200
"""Rows. A document with a longer table is a list, no form."""
_MOST_ROWS = 200_000


def grids_for(asked: Asked, source: TableSource, profiles: Mapping[str, Profile]) -> Iterator[Grid]:
    """Yield the grids of a source that may hold the answer, with the rows that may be meant."""
    scope = source.scope
    scored = []
    forms: set[tuple[str, int]] = set()
    lists: set[str] = set()
    for table in source.sentences.tables(scope):
        if not any(table.columns):
            forms.add((table.document, table.table))
            continue
        if table.rows > _LONGEST_OF_A_FORM:
            lists.add(table.document)
        if table.document in source.documents and table.rows:
            score, missing = _promise(asked, table, source, profiles)
            if score > 0:
                scored.append((score, table, missing))
    scored.sort(key=lambda one: -one[0])
    names: dict[str, list[str]] = {}
    for _, table, missing in scored[:_MOST_TABLES]:
        held = [term for term in missing if _held(term, table.document, source)]
        if len(missing) - len(held) > MOST_UNEXPLAINED:
            continue
        rows = _rows(asked, table, held, source)
        for known, part in _parts(table, rows, under_header=_under_header(source, table, rows)):
            title = title_above(source, part[0])
            profile = profiles.get(table.document)
            subject = known.subject if known.heading == table.heading else ""
            if title and not subject and not _one_persons(profile):
                if table.document not in names:
                    names[table.document] = [
                        *[name for name, _ in source.sentences.names([table.document])],
                        *[
                            form
                            for one in asked.understood.names
                            for name in one.names
                            for form in _orders(name)
                        ],
                    ]
                subject = named_in_title(title, names[table.document])
            yield grid_of(source, replace(known, subject=subject), part, profile, title)
    yield from form_grids(asked, source, profiles, forms, lists)


def _orders(name: str) -> tuple[str, ...]:
    """Return a name with its parts in both orders."""
    return name, " ".join(reversed(name_parts(name))).title()


def _one_persons(profile: Profile | None) -> bool:
    """Return whether a document is about one person as a whole."""
    return profile is not None and [one.role for one in profile.subjects[:1]] in (["patient"], ["client"])


def _under_header(source: TableSource, table: Table, rows: Sequence[AnnotatedSentence]) -> bool:
    """Return whether a heading is right above a table without names of columns, which no other goes on."""
    if not rows or not unnamed(table.columns):
        return False
    above = {one.number: one for one in source.sentences.at(rows[0].document, rows[0].span.page)}
    below = {one.number: one for one in source.sentences.at(rows[-1].document, rows[-1].span.page)}
    before, after = above.get(rows[0].number - 1), below.get(rows[-1].number + 1)
    heads = before is not None and before.kind is ElementKind.HEADING
    return heads and (after is None or after.table is None)


def _parts(
    table: Table, rows: Sequence[AnnotatedSentence], *, under_header: bool
) -> Iterator[tuple[Table, Sequence[AnnotatedSentence]]]:
    """Yield what of a table belongs together, with its heading and the names of its columns."""
    known, kept = divided(table, rows) or (table, rows)
    for heading, part in _by_heading(kept).items():
        for named, own in with_headers(replace(known, heading=heading), part, under_header=under_header):
            if own:
                yield named, own


def _by_heading(rows: Sequence[AnnotatedSentence]) -> dict[str, list[AnnotatedSentence]]:
    """Return the rows under each heading: sheets with the same columns are read as one table."""
    found: dict[str, list[AnnotatedSentence]] = {}
    for row in rows:
        found.setdefault(row.heading, []).append(row)
    return found


def _promise(
    asked: Asked, table: Table, source: TableSource, profiles: Mapping[str, Profile]
) -> tuple[float, list[Term]]:
    """Return how much the columns of a table promise, and the terms that only its rows may hold."""
    columns = [column_of(index, name) for index, name in enumerate(table.columns)]
    named = [term for term in asked.terms if any(column.matched(term) for column in columns)]
    score = sum(0.3 if term.generic else 1.0 for term in named)
    score += any(column.suits(asked.understood.wanted) or column.value for column in columns) * 0.3
    score += any(name_date(name) for name in table.columns) * 0.3
    score += (len(columns) == 1 and not columns[0].name) * 0.2
    score += bool(asked.versions) * 0.3
    score += all(not one.name for one in columns) * 0.3
    if score <= 0 and asked.intent not in MANY:
        return 0.0, []
    score = score or _UNPROMISING
    name = source.documents[table.document].name
    context = context_words(table.heading, table.subject, name, profiles.get(table.document))
    open_terms = [term for term in asked.terms if term not in named and not (term.generic or term.soft)]
    around = [term for term in open_terms if in_context(term, context)]
    if asked.intent in ROWS:
        score += 0.2 * sum(term.generic and in_context(term, context) for term in asked.terms)
    missing = [term for term in open_terms if term not in around and term.own not in asked.denied]
    if any(column.identifier for column in columns):
        missing = [term for term in missing if not term.of_a_number]
    return score + 0.5 * len(around), missing


def _held(term: Term, sha256: str, source: TableSource) -> bool:
    """Return whether a document holds a term anywhere."""
    return bool(source.sentences.match(_expression(term), 1, [sha256]))


def _expression(term: Term) -> str:
    return " OR ".join(
        "(" + " AND ".join(f"({expression([word])})" for word in parts) + ")"
        for text in sorted(term.texts)
        if (parts := words(text))
    )


def _rows(
    asked: Asked, table: Table, missing: Sequence[Term], source: TableSource
) -> Sequence[AnnotatedSentence]:
    """Return the rows that may be meant: all of a short table, else those that hold what is asked."""
    if table.rows <= _READ_WHOLE:
        return source.sentences.rows(table.document, table.table, found=False)
    needed = [_expression(term) for term in missing]
    columns = [column_of(index, name) for index, name in enumerate(table.columns)]
    if any(column.person for column in columns):
        for name in asked.understood.names:
            needed.append(expression(sorted({part for one in names_of(name) for part in name_parts(one)})))
    needed += [_all_words(reference) for reference in asked.references]
    needed += _date_expressions(asked, columns)
    needed = [f"({one})" for one in needed if one]
    if not needed:
        return source.sentences.rows(table.document, table.table, found=False)
    hits = source.sentences.match(" AND ".join(needed), _MOST_ROWS, [table.document])
    found = source.sentences.by_id(sorted(identity for identity, _ in hits))
    return [one for one in found.values() if one.table == table.table and one.row is not None]


def _all_words(reference: str) -> str:
    words = [part for part in "".join(c if c.isalnum() else " " for c in reference).split() if part]
    return " AND ".join(f'"{word}"' for word in words)


def _date_expressions(asked: Asked, columns: Sequence[Column]) -> list[str]:
    """Return the forms under which the index keeps the single days and months that rows must have."""
    dates = asked.understood.dates
    if len(dates) != 1 or dates[0].relation is not Relation.ON or not any(one.dated for one in columns):
        return []
    forms = []
    for span in spans_of(dates[0]):
        first, last = span.first, span.last
        if first == last:
            forms.append(f"d{first:%m%d}" if span.yearless else f"d{first:%Y%m%d}")
        elif not span.yearless and (first.year, first.month) == (last.year, last.month):
            forms.append(f"m{first:%Y%m}")
    return [" OR ".join(f'"{form}"' for form in forms)] if len(forms) == len(spans_of(dates[0])) else []


def identifiers_by_name(asked: Asked, profiles: Collection[Profile]) -> dict[str, frozenset[str]]:
    """Return, by the name as written, the numbers under which documents know each asked person."""
    return {name.written: identifiers_of(name, profiles) for name in asked.understood.names}
