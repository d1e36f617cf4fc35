"""Answer a question from tables and form fields, or say that no table surely answers it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.direct.answer import DirectAnswer
from rag.question.understanding.understood import Intent, Understood
from rag.question.wanted import Wanted
from rag.tables.asking.asked import Asked, asked_of
from rag.tables.asking.intents import COMPUTED, ROWS
from rag.tables.asking.terms import phrase
from rag.tables.composing.compared import comparison_answer
from rag.tables.composing.computed import computed_answer
from rag.tables.composing.durations import duration_answer
from rag.tables.composing.lists import rows_answer
from rag.tables.composing.values import value_answer
from rag.tables.described import with_described_person
from rag.tables.gathering.tables import grids_for, identifiers_by_name
from rag.tables.grids.source import TableSource
from rag.tables.planning.context import grid_context
from rag.tables.planning.plan import Plan, plan_of
from rag.tables.signals import signals_of
from rag.weights.tables import table_sureness
from vault.annotations import Profile

_NEAR_BEST = 0.2
"""How much less well than in the best grid a question may name a column that counts as well."""
_NAMED_PLACE = re.compile(
    r"\b(lists?|sheets?|books?|registers?|logs?|charts?|exports?|diar(?:y|ies)|rotas?|reports?|letters?|summar(?:y|ies)"
    r"|schedules?|notes?|tables?|spreadsheets?|statements?|ledgers?)\b",
    re.IGNORECASE,
)
"""Words for a document by which a question may say where it is to be counted."""
_HOW_MANY = re.compile(r"\b(?:how many|number of)\b", re.IGNORECASE)
Composer = Callable[[Asked, Sequence[Plan]], DirectAnswer | None]
_COMPOSERS: Mapping[Intent, Composer] = {
    Intent.FACT: value_answer,
    Intent.LATEST: value_answer,
    Intent.EARLIEST: value_answer,
    Intent.OVER_TIME: value_answer,
    Intent.LIST: rows_answer,
    Intent.COUNT: rows_answer,
    Intent.SUM: computed_answer,
    Intent.AVERAGE: computed_answer,
    Intent.HIGHEST: computed_answer,
    Intent.LOWEST: computed_answer,
    Intent.DIFFERENCE: computed_answer,
    Intent.DURATION: duration_answer,
    Intent.COMPARISON: comparison_answer,
}
"""What composes the answer to each intent; the others are no questions for tables."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer with what tells how sure it is."""

    answer: DirectAnswer
    signals: Mapping[str, float]


def answer_from_tables(understood: Understood, sources: Sequence[TableSource]) -> DirectAnswer | None:
    """Return the answer that rows and cells of tables or form fields give.

    None wherever no table answers surely: words of the question that nothing accounts for, no row of the
    date or person that is asked for, several values that could be meant.
    """
    found = best_answer(understood, sources)
    if found is None or found.answer.confidence < table_sureness().threshold:
        return None
    return found.answer


def best_answer(understood: Understood, sources: Sequence[TableSource]) -> Found | None:
    """Return the answer that tables give best, however unsure; its confidence is how surely it is right."""
    asked = asked_of(understood)
    if asked.intent not in _COMPOSERS:
        return None
    if (found := _answer(asked, sources)) is not None:
        return found
    described = with_described_person(asked, sources)
    if described is not None and (found := _answer(asked_of(described), sources, second=True)) is not None:
        return found
    words = [one.written for one in understood.names if one.written == one.written.lower()]
    if not words:
        return None
    # A word in small letters may have been taken for a name: "medicines", "invoices".
    names = tuple(one for one in understood.names if one.written not in words)
    loose = [part for written in words for part in written.split()]
    topic = (*understood.topic, *loose)
    return _answer(asked_of(replace(understood, names=names, topic=topic), loose), sources, second=True)


def _answer(asked: Asked, sources: Sequence[TableSource], *, second: bool = False) -> Found | None:
    if not asked.terms and not asked.references:
        return None
    if asked.beside_an_event and asked.intent not in COMPUTED:
        return None
    all_plans = plans_for(asked, sources)
    plans = all_plans if asked.versions else of_one_layout(asked, best_plans(all_plans))
    answer = _COMPOSERS[asked.intent](asked, plans) if plans else None
    if answer is None and asked.intent is Intent.LIST:
        answer = value_answer(replace(asked, intent=Intent.FACT), plans)
    if answer is None and asked.intent is Intent.COUNT and asked.limit is None:
        answer = computed_answer(replace(asked, intent=Intent.SUM), plans)
    if answer is None and asked.intent is Intent.SUM and _HOW_MANY.search(asked.understood.text):
        # "How many … in total": rows are counted where no column has numbers of them.
        understood = replace(asked.understood, wanted=Wanted.AMOUNT)
        counted = replace(asked, understood=understood, intent=Intent.COUNT)
        return _answer(counted, sources, second=second)
    if answer is None:
        return None
    signals = signals_of(asked, answer, plans, all_plans, second=second)
    return Found(replace(answer, confidence=round(table_sureness().of(signals), 3)), signals)


def plans_for(asked: Asked, sources: Sequence[TableSource]) -> list[Plan]:
    """Return the plans of all grids of all sources that can hold the answer."""
    plans: list[Plan] = []
    for source in sources:
        profiles: dict[str, Profile] = source.sentences.profiles(source.scope)
        identifiers = identifiers_by_name(asked, list(profiles.values()))
        for grid in grids_for(asked, source, profiles):
            plan = plan_of(asked, grid, identifiers)
            if plan is not None:
                plans.append(plan)
    return plans


def best_plans(plans: Sequence[Plan]) -> list[Plan]:
    """Return the plans whose columns the question names best, and those that name them nearly as well."""
    if not plans:
        return []
    best = max(plan.score for plan in plans)
    sure = max(plan.sure for plan in plans if plan.score >= best - _NEAR_BEST)
    return [plan for plan in plans if plan.score >= best - _NEAR_BEST and plan.sure >= sure - _NEAR_BEST]


def of_one_layout(asked: Asked, plans: Sequence[Plan]) -> list[Plan]:
    """Return the plans whose rows may be counted together: of tables with the same columns.

    Two tables with other columns may say the same things twice, as a list of the day and an export of all
    appointments do. Of those, the one counts that the question names: "on the list"; else none.
    """
    tables = {
        tuple(column.name for column in plan.grid.columns): plan for plan in plans if not plan.grid.form
    }
    if asked.intent not in ROWS or len(tables) < 2:
        return list(plans)
    said = _NAMED_PLACE.findall(asked.understood.text)
    places = {stem for word in said for stem in phrase(word)}
    named = [plan for plan in plans if places & grid_context(plan.grid)]
    layouts = {tuple(column.name for column in plan.grid.columns) for plan in named}
    if len(layouts) == 1:
        return named
    return list(plans) if asked.intent is Intent.LIST else []
