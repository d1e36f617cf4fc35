"""People whom a question describes by a cell of a table: "the creatinine of bed 9" is that of one patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.question.understanding.understood import AskedName, Understood
from rag.tables.asking.asked import Asked
from rag.tables.asking.terms import Term
from rag.tables.grids.columns import column_of
from rag.tables.grids.load import grid_of
from rag.tables.grids.people import names_of, person_of, same_person
from rag.tables.grids.source import TableSource

_LONGEST_LIST = 500
"""A longer table is no list of beds, rooms or units."""


def with_described_person(asked: Asked, sources: Sequence[TableSource]) -> Understood | None:
    """Return the question with the name of the person in place of the words that describe them.

    None where no words do, or several people fit. A name that the question has already must be the same.
    """
    understood = asked.understood
    for number in asked.terms:
        if not number.number:
            continue
        for word in asked.terms:
            if word.number or word.generic:
                continue
            people = _people(word, number, sources)
            if len(people) != 1:
                continue
            if understood.names and not any(
                same_person(name, people[0]) for one in understood.names for name in names_of(one)
            ):
                return None
            names = understood.names or (AskedName(people[0], (people[0],)),)
            spent = {word.written.lower(), number.written}
            topic = tuple(one for one in understood.topic if one.lower() not in spent)
            text = understood.text.replace(f"{word.written} {number.written}", "")
            return replace(understood, names=names, topic=topic, text=text)
    return None


def _people(word: Term, number: Term, sources: Sequence[TableSource]) -> list[str]:
    """Return the people in whose rows a number stands under a column of that name: bed 9."""
    found: list[str] = []
    for source in sources:
        for table in source.sentences.tables(source.scope):
            columns = [column_of(index, name) for index, name in enumerate(table.columns)]
            keys = [column for column in columns if column.matched(word)]
            has_people = any(column.person and not column.identifier for column in columns)
            if (
                not keys
                or not has_people
                or table.rows > _LONGEST_LIST
                or table.document not in source.documents
            ):
                continue
            grid = grid_of(source, table, source.sentences.rows(table.document, table.table), None)
            for row in grid.rows:
                cell = row.cells[keys[0].index]
                if cell is None or cell.text.strip() != number.written:
                    continue
                person = person_of(grid, row)
                if person and not any(same_person(person, other) for other in found):
                    found.append(person)
    return found
