"""What tells a right answer of a table from a wrong one: how the question is accounted for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.question.understanding.understood import Intent, Relation
from rag.question.wanted import Wanted
from rag.tables.asking.asked import Asked
from rag.tables.asking.intents import MANY, ROWS
from rag.tables.asking.terms import Term, phrase, stem_set
from rag.tables.cells.days import spans_of
from rag.tables.composing.entries import entries_of, people_of
from rag.tables.composing.lists import rows_named
from rag.tables.grids.columns import Column
from rag.tables.planning.explained import column_score, fit_of
from rag.tables.planning.plan import Plan

SIGNALS = (
    "given",
    "unexplained",
    "unexplained_share",
    "idle",
    "terms",
    "named_target",
    "target_unsaid",
    "by_unit",
    "no_target",
    "keyed",
    "around",
    "in_long_text",
    "person_sure",
    "nobody_of_several",
    "unknown_name",
    "dates",
    "dates_not_met",
    "dated_by_heading",
    "two_readings",
    "rival",
    "more_plans",
    "form",
    "turned",
    "no_header",
    "wanted_met",
    "wanted_missed",
    "several_values",
    "not_certain",
    "corrected",
    "limit",
    "rows",
    "uncounted",
    "form_missed",
    "asks_more",
    "undated_latest",
    "value",
    "latest",
    "before",
    "count",
    "list",
    "total",
    "extreme",
    "difference",
    "comparison",
    "series",
    "second_try",
    "who_on_a_day",
)
"""The names of the signals, in the order in which they are fitted."""
_MOST_ROWS = 50
"""How many rows tell in what cells a word stands."""
_ASKS_MORE = re.compile(
    r"\band (?:at )?(?:how (?:much|many|often|long)|what|which|when|who|where|why)\b", re.IGNORECASE
)
_GROUPS: Mapping[str, tuple[Intent, ...]] = {
    "latest": (Intent.LATEST, Intent.EARLIEST),
    "count": (Intent.COUNT,),
    "list": (Intent.LIST,),
    "total": (Intent.SUM, Intent.AVERAGE),
    "extreme": (Intent.HIGHEST, Intent.LOWEST),
    "difference": (Intent.DIFFERENCE, Intent.DURATION),
    "comparison": (Intent.COMPARISON,),
}


def signals_of(
    asked: Asked, answer: DirectAnswer, plans: Sequence[Plan], others: Sequence[Plan], *, second: bool
) -> dict[str, float]:
    """Return the signals of an answer that was made of `plans`; `others` are all plans that there were.

    `second` says whether a name was taken for a common word, or a person for the words that describe them.
    """
    used = _used(answer, plans) or list(plans)
    plan = max(used, key=lambda one: one.score)
    fit = fit_of(asked, plan.grid)
    target = plan.targets[0] if plan.targets else None
    understood = asked.understood
    telling = [term for term in asked.terms if not term.generic]
    named = [term for term in telling if target is not None and term in fit.columns.get(target.index, {})]
    idle = [
        term
        for term in asked.terms
        if term.generic
        and not fit.named_by(term)
        and term not in fit.around
        and term not in plan.unexplained
        and term.own not in asked.denied
    ]
    rivals = [one.score for one in others if all(one.grid is not own.grid for own in used)]
    dates = understood.dates
    entries = [entry for one in used for entry in entries_of(one)]
    people = people_of(entries)
    found = {
        "given": answer.confidence,
        "unexplained": float(len(plan.unexplained)),
        "unexplained_share": len(plan.unexplained) / max(1, len(telling)),
        "idle": math.log1p(len(idle)),
        "terms": math.log1p(len(telling)),
        "named_target": float(bool(named)),
        "target_unsaid": _unsaid(target, plan, asked),
        "by_unit": float(bool(named) and target is not None
                         and all(fit.columns[target.index][term] == {"unit"} for term in named)),
        "no_target": float(target is None),
        "keyed": float(plan.keyed),
        "around": math.log1p(sum(term in fit.around for term in telling)),
        "in_long_text": max(
            (_around_it(term, plan) for term in telling if not fit.named_by(term)), default=0.0
        ),
        "person_sure": plan.sure if understood.names else 0.0,
        "nobody_of_several": float(
            not understood.names and len(people) > 1 and asked.intent not in MANY
        ),
        "unknown_name": float(any(not one.names for one in understood.names)),
        "dates": float(bool(dates)),
        "dates_not_met": float(bool(dates) and not plan.dated_by_rows and plan.grid.table_date is None),
        "dated_by_heading": float(
            bool(dates) and not plan.dated_by_rows and plan.grid.table_date is not None
        ),
        "two_readings": float(any(len(spans_of(one)) > 1 for one in dates)),
        "rival": max(0.0, 1.0 - (plan.score - max(rivals))) if rivals else 0.0,
        "more_plans": math.log(_others(answer, plans)),
        "form": float(plan.grid.form),
        "turned": float(plan.grid.turned),
        "no_header": float(not any(column.name for column in plan.grid.columns)),
        **_wanted(understood.wanted, answer, target, plan),
        "several_values": float(answer.form in (AnswerForm.LIST, AnswerForm.SERIES)
                                and asked.intent not in (*ROWS, Intent.OVER_TIME)),
        "not_certain": float(not understood.certain),
        "corrected": float(len(understood.corrections)),
        "limit": float(asked.limit is not None),
        "rows": math.log1p(len(answer.rows)),
        "uncounted": float(asked.intent is Intent.COUNT and not _counted_named(asked, plan)),
        "form_missed": float(_form_missed(asked, answer)),
        "asks_more": float(_ASKS_MORE.search(understood.text) is not None
                           and answer.form is AnswerForm.VALUE and len(plan.targets) < 2),
        "undated_latest": float("does not say of when" in answer.note),
        "before": float(any(one.relation is not Relation.ON for one in dates)),
        "series": float(answer.form is AnswerForm.SERIES),
        "second_try": float(second),
        "who_on_a_day": float(
            understood.wanted is Wanted.PERSON and plan.dated_by_rows
            and target is not None and target.suits(Wanted.PERSON)
        ),
        "value": float(asked.intent is Intent.FACT),
    }  # fmt: skip
    for name, intents in _GROUPS.items():
        found[name] = float(asked.intent in intents)
    return found


def _used(answer: DirectAnswer, plans: Sequence[Plan]) -> list[Plan]:
    """Return the plans with rows that the answer cites."""
    cited = {(one.sha256, one.page, one.start) for one in answer.citations}
    return [
        plan
        for plan in plans
        if any(
            (plan.grid.sha256, cell.sentence.span.page, cell.sentence.span.start) in cited
            for row in plan.rows
            for cell in row.cells
            if cell is not None
        )
    ]


def _around_it(term: Term, plan: Plan) -> float:
    """Return how much else stands in the cells that hold a term: a remark tells less than a name."""
    found = [
        len(stem_set(text)) - len(term.own)
        for row in plan.rows[:_MOST_ROWS]
        for text in row.texts()
        if term.stands_in(text)
    ]
    return math.log1p(max(0, min(found))) if found else 0.0


def _unsaid(target: Column | None, plan: Plan, asked: Asked) -> float:
    """Return the part of the words of the target's name that the question does not say."""
    if target is None or not target.stems:
        return 0.0
    fit = fit_of(asked, plan.grid)
    said = {stem for stems in fit.columns.get(target.index, {}).values() for stem in stems}
    unsaid = [stem for stem in target.stems if stem not in said]
    return len(unsaid) / len(target.stems) if column_score(target, fit) else 0.0


def _others(answer: DirectAnswer, plans: Sequence[Plan]) -> int:
    """Return how many plans there are, like forms that the answer goes over together counted as one."""
    documents = {row.citation.sha256 for row in answer.rows}
    forms = sum(plan.grid.form for plan in plans)
    return len(plans) - forms + 1 if len(documents) > 1 and forms > 1 else len(plans)


def _wanted(wanted: Wanted, answer: DirectAnswer, target: Column | None, plan: Plan) -> dict[str, float]:
    """Return whether the kind of thing that is wanted stands in the answer, as far as that can be told."""
    rows = [row for row in answer.rows if row.text]
    met = {
        Wanted.DATE: any(row.date is not None for row in rows)
        or (target is not None and target in plan.grid.date_columns),
        Wanted.MONEY: any(row.unit[:1] in ("£", "€", "$") for row in rows),
        Wanted.DOSE: any(any(character.isdigit() for character in row.text) for row in rows),
        Wanted.AMOUNT: answer.form is AnswerForm.COUNT or any(row.number is not None for row in rows),
        Wanted.PERSON: any(row.number is None for row in rows),
        Wanted.MEDICINE: any(row.number is None for row in rows),
        Wanted.DURATION: True,
        Wanted.IDENTIFIER: target is not None and target.identifier,
    }.get(wanted)
    if met is None or plan is None:
        return {"wanted_met": 0.0, "wanted_missed": 0.0}
    return {"wanted_met": float(met), "wanted_missed": float(not met)}


def _counted_named(asked: Asked, plan: Plan) -> bool:
    """Return whether what is counted is named: by a column, a heading, the document, or whole cells."""
    fit = fit_of(asked, plan.grid)
    return any(
        term in fit.around
        or rows_named(asked, plan.rows)
        or (fit.named_by(term) and not term.generic)
        or all(any(phrase(text) == term.own for text in row.texts()) for row in plan.rows)
        for term in asked.terms
    )


def _form_missed(asked: Asked, answer: DirectAnswer) -> bool:
    """Return whether many are asked for and one is given: no count, a list of one value, a sum of one row."""
    if asked.intent is Intent.COUNT:
        return answer.form is not AnswerForm.COUNT
    if asked.intent is Intent.LIST:
        return answer.form is AnswerForm.VALUE
    return asked.intent in (Intent.SUM, Intent.AVERAGE) and len(answer.rows) == 1
