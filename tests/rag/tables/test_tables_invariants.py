"""What holds for every answer from a table, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.direct.answer import DirectAnswer
from rag.question.understanding.understood import AskedDate, AskedName, Intent, Relation, Understood
from rag.question.wanted import Wanted
from rag.tables.answering import answer_from_tables
from rag.tables.cells.days import day_in_words
from rag.tables.nearest import nearest_dates
from rag.verification.verify import Verdict
from tests.rag.tables.written import IndexInMemory, Written, source_of

PEOPLE = ("Mira Oakden", "Mirabel Oakden", "Otto Lindgren", "Ottilie Lind")
WARDS = ("Maple", "Rowan", "Elm")
FIRST = date(2025, 1, 1)

row = st.tuples(
    st.sampled_from(PEOPLE),
    st.integers(0, 12).map(lambda days: FIRST + timedelta(days=days)),
    st.integers(20, 70).map(lambda tenths: Decimal(tenths) / 10),
    st.sampled_from(WARDS),
)
rows = st.lists(row, min_size=1, max_size=14)
formats = st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"])
some = settings(deadline=None, max_examples=25)

Row = tuple[str, date, Decimal, str]


def written(table: list[Row], form: str) -> Written:
    """A laboratory list with these rows."""
    lines = [[day.strftime(form), name, str(value), ward] for name, day, value, ward in table]
    return Written("list.csv", [[["Date", "Patient", "Potassium (mmol/L)", "Ward"], *lines]])


def about(person: str | None, days: tuple[AskedDate, ...] = (), **changes: object) -> Understood:
    """A question about the potassium of a person."""
    names = (AskedName(person, (person,)),) if person else ()
    asked = Understood("potassium", "potassium", names=names, dates=days, topic=("potassium",))
    return replace(asked, **changes)  # type: ignore[arg-type]


def on(day: date) -> tuple[AskedDate, ...]:
    """The dates of a question for one day."""
    return (AskedDate(day_in_words(day), Relation.ON, ((day, day),), None, day.year),)


def check_places(document: Written, answer: DirectAnswer) -> None:
    """Every citation quotes what stands at its place."""
    index = source_of(document).sentences
    assert isinstance(index, IndexInMemory)
    for citation in (*answer.citations, *(one.citation for one in answer.rows)):
        page = index.pages[citation.sha256, citation.page]
        assert page[citation.start : citation.end] == citation.quote


@some
@given(rows, formats, st.sampled_from(PEOPLE), st.integers(0, 12))
def test_a_stated_row_has_the_date_and_the_person_that_are_asked_for(
    table: list[Row], form: str, person: str, days: int
) -> None:
    day = FIRST + timedelta(days=days)
    document = written(table, form)
    answer = answer_from_tables(about(person, on(day)), [source_of(document)])
    there = [one for one in table if one[0] == person and one[1] == day]
    if not there:
        assert answer is None
        return
    if answer is None:  # several values under one date in one document: no line is better than a wrong one
        assert len({one[2] for one in there}) > 1
        return
    check_places(document, answer)
    assert {one.date for one in answer.rows} == {day}
    assert {Decimal(one.citation.quote) for one in answer.rows} <= {one[2] for one in there}
    for citation in answer.citations:
        assert person in citation.quote.split(" | ")
        assert day.strftime(form) in citation.quote


@some
@given(rows, formats, st.sampled_from(PEOPLE))
def test_the_latest_value_is_that_of_the_latest_row(table: list[Row], form: str, person: str) -> None:
    asked = about(person, intent=Intent.LATEST)
    answer = answer_from_tables(asked, [source_of(written(table, form))])
    theirs = [one for one in table if one[0] == person]
    if answer is None:
        last = max((one[1] for one in theirs), default=None)
        assert len({one[2] for one in theirs if one[1] == last}) != 1
        return
    last = max(one[1] for one in theirs)
    assert {one.date for one in answer.rows} == {last}


@some
@given(rows, formats, st.sampled_from(PEOPLE), st.integers(1, 12))
def test_before_a_date_is_strictly_before_it(table: list[Row], form: str, person: str, days: int) -> None:
    day = FIRST + timedelta(days=days)
    dates = (AskedDate("before", Relation.BEFORE, ((day, day),), None, day.year),)
    answer = answer_from_tables(about(person, dates), [source_of(written(table, form))])
    earlier = [one[1] for one in table if one[0] == person and one[1] < day]
    if answer is not None:
        assert {one.date for one in answer.rows} == {max(earlier)}


@some
@given(rows, formats, st.sampled_from([*PEOPLE, None]))
def test_a_count_is_that_of_a_plain_scan(table: list[Row], form: str, person: str | None) -> None:
    document = written(table, form)
    asked = about(person, intent=Intent.COUNT, topic=("potassium", "results"))
    answer = answer_from_tables(asked, [source_of(document)])
    theirs = [one for one in table if person in (None, one[0])]
    if not theirs:
        assert answer is None
        return
    assert answer is not None
    assert answer.verdict is Verdict.COMPUTED
    assert len(answer.rows) == len(theirs)
    assert f": {len(theirs)}" in answer.text
    check_places(document, answer)


@some
@given(rows, formats, st.sampled_from(WARDS))
def test_a_list_holds_exactly_the_rows_of_a_plain_scan(table: list[Row], form: str, ward: str) -> None:
    document = written(table, form)
    asked = Understood(
        f"Which patients were on ward {ward}?", "", intent=Intent.LIST, wanted=Wanted.PERSON,
        topic=("patients", "ward", ward.lower()),
    )  # fmt: skip
    answer = answer_from_tables(asked, [source_of(document)])
    there = [one for one in table if one[3] == ward]
    if not there:
        assert answer is None
        return
    assert answer is not None
    assert sorted(one.citation.quote for one in answer.rows) == sorted(one[0] for one in there)
    check_places(document, answer)


@some
@given(rows, formats, st.sampled_from(PEOPLE), st.sampled_from([Intent.SUM, Intent.AVERAGE]))
def test_a_computed_value_is_that_of_its_cited_cells(
    table: list[Row], form: str, person: str, intent: Intent
) -> None:
    document = written(table, form)
    answer = answer_from_tables(about(person, intent=intent), [source_of(document)])
    theirs = [one[2] for one in table if one[0] == person]
    if answer is None:
        assert not theirs
        return
    cited = [Decimal(one.citation.quote) for one in answer.rows]
    assert sorted(cited) == sorted(theirs)
    check_places(document, answer)
    if len(cited) > 1:
        total = sum(cited, Decimal(0))
        value = total if intent is Intent.SUM else (total / len(cited)).quantize(Decimal("0.01"))
        said = Decimal(answer.text.split(": ")[1].split(" ")[0])
        assert abs(said - value) <= Decimal("0.01")
        assert answer.verdict is Verdict.COMPUTED


@some
@given(rows, formats, st.sampled_from(PEOPLE))
def test_a_difference_is_that_of_its_two_cited_cells(table: list[Row], form: str, person: str) -> None:
    answer = answer_from_tables(about(person, intent=Intent.DIFFERENCE), [source_of(written(table, form))])
    if answer is not None:
        first, last = (Decimal(one.citation.quote) for one in answer.rows)
        assert first == last or f"{abs(last - first)} mmol/L" in answer.text
        assert all(person in citation.quote.split(" | ") for citation in answer.citations)


@some
@given(rows, formats, st.sampled_from(PEOPLE), st.integers(0, 12))
def test_the_nearest_dates_are_the_neighbours_of_a_day_without_a_row(
    table: list[Row], form: str, person: str, days: int
) -> None:
    day = FIRST + timedelta(days=days)
    nearest = nearest_dates(about(person, on(day)), [source_of(written(table, form))])
    theirs = sorted(one[1] for one in table if one[0] == person)
    if day in theirs or not theirs:
        assert nearest is None
        return
    assert nearest is not None
    before = [one for one in theirs if one < day]
    after = [one for one in theirs if one > day]
    assert (nearest.before.date if nearest.before else None) == (before[-1] if before else None)
    assert (nearest.after.date if nearest.after else None) == (after[0] if after else None)
