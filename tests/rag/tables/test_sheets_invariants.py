"""What holds for every stated answer from a sheet, in every layout: the facts are known and scanned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.staff.render import render
from rag.direct.answer import AnswerForm, DirectAnswer
from rag.tables.grids.source import TableSource
from rag.verification.verify import Verdict
from tests.documents import new_collection
from tests.rag.tables.read_files import add_file, source_of_collection
from tests.rag.tables.test_own_tables import ask
from training.world.chance import Chance
from training.world.dates import month
from training.world.scene import Scene
from training.world.sheets.sheet import LAYOUTS, Sheet, made_sheet, plain, write_sheet
from training.world.sheets.themes import THEMES
from training.world.sides import Side
from vault.vault import Vault

some = settings(deadline=None, max_examples=30)
layouts = st.sampled_from(LAYOUTS)
person = st.integers(0, 1)
metric = st.integers(0, 1)
_FORMATS = (".xlsx", ".docx", ".html")


@dataclass(frozen=True, repr=False)
class Pair:
    """The sheets of two people, with where they are read."""

    sheets: tuple[Sheet, Sheet]
    source: TableSource

    def numbers(self, whose: int, at: int) -> dict[date, str]:
        """Return a plain scan of what was measured: by day, as the sheet writes it."""
        sheet = self.sheets[whose]
        return {
            entry.day: plain(sheet.theme.metrics[at], value)
            for entry in sheet.entries
            if (value := entry.values[at]) is not None
        }

    def days(self) -> list[date]:
        """Return the days of both sheets."""
        return [entry.day for entry in self.sheets[0].entries]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Pair]]:
    """Two people's sheets in each layout, read from files."""
    folder: Path = tmp_path_factory.mktemp("sheets")
    with Vault.create(folder / "data", user="local", purpose="tests") as vault, ExitStack() as stack:
        found = {}
        for number, layout in enumerate(LAYOUTS):
            name = layout.replace(" ", "-")
            collection = stack.enter_context(new_collection(vault, name))
            sheets = _two_sheets(layout, name, _FORMATS[number % len(_FORMATS)], folder)
            for path in sheets[2]:
                add_file(collection, path)
            found[layout] = Pair(sheets[:2], source_of_collection(name, collection))
        yield found


def _two_sheets(layout: str, name: str, suffix: str, folder: Path) -> tuple[Sheet, Sheet, list[Path]]:
    scene = Scene(name, Chance(f"invariants {name}", Side.TRAIN))
    chance, theme = scene.chance, scene.chance.one(THEMES)
    staff = [scene.people.one() for _ in range(3)]
    days = chance.days(date(2025, 3, 1), date(2025, 4, 28), 7)
    sheets: list[Sheet] = []
    for _ in range(2):
        sheet = made_sheet(theme, scene.people.one(), days, staff, sheets[0] if sheets else None, chance)
        sheet.layout = layout
        sheets.append(sheet)
        write_sheet(sheet, scene.draft(f"{theme.name} {sheet.person.last}", (suffix,)), chance)
    return sheets[0], sheets[1], [render(draft.finished(), folder) for draft in scene.drafts]


def spoken(day: date) -> str:
    """A day as people say it."""
    return f"{day.day} {month(day)} {day.year}"


def header(pair: Pair, at: int) -> str:
    """What the sheets call a measurement."""
    return pair.sheets[0].headers[at]


def check_is_theirs(pair: Pair, whose: int, at: int, answer: DirectAnswer) -> None:
    """Nothing of the other sheet is stated: every row has a day and number that this one has."""
    theirs, other = pair.numbers(whose, at), pair.sheets[1 - whose].person
    assert other.last not in answer.text
    for row in answer.rows:
        if row.number is not None and row.date is not None:
            assert float(theirs[row.date]) == row.number


def value_on(pair: Pair, whose: int, at: int, day: date) -> DirectAnswer | None:
    """The answer for a day."""
    who = pair.sheets[whose].person.plain
    return ask(pair.source, f"What was {who}'s {header(pair, at)} on {spoken(day)}?")


@some
@given(layouts, person, metric, st.integers(0, 60))
def test_no_stated_row_has_another_date_than_the_one_asked(
    pairs: dict[str, Pair], layout: str, whose: int, at: int, offset: int
) -> None:
    pair = pairs[layout]
    day = date(2025, 3, 1) + timedelta(days=offset)
    answer = value_on(pair, whose, at, day)
    if answer is None:
        return
    assert {row.date for row in answer.rows} == {day}
    check_is_theirs(pair, whose, at, answer)


@some
@given(layouts, person, metric, st.integers(1, 6))
def test_the_value_before_a_day_is_that_of_the_last_day_before(
    pairs: dict[str, Pair], layout: str, whose: int, at: int, entry: int
) -> None:
    pair = pairs[layout]
    day, who = pair.days()[entry], pair.sheets[whose].person.plain
    answer = ask(pair.source, f"What was the last {header(pair, at)} of {who} before {spoken(day)}?")
    if answer is None:
        return
    earlier = [one for one in pair.numbers(whose, at) if one < day]
    assert {row.date for row in answer.rows} == {earlier[-1]}
    check_is_theirs(pair, whose, at, answer)


@some
@given(layouts, person, metric, st.integers(0, 6))
def test_a_count_over_a_limit_is_that_of_a_plain_scan(
    pairs: dict[str, Pair], layout: str, whose: int, at: int, entry: int
) -> None:
    pair = pairs[layout]
    sheet, numbers = pair.sheets[whose], pair.numbers(whose, at)
    limit = list(numbers.values())[entry % len(numbers)]
    rows, who = sheet.theme.row[1], sheet.person.plain
    answer = ask(pair.source, f"How many {rows} of {who} had a {header(pair, at)} over {limit}?")
    if answer is None:
        return
    over = [one for one in numbers.values() if float(one) > float(limit)]
    assert answer.form is AnswerForm.COUNT
    assert len(answer.rows) == len(over)
    assert f": {len(over)}" in answer.text
    check_is_theirs(pair, whose, at, answer)


@some
@given(layouts, person, metric)
def test_a_sum_is_that_of_its_cited_cells(pairs: dict[str, Pair], layout: str, whose: int, at: int) -> None:
    pair = pairs[layout]
    who = pair.sheets[whose].person.plain
    answer = ask(pair.source, f"What is the total {header(pair, at)} for {who}?")
    if answer is None:
        return
    numbers = [float(one) for one in pair.numbers(whose, at).values()]
    said = re.search(r": (-?[\d,]*\d(?:[.,]\d+)?)", answer.text)
    assert said is not None
    assert round(sum(numbers), 2) in _readings(said[1])
    if answer.verdict is Verdict.COMPUTED:
        assert sorted(row.number for row in answer.rows if row.number is not None) == sorted(numbers)


def _readings(text: str) -> set[float]:
    """What a number may mean: a comma divides thousands or decimals."""
    found = {round(float(text.replace(",", "")), 2)}
    return found | {round(float(text.replace(".", "").replace(",", ".")), 2)} if "," in text else found


def test_most_days_have_their_value_stated_rightly(pairs: dict[str, Pair]) -> None:
    asked = right = 0
    for layout in LAYOUTS:
        pair = pairs[layout]
        for whose in range(2):
            for day, value in list(pair.numbers(whose, 0).items())[::2]:
                answer = value_on(pair, whose, 0, day)
                asked += 1
                right += answer is not None and value in answer.text.replace(",", ".")
    assert right >= 0.7 * asked
