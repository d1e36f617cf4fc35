import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import add_plain, document
from ui.services.document_filter import Condition, filter_documents
from vault.errors import DocumentNotFound, QuestionError
from vault.store.collection import Collection
from vault.vault import Vault


def matches(condition: str, **fields: str) -> bool:
    return Condition.parse(condition).matches(document("Lease.pdf", "", metadata=tuple(fields.items())))


@pytest.mark.parametrize(
    "condition",
    [
        "ward=7", "WARD = 7 ", "ward!=8", "ward>=6.5", "ward<10", "date>=2024", "date<=2024", "date>2023-12",
        "date=2024-05-01", "date=2024-*", "court=high*", "court!=County*", "name=*.pdf", "nothing!=1",
        "added>=2026", "date=2024", "date=may 2024", "date>=1 may 2024", "date<=May 2024", "date!=2023",
    ],
)  # fmt: skip
def test_a_document_matches_a_condition(condition: str) -> None:
    assert matches(condition, ward="7", date="2024-05-01", court="High Court [2]")


@pytest.mark.parametrize(
    "condition",
    ["ward=8", "ward!=7", "ward>7", "date<2024", "date>2024", "date>=2024-06", "court=high", "nothing=1",
     "nothing>1", "court=high court ?2?", "added<2026", "date=2024-06", "date>2024-05-01", "date!=2024",
     "court>=2024"],
)  # fmt: skip
def test_a_document_does_not_match_a_condition(condition: str) -> None:
    assert not matches(condition, ward="7", date="2024-05-01", court="High Court [2]")


@pytest.mark.parametrize("text", ["", "ward", "=7", ">=3"])
def test_text_that_is_not_a_condition_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(QuestionError, match="field=value"):
        Condition.parse(text)


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_numbers_are_compared_as_numbers(one: int, other: int) -> None:
    assert matches(f"n>={other}", n=str(one)) is (one >= other)
    assert matches(f"n<{other}", n=str(one)) is (one < other)


def test_excluded_documents_are_not_returned(vault: Vault, collection: Collection) -> None:
    made = [add_plain(collection, f"{n}.txt", f"text {n}", metadata=(("ward", str(n)),)) for n in range(4)]
    assert filter_documents(vault, ["matter"], "local", where=["ward>=2"]) == [made[2].sha256, made[3].sha256]
    assert filter_documents(vault, ["matter"], "local") is None
    with pytest.raises(DocumentNotFound, match="ward>9"):
        filter_documents(vault, ["matter"], "local", where=["ward>9"])


def test_an_unknown_field_is_refused_with_the_known_ones(vault: Vault, collection: Collection) -> None:
    add_plain(collection, "a.txt", "text", metadata=(("Ward", "7"), ("court", "High Court")))
    add_plain(collection, "b.txt", "other text")
    assert filter_documents(vault, ["matter"], "local", where=["ward=7"])
    for where in ("wrad=7", "wrad!=8", "wrad>=seven"):
        with pytest.raises(QuestionError) as refused:
            filter_documents(vault, ["matter"], "local", where=["name=*", where])
        assert str(refused.value) == (
            "No document in matter has a field “wrad”. Did you mean “ward”? "
            "The fields are added, court, name, title, type and ward."
        )
    with pytest.raises(QuestionError, match=r"field “judge”\. The fields are"):
        filter_documents(vault, ["matter"], "local", where=["judge=Morcombe"])


def test_a_field_that_only_other_documents_have_is_known(vault: Vault, collection: Collection) -> None:
    old = add_plain(collection, "a.txt", "old", path="/a.txt", metadata=(("ward", "7"),))
    new = add_plain(collection, "a.txt", "new", path="/a.txt")
    assert filter_documents(vault, ["matter"], "local", where=["ward!=7"]) == [new.sha256]
    for named, where in ((new.sha256[:8], "ward=7"), (old.sha256[:8], "ward=8")):
        with pytest.raises(DocumentNotFound):
            filter_documents(vault, ["matter"], "local", documents=[named], where=[where])


def test_only_so_many_fields_are_named(vault: Vault, collection: Collection) -> None:
    add_plain(collection, "a.txt", "text", metadata=tuple((f"f{n:02}", "x") for n in range(40)))
    with pytest.raises(QuestionError, match=r"are added, f00, .*, f18 and 24 more\.$"):
        filter_documents(vault, ["matter"], "local", where=["judge=x"])


def test_older_versions_are_returned_when_asked_for(vault: Vault, collection: Collection) -> None:
    old = add_plain(collection, "a.txt", "The fee is 3.", path="/in/a.txt")
    new = add_plain(collection, "a.txt", "The fee is 4.", path="/in/a.txt")
    both = filter_documents(vault, ["matter"], "local", superseded=True)
    assert both is not None and set(both) == {old.sha256, new.sha256}
    assert filter_documents(vault, ["matter"], "local", where=["name=a.txt"]) == [new.sha256]


@pytest.mark.parametrize("written", ["1 May 2024", "01.05.2024", "2024-05-01T09:00:00", "2024/05/01"])
def test_dates_of_documents_are_compared_in_every_form(written: str) -> None:
    assert matches("date>=2024-05", date=written)
    assert not matches("date>=2024-06", date=written)
    assert not matches("date<2024-05-01", date=written)


def test_a_partial_date_may_be_any_of_its_days() -> None:
    assert matches("date>=2024-05", date="2024")
    assert matches("date<=2024-05", date="2024")
    assert not matches("date>2024", date="2024")
    assert not matches("date=2024-05", date="2024")
    assert not matches("date>=2023", date="some day")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("date>=soon", "'soon' is not a date.*2024-05-01"),
        ("date=soon", "'soon' is not a date"),
        ("hearing<next week", "'next week' is not a date"),
        ("added>yesterday", "'yesterday' is not a date"),
        ("date<=2024-02-30", "'2024-02-30' is not a date"),
        ("date>=03/04/2024", "can be 3 April 2024 or 4 March 2024.*2024-04-03 or 2024-03-04"),
        ("ward>=seven", "'seven' is not a number.*such as 7"),
    ],
)
def test_values_that_cannot_be_compared_are_refused(
    where: str, expected: str, vault: Vault, collection: Collection
) -> None:
    fields = (("date", "2024-05-01"), ("hearing", "3 June 2024"), ("ward", "7"), ("court", "High Court"))
    add_plain(collection, "a.txt", "text", metadata=fields)
    with pytest.raises(QuestionError, match=expected):
        filter_documents(vault, ["matter"], "local", where=[where])


def test_the_filter_reports_what_it_understood_and_which_dates_it_cannot_read(
    vault: Vault, collection: Collection
) -> None:
    made = [
        add_plain(collection, f"{n}.txt", f"text {n}", metadata=(("date", value), ("ward", "7")))
        for n, value in enumerate(("2024-05-01", "2023", "spring"))
    ]
    messages: list[str] = []
    where = ["date>=2024-05", "ward=7"]
    assert filter_documents(vault, ["matter"], "local", where=where, say=messages.append) == [made[0].sha256]
    assert messages == [
        "Searching 1 of 3 documents: date from 1 May 2024, ward = 7. 1 of them has no date that can be read."
    ]
    assert filter_documents(vault, ["matter"], "local", where=["date=spring"]) == [made[2].sha256]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("date<=2024-05", "date up to 31 May 2024"), ("date>2024", "date after 31 December 2024"),
        ("date<2024", "date before 1 January 2024"), ("date=May 2024", "date in May 2024"),
        ("date=2024-05-01", "date on 1 May 2024"), ("date!=2024-05-01", "date not on 1 May 2024"),
        ("year=2024", "year = 2024"), ("name=*.pdf", "name = *.pdf"),
    ],
)  # fmt: skip
def test_a_condition_is_put_into_words(condition: str, expected: str) -> None:
    assert Condition.parse(condition).in_words() == expected
