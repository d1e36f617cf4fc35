"""The questions about two people's sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from training.world.asking.asker import Gold
from training.world.asking.numbers import count_spellings, decimal
from training.world.dates import spellings
from training.world.scene import Scene
from training.world.sheets import question_wordings as wordings
from training.world.sheets.sheet import Sheet, plain

_WRONG = 5
_LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class Told:
    """A sheet with the places of what it says."""

    sheet: Sheet
    numbers: Mapping[tuple[int, int], Gold]
    """By entry and measurement."""
    signed: Mapping[int, Gold]

    def taken(self, at: int) -> list[int]:
        """Return the entries that have a number of a measurement."""
        return [row for row in range(len(self.sheet.entries)) if (row, at) in self.numbers]

    def value(self, row: int, at: int) -> float:
        """Return a number. Raises ValueError where none was taken."""
        value = self.sheet.entries[row].values[at]
        if value is None:
            raise ValueError(f"entry {row} has no number {at}")
        return value

    def right(self, row: int, at: int) -> str:
        """Return the spellings of a number."""
        text = plain(self.sheet.theme.metrics[at], self.value(row, at))
        return "|".join(dict.fromkeys((text, text.replace(".", ","))))

    def tempting(self, row: int, at: int) -> str:
        """Return a number as a wrong answer; empty where it may as well be a day: "28" in "28 June"."""
        text = plain(self.sheet.theme.metrics[at], self.value(row, at))
        return "" if text.isdigit() and int(text) <= _LAST_DAY else text

    def words(self, scene: Scene, at: int = 0) -> dict[str, str]:
        """Return the words of the wordings."""
        sheet, person, chance = self.sheet, self.sheet.person, scene.chance
        theme = sheet.theme
        asked = chance.one([*theme.metrics[at].asked, sheet.headers[at]])
        return {
            "metric": asked, "plain": person.plain, "last": person.last, "who": person.short,
            "whose": f"{chance.one((person.short, person.plain))}'s", "row": theme.row[0],
            "rows": theme.row[1], "name": theme.name, "column": theme.status[0].lower(),
            "did": theme.staff[1],
        }  # fmt: skip


def ask_about_sheets(scene: Scene, sheets: Sequence[Told]) -> None:
    """Ask everything about each of two sheets; the other one tempts."""
    for told, other in zip(sheets, reversed(sheets), strict=True):
        for at in range(len(told.sheet.theme.metrics)):
            if len(told.taken(at)) > 3:
                _values(scene, told, other, at)
                _computed(scene, told, other, at)
        _rows(scene, told)
        _in_vain(scene, told)


def _span(scene: Scene, told: Told, first: int, last: int) -> dict[str, str]:
    """Return the days of two entries as a question writes them."""
    days = [scene.asked_day(told.sheet.entries[row].day, year=True) for row in (first, last)]
    return {"day": days[0], "other": days[1]}


def _values(scene: Scene, told: Told, other: Told, at: int) -> None:
    asker, chance = scene.asker, scene.chance
    rows, entries = told.taken(at), told.sheet.entries
    row = chance.one(rows[1:-1])
    wrong = [told.tempting(one, at) for one in rows if one != row][:_WRONG]
    wrong += [other.tempting(one, at) for one in other.taken(at) if one == row]
    words = told.words(scene, at) | {"day": scene.asked_day(entries[row].day)}
    first = asker.ask(
        "value by date", wordings.VALUE, words, [told.right(row, at)], [told.numbers[row, at]], wrong
    )
    for then in chance.some([one for one in rows if one != row], 1):
        day = {"day": scene.asked_day(entries[then].day)}
        others = [told.tempting(one, at) for one in rows if one != then][:_WRONG]
        asker.ask(
            "follow-up", wordings.THEN, words | day, [told.right(then, at)], [told.numbers[then, at]], others,
            history=[first],
        )  # fmt: skip
    if (row, at) in other.numbers and other.sheet.entries[row].day == entries[row].day:
        asker.ask(
            "follow-up", wordings.OTHER_PERSON, other.words(scene, at), [other.right(row, at)],
            [other.numbers[row, at]], [told.right(row, at).split("|")[0]], history=[first],
        )  # fmt: skip
    for second in range(len(told.sheet.theme.metrics)):
        if second != at and (row, second) in told.numbers:
            asker.ask(
                "follow-up", wordings.OTHER_METRIC, told.words(scene, second), [told.right(row, second)],
                [told.numbers[row, second]], [told.right(row, at).split("|")[0]], history=[first],
            )  # fmt: skip
            break
    last = rows[-1]
    others = [told.tempting(one, at) for one in rows[:-1]][-_WRONG:]
    words = told.words(scene, at)
    right = [told.right(last, at)]
    asker.ask("current value", wordings.LATEST, words, right, [told.numbers[last, at]], others)
    place = chance.number(1, len(rows) - 2)
    between = entries[rows[place]].day
    words = told.words(scene, at) | {"day": scene.asked_day(between)}
    for pool, one in ((wordings.BEFORE, rows[place - 1]), (wordings.AFTER, rows[place + 1])):
        others = [told.tempting(each, at) for each in rows if each != one][:_WRONG]
        asker.ask("value before a date", pool, words, [told.right(one, at)], [told.numbers[one, at]], others)


def _computed(scene: Scene, told: Told, other: Told, at: int) -> None:
    asker, chance = scene.asker, scene.chance
    metric, entries = told.sheet.theme.metrics[at], told.sheet.entries
    rows = told.taken(at)
    values = {row: told.value(row, at) for row in rows}
    gold = [Gold(told.numbers[row, at].place) for row in rows]
    limit = sorted(values.values())[len(rows) // 2]
    over = [row for row in rows if values[row] > limit]
    words = told.words(scene, at) | {"limit": f"{plain(metric, limit)} {metric.unit}".strip()}
    if over:
        asker.ask("count", wordings.COUNT_OVER, words, [count_spellings(len(over))], gold)
        days = [spellings(entries[row].day, year=False) for row in over]
        others = [spellings(entries[row].day) for row in rows if row not in over][:_WRONG]
        asker.ask("list", wordings.LIST_OVER, words, days, [told.numbers[row, at] for row in over], others)
    first, last = sorted(chance.some(rows, 2))
    span = _span(scene, told, first, last)
    ends = [told.numbers[first, at], told.numbers[last, at]]
    change = abs(round(values[last] - values[first], 4))
    asker.ask("computed", wordings.CHANGE, words | span, [decimal(change, metric.decimals)], ends)
    asker.ask(
        "comparison", wordings.COMPARED, words | span, [told.right(first, at), told.right(last, at)], ends
    )
    if metric.added:
        asker.ask("computed", wordings.TOTAL, words, [decimal(sum(values.values()), metric.decimals)], gold)
        inside = [row for row in rows if first <= row <= last]
        total = sum(values[row] for row in inside)
        asker.ask("computed", wordings.TOTAL_BETWEEN, words | span, [decimal(total, metric.decimals)], gold)
    else:
        average = sum(values.values()) / len(values)
        digits = range(metric.decimals, metric.decimals + 3)
        right = "|".join(dict.fromkeys(f"{average:.{number}f}" for number in digits))
        asker.ask("computed", wordings.AVERAGE, words, [right], gold)
    for pool, pick in ((wordings.HIGHEST, max), (wordings.LOWEST, min)):
        best = pick(values.values())
        row = next(one for one in rows if values[one] == best)
        others = [other.tempting(one, at) for one in other.taken(at)][:_WRONG]
        asker.ask("computed", pool, words, [told.right(row, at)], [told.numbers[row, at]], others)


def _rows(scene: Scene, told: Told) -> None:
    asker, chance = scene.asker, scene.chance
    entries, theme = told.sheet.entries, told.sheet.theme
    gold = list(told.signed.values())
    words = told.words(scene)
    asker.ask("count", wordings.COUNT, words, [count_spellings(len(entries))], gold)
    first, last = sorted(chance.some(range(len(entries)), 2))
    span = _span(scene, told, first, last)
    asker.ask("count", wordings.COUNT_BETWEEN, words | span, [count_spellings(last - first + 1)], gold)
    days = (entries[-1].day - entries[0].day).days
    asker.ask("date arithmetic", wordings.APART, words, [str(days)], gold)
    staff = chance.one(sorted({one.staff.short for one in entries}))
    own = sum(one.staff.short == staff for one in entries)
    asker.ask("count", wordings.COUNT_STAFF, words | {"staff": staff}, [count_spellings(own)], gold)
    status = chance.one(sorted({one.status for one in entries}))
    own_rows = [row for row, one in enumerate(entries) if one.status == status]
    words |= {"status": status}
    asker.ask("count", wordings.COUNT_STATUS, words, [count_spellings(len(own_rows))], gold)
    right = [spellings(entries[row].day, year=False) for row in own_rows]
    others = [spellings(one.day) for one in entries if one.status != status][:_WRONG]
    signed = [told.signed[row] for row in own_rows if row in told.signed]
    if signed:
        asker.ask("list", wordings.LIST_STATUS, words, right, signed, others)
    row = chance.one(sorted(told.signed))
    words |= {"day": scene.asked_day(entries[row].day), "did": theme.staff[1]}
    wrong = sorted({one.staff.last for one in entries} - {entries[row].staff.last})
    asker.ask("person", wordings.WHO, words, [entries[row].staff.last], [told.signed[row]], wrong)


def _in_vain(scene: Scene, told: Told) -> None:
    """Ask for what no sheet holds: another measurement, another day, another person, another condition."""
    asker, chance, entries = scene.asker, scene.chance, told.sheet.entries
    words = told.words(scene)
    entry = chance.one(entries)
    absent = words | {"metric": chance.one(told.sheet.theme.absent), "day": scene.asked_day(entry.day)}
    for pool in chance.some((wordings.VALUE, wordings.LATEST, wordings.HIGHEST, wordings.AVERAGE), 2):
        asker.ask_in_vain(pool, absent)
    taken = {one.day for one in entries}
    day = next(day for add in range(1, 400) if (day := entry.day + timedelta(days=add)) not in taken)
    asker.ask_in_vain(wordings.VALUE, words | {"day": scene.asked_day(day, year=True)})
    stranger = scene.people.one()
    unknown = words | {"plain": stranger.plain, "last": stranger.last, "who": stranger.short,
                       "whose": f"{stranger.plain}'s", "day": scene.asked_day(entry.day)}  # fmt: skip
    asker.ask_in_vain(chance.one((wordings.VALUE, wordings.LATEST, wordings.COUNT)), unknown)
    asker.ask_in_vain(
        wordings.COUNT_STATUS, words | {"status": chance.one(("at home", "sterile", "disputed"))}
    )
