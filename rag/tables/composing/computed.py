"""Sums, averages, extremes and differences, computed from cited cells only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from rag.direct.answer import AnswerForm, DirectAnswer
from rag.question.understanding.understood import Intent, Relation
from rag.tables.asking.asked import Asked
from rag.tables.cells.days import fits
from rag.tables.cells.numbers import with_unit
from rag.tables.composing.chosen import dated_right
from rag.tables.composing.entries import (
    Entry,
    entries_of,
    in_order,
    of_person,
    people_of,
    same_units,
)
from rag.tables.composing.lines import computed, line_of, quoted, sureness
from rag.tables.composing.lists import complete
from rag.tables.planning.plan import Plan
from vault.text.readable import readable

_SURE = 0.85
_NOT_SAID_WHEN = 0.6
_MOST_ADDENDS = 12
"""Up to how many numbers are written out in the line."""
_MONEY = ("£", "€", "$", "")
"""Units of sums of money; a column without a unit may hold such sums as well."""
_REMARKS = ("remark", "comment", "note", "reason", "bemerkung", "caus")


def computed_answer(asked: Asked, plans: Sequence[Plan]) -> DirectAnswer | None:
    """Return the sum, average, extreme or difference of the numbers that fit; None where they do not go
    together: without numbers, with several units, or of several things."""
    entries = [entry for plan in plans for entry in entries_of(plan)]
    entries = dated_right(asked, entries)
    numbers = [entry for entry in entries if entry.number is not None]
    if not numbers or not same_units(numbers):
        return None
    if asked.intent is Intent.DIFFERENCE:
        return _difference(asked, numbers)
    if asked.intent in (Intent.HIGHEST, Intent.LOWEST):
        return _extreme(asked, numbers)
    totals = [entry for entry in numbers if entry.total]
    if asked.intent is Intent.SUM and len(totals) == 1:
        return quoted(line_of(totals[0]), totals, AnswerForm.VALUE, sureness(totals, _SURE))
    parts = [entry for entry in numbers if not entry.total]
    missing = sum(not entry.total for entry in entries) - len(parts)
    return _sum_or_average(asked, parts, missing)


def _sum_or_average(asked: Asked, parts: Sequence[Entry], missing: int) -> DirectAnswer | None:
    values = [entry.number.value for entry in parts if entry.number is not None and not entry.number.bound]
    if not values or len(values) < len(parts) or len({entry.column.name for entry in parts}) > 1:
        return None
    if not _one_person_or_all(asked, parts):
        return None
    if len(parts) == 1:
        return quoted(line_of(parts[0]), parts, AnswerForm.VALUE, sureness(parts, _SURE))
    total = sum(values, Decimal(0))
    unit = parts[0].unit
    average = asked.intent is Intent.AVERAGE
    result = _rounded(total / len(values), values) if average else total
    label = ", ".join(
        filter(None, ["Average" if average else "Sum", parts[0].column.name, *_person(asked, parts)])
    )
    addends = " + ".join(f"{value:,f}" for value in values) if len(values) <= _MOST_ADDENDS else ""
    shown = f"({addends}) / {len(values)}" if average and addends else addends or f"{len(values)} rows"
    text = f"{label}: {with_unit(_plain(result, unit), unit)} ({shown})"
    whole, note = complete(parts)
    if missing:
        whole, note = False, f"{note} {missing} rows without a number are left out.".strip()
    return computed(text, in_order(parts), AnswerForm.SUM, sureness(parts, _SURE), note=note, complete=whole)


def _plain(value: Decimal, unit: str) -> Decimal:
    """Return a whole number without the zeros behind its point, but never a sum of money: 7.5 + 2.5 is 10."""
    return value.quantize(Decimal(1)) if unit not in _MONEY and value == value.to_integral_value() else value


def _rounded(value: Decimal, values: Sequence[Decimal]) -> Decimal:
    """Return an average with one digit more than the values have."""
    digits = max(max(0, -int(one.as_tuple().exponent)) for one in values) + 1
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _one_person_or_all(asked: Asked, entries: Sequence[Entry]) -> bool:
    return not asked.understood.names or len(people_of(entries)) <= 1 or len(asked.understood.names) > 1


def _person(asked: Asked, entries: Sequence[Entry]) -> list[str]:
    people = people_of(entries)
    return people if asked.understood.names and len(people) == 1 else []


def _extreme(asked: Asked, numbers: Sequence[Entry]) -> DirectAnswer | None:
    """Return the highest or lowest value, with all rows that were compared."""
    rows = [entry for entry in numbers if not entry.total]
    if len({entry.column.name for entry in rows}) > 1:
        return None
    people = people_of(rows)
    if asked.understood.names and len(people) > 1 and len(asked.understood.names) < 2:
        return None
    if len(asked.understood.names) >= 2:
        from_each = [_of_their_day(asked, of_person(rows, person)) for person in people]
        if len(people) < 2 or any(one is None for one in from_each):
            return None
        rows = [one for one in from_each if one is not None]
    pick = max if asked.intent is Intent.HIGHEST else min
    best = pick(entry.number.value for entry in rows if entry.number is not None)
    chosen = [entry for entry in rows if entry.number is not None and entry.number.value == best]
    word = "highest" if asked.intent is Intent.HIGHEST else "lowest"
    text = f"{word.capitalize()} of {len(rows)}: " + "; ".join(
        _with_remark(asked, entry) for entry in chosen[:3]
    )
    if len(asked.understood.names) >= 2:
        others = [entry for entry in rows if entry not in chosen]
        text = "; ".join([text, *(line_of(entry) for entry in others)])
    ordered = [*chosen, *(entry for entry in in_order(rows) if entry not in chosen)]
    whole, note = complete(rows)
    return computed(text, ordered, AnswerForm.COMPARISON, sureness(rows, _SURE), note=note, complete=whole)


def _of_their_day(asked: Asked, entries: Sequence[Entry]) -> Entry | None:
    """Return the entry of one person that is compared: of the day that is asked for, else the latest one."""
    ordered = in_order(entries)
    if not ordered:
        return None
    on_a_day = any(one.relation is Relation.ON for one in asked.understood.dates)
    if on_a_day and len({entry.day for entry in ordered}) > 1:
        return None
    return ordered[-1]


def _with_remark(asked: Asked, entry: Entry) -> str:
    line = line_of(entry)
    if entry.plan.grid.form:
        line = f"{line} ({entry.plan.grid.document_name})"
    key = entry.plan.key
    named = entry.row.cells[key.index] if key is not None else None
    if named is not None and entry.date is None and readable(named.text) not in line:
        line = f"{readable(named.text)}, {line}"
    if not asked.why:
        return line
    for column in entry.plan.grid.columns:
        cell = entry.row.cells[column.index]
        if cell is not None and any(stem in _REMARKS for stem in column.stems):
            line = f"{line} ({readable(cell.text)})"
    return line


def _difference(asked: Asked, numbers: Sequence[Entry]) -> DirectAnswer | None:
    """Return by how much a value differs between two days, two rows or two people."""
    rows = [entry for entry in numbers if not entry.total and entry.number is not None]
    ends = _ends(asked, rows)
    if ends is None:
        return None
    first, last = ends
    if first.number is None or last.number is None or first.number.bound or last.number.bound:
        return None
    change = last.number.value - first.number.value
    unit = first.unit
    up = "higher" if change > 0 else "lower" if change < 0 else "the same"
    amount = with_unit(abs(change), unit)
    if first.day is not None and last.day is not None and first.day != last.day:
        verb = "rose by" if change > 0 else "fell by" if change < 0 else "did not change"
        said = f"{verb} {amount}".strip() if change else verb
        label = ", ".join(filter(None, [first.what, first.person]))
        text = f"{label}, {said}: {first.text} ({first.when}), {last.text} ({last.when})"
    else:
        said = f"{amount} {up}" if change else up
        text = f"{line_of(last)}; {line_of(first)}; difference: {said if change else 'none'}"
    explicit = bool(asked.understood.dates or asked.references or len(asked.understood.names) > 1)
    most = _SURE if explicit else _NOT_SAID_WHEN
    return computed(text, [first, last], AnswerForm.SUM, sureness([first, last], most))


def _ends(asked: Asked, rows: Sequence[Entry]) -> tuple[Entry, Entry] | None:
    """Return the two entries between which the difference is asked for; None where they are not clear."""
    people = people_of(rows)
    if len(people) == 2 and len(asked.understood.names) >= 2:
        each = [_of_their_day(asked, of_person(rows, person)) for person in people]
        return (each[0], each[1]) if each[0] is not None and each[1] is not None else None
    if len(people) > 1:
        return None
    dates = asked.understood.dates
    dated = in_order(entry for entry in rows if entry.date is not None)
    if len(dates) == 2:
        found = [[entry for entry in dated if entry.date and fits(entry.date, one)] for one in dates]
        if not all(found):
            return None
        first, last = found
        return _single(first[0], last[-1], rows)
    if len(dates) == 1 and dates[0].relation in (Relation.BETWEEN, Relation.ON) and len(dated) >= 2:
        if not any(_covers(asked, dated[0], dated[-1])):
            return None
        return _single(dated[0], dated[-1], rows)
    if len(dates) == 1 and dates[0].relation is Relation.SINCE and len(dated) >= 2:
        return _single(dated[0], dated[-1], rows)
    if dates:
        return None
    if len(dated) >= 2:
        return _single(dated[0], dated[-1], rows)
    return (rows[0], rows[1]) if len(rows) == 2 else None


def _single(first: Entry, last: Entry, rows: Sequence[Entry]) -> tuple[Entry, Entry] | None:
    """Return the ends if nothing else stands under their days."""
    for end in (first, last):
        if len({entry.text for entry in rows if entry.day == end.day}) > 1:
            return None
    return (first, last) if first.day != last.day else None


def _covers(asked: Asked, first: Entry, last: Entry) -> list[bool]:
    """Return, for each reading of the asked range, whether the two entries stand at its ends.

    A range of days has a row on both days; a range of months has rows in both months.
    """
    found = []
    for start, end in asked.understood.dates[0].readings:
        if first.day is None or last.day is None:
            found.append(False)
        elif start.day == 1 and (end.month, end.day) != (start.month, 1) and _month_end(end):
            found.append(
                (
                    (first.day.year, first.day.month) == (start.year, start.month)
                    and (last.day.year, last.day.month) == (end.year, end.month)
                )
                or (start.month == 1 and end.month == 12 and start.year == end.year)
            )
        else:
            found.append(first.day == start and last.day == end)
    return found


def _month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
