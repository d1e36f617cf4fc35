"""Questions on values by date, one row a date: on, before, latest, highest, how many, how they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from training.world.asking.asker import Gold, cell
from training.world.asking.numbers import count_spellings, decimal
from training.world.dates import month, spellings
from training.world.draft import Place
from training.world.scene import Scene
from training.world.sides import Pool


@dataclass(frozen=True, slots=True)
class Row:
    """One value on its day."""

    day: date
    text: str
    value: float
    place: Place
    column: int = 0
    """Of the cell with the value."""

    @property
    def gold(self) -> Gold:
        """The cell."""
        return cell(self.place, self.column)


@dataclass(frozen=True, slots=True)
class Series:
    """All values of one kind of one person or firm, in order of time."""

    what: tuple[str, ...]
    """Names of what is measured, the plain one first, then short and everyday ones with their kind."""
    who: tuple[str, ...]
    rows: tuple[Row, ...]
    decimals: int
    others: tuple[Row, ...] = ()
    """Rows of somebody else, or of something else that is easily taken for it."""
    money: bool = False
    short: str = ""
    everyday: str = ""


@dataclass(frozen=True, slots=True)
class SeriesWordings:
    """Wordings with {what}, {who}, {day}, {other}, {month}."""

    on: Pool[str]
    before: Pool[str]
    latest: Pool[str]
    earliest: Pool[str]
    highest: Pool[str]
    lowest: Pool[str]
    difference: Pool[str]
    count: Pool[str]
    over_time: Pool[str]
    apart: Pool[str]


def ask_series(scene: Scene, series: Series, wordings: SeriesWordings) -> None:
    """Add questions on the series."""
    rows = series.rows
    if len(rows) < 3:
        return
    _ask_on(scene, series, wordings)
    _ask_before(scene, series, wordings)
    _ask_ends(scene, series, wordings)
    _ask_extremes(scene, series, wordings)
    _ask_difference(scene, series, wordings)
    _ask_counts(scene, series, wordings)
    _ask_in_vain(scene, series, wordings)


def _words(scene: Scene, series: Series, what: str = "") -> dict[str, str]:
    return {"what": what or series.what[0], "who": scene.chance.one(series.who)}


def _wrong(series: Series, right: Row) -> tuple[list[str], list[Place]]:
    """Return the values of the rows near in time, and of others on the same day or near it."""
    near = sorted((row for row in series.rows if row is not right), key=lambda row: abs(row.day - right.day))
    others = sorted(series.others, key=lambda row: abs(row.day - right.day))
    chosen = [*near[:4], *others[:2]]
    return [row.text for row in chosen], [row.place for row in chosen]


def _ask_on(scene: Scene, series: Series, wordings: SeriesWordings) -> None:
    for row in scene.chance.some(series.rows, 3):
        wrong, tempting = _wrong(series, row)
        names = [("value by date", "")]
        if series.short and series.short != series.what[0]:
            names.append(("abbreviation", series.short))
        if series.everyday and series.everyday != series.what[0]:
            names.append(("everyday word", series.everyday))
        kind, what = scene.chance.one(names)
        words = {
            **_words(scene, series, what),
            "day": scene.asked_day(row.day, year=_has_other_year(series, row)),
        }
        asked = scene.asker.ask(kind, wordings.on, words, [row.text], [row.gold], wrong, tempting)
        other = scene.chance.one([one for one in series.rows if one is not row])
        wrong, tempting = _wrong(series, other)
        day = scene.asked_day(other.day, year=_has_other_year(series, other))
        scene.asker.ask(
            "follow-up", _ON_ANOTHER_DAY, {"day": day}, [other.text], [other.gold],
            [*wrong, row.text], [*tempting, row.place], [asked],
        )  # fmt: skip


def _has_other_year(series: Series, row: Row) -> bool | None:
    """Return True if another year has the same day, so that the year must be asked; else None."""
    same = [
        one
        for one in series.rows
        if one is not row and (one.day.month, one.day.day) == (row.day.month, row.day.day)
    ]
    return True if same else None


def _ask_before(scene: Scene, series: Series, wordings: SeriesWordings) -> None:
    place = scene.chance.number(1, len(series.rows) - 1)
    row, following = series.rows[place - 1], series.rows[place]
    gap = (following.day - row.day).days
    day = row.day + timedelta(days=scene.chance.number(1, gap))
    wrong, tempting = _wrong(series, row)
    words = {**_words(scene, series), "day": scene.asked_day(day, year=True)}
    scene.asker.ask(
        "value before a date", wordings.before, words, [row.text], [row.gold],
        [following.text, *wrong], tempting,
    )  # fmt: skip


def _ask_ends(scene: Scene, series: Series, wordings: SeriesWordings) -> None:
    first, last = series.rows[0], series.rows[-1]
    for kind, pool, row in (
        ("current value", wordings.latest, last),
        ("value before a date", wordings.earliest, first),
    ):
        wrong, tempting = _wrong(series, row)
        scene.asker.ask(kind, pool, _words(scene, series), [row.text], [row.gold], wrong, tempting)


def _ask_extremes(scene: Scene, series: Series, wordings: SeriesWordings) -> None:
    ordered = sorted(series.rows, key=lambda row: row.value)
    for pool, row, second in (
        (wordings.highest, ordered[-1], ordered[-2]),
        (wordings.lowest, ordered[0], ordered[1]),
    ):
        if row.value != second.value:
            scene.asker.ask(
                "computed", pool, _words(scene, series), [row.text, spellings(row.day, year=False)],
                [row.gold], [second.text], [second.place],
            )  # fmt: skip


def _ask_difference(scene: Scene, series: Series, wordings: SeriesWordings) -> None:
    first, second = sorted(scene.chance.some(series.rows, 2), key=lambda row: row.day)
    words = {
        **_words(scene, series), "day": scene.asked_day(first.day, year=True),
        "other": scene.asked_day(second.day, year=True),
    }  # fmt: skip
    gold = [first.gold, second.gold]
    if first.value != second.value:
        must = [decimal(abs(second.value - first.value), series.decimals)]
        scene.asker.ask("computed", wordings.difference, words, must, gold)
    place = scene.chance.number(1, len(series.rows) - 1)
    before, after = series.rows[place - 1], series.rows[place]
    words |= {"day": scene.asked_day(before.day, year=True), "other": scene.asked_day(after.day, year=True)}
    scene.asker.ask(
        "date arithmetic", wordings.apart, words, [count_spellings((after.day - before.day).days)],
        [Gold(before.place), Gold(after.place)],
    )  # fmt: skip


def _ask_counts(scene: Scene, series: Series, wordings: SeriesWordings) -> None:
    row = scene.chance.one(series.rows)
    same = [one for one in series.rows if (one.day.year, one.day.month) == (row.day.year, row.day.month)]
    words = {**_words(scene, series), "month": f"{month(row.day)} {row.day.year}"}
    gold = [Gold(one.place) for one in same]
    scene.asker.ask("count", wordings.count, words, [count_spellings(len(same))], gold)
    if 2 <= len(same) <= 7:
        must = [one.text for one in same]
        outside = [one.text for one in series.rows if one not in same]
        scene.asker.ask("list", wordings.over_time, words, list(dict.fromkeys(must)), gold, outside)


def _ask_in_vain(scene: Scene, series: Series, wordings: SeriesWordings) -> None:
    row = scene.chance.one(series.rows)
    words = {
        **_words(scene, series),
        "day": scene.asked_day(row.day, year=True),
        "who": scene.people.one().full,
    }
    scene.asker.ask_in_vain(_OF_A_STRANGER, words, [row.text], [row.place])
    days = {row.day for row in (*series.rows, *series.others)}
    place = scene.chance.number(1, len(series.rows) - 1)
    before, after = series.rows[place - 1], series.rows[place]
    for offset in range(1, (after.day - before.day).days):
        day = before.day + timedelta(days=offset)
        if day not in days:
            words = {**_words(scene, series), "day": scene.asked_day(day, year=True)}
            scene.asker.ask_in_vain(wordings.on, words, (), [before.place, after.place])
            return


_ON_ANOTHER_DAY = Pool(
    "and on {day}?", "what about {day}", "And {day}?", "same for {day}", "what was it on {day}?",
    "and then on {day}", "{day}?", "how about on {day}?", "now the same for {day} please",
)  # fmt: skip
_OF_A_STRANGER = Pool(
    "{what} of {who} on {day}",
    "What was {who}'s {what} on {day}?",
    "{who} {what} {day}",
    "{day} {what} for {who}",
    "Which {what} did {who} have on {day}?",
    "{who}: {what}, {day}",
    "look up the {what} of {who}, {day}",
    "How much was the {what} of {who} on {day}?",
    "{what} {who} as of {day}",
)
