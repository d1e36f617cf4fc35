import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import add_plain, document
from ui.narrowing import Condition, narrowed
from vault.collection import Collection
from vault.errors import DocumentNotFound, QuestionError
from vault.vault import Vault


def holds(condition: str, **fields: str) -> bool:
    return Condition.parse(condition).holds(document("Lease.pdf", "", metadata=tuple(fields.items())))


@pytest.mark.parametrize(
    "condition",
    [
        "ward=7", "WARD = 7 ", "ward!=8", "ward>=6.5", "ward<10", "date>=2024", "date<=2024", "date>2023-12",
        "date=2024-05-01", "date=2024-*", "court=high*", "court!=County*", "name=*.pdf", "nothing!=1",
        "added>=2026",
    ],
)  # fmt: skip
def test_a_condition_that_holds(condition: str) -> None:
    assert holds(condition, ward="7", date="2024-05-01", court="High Court [2]")


@pytest.mark.parametrize(
    "condition",
    ["ward=8", "ward!=7", "ward>7", "date<2024", "date>2024", "date>=2024-06", "court=high", "nothing=1",
     "nothing>1", "court=high court ?2?", "added<2026"],
)  # fmt: skip
def test_a_condition_that_does_not(condition: str) -> None:
    assert not holds(condition, ward="7", date="2024-05-01", court="High Court [2]")


@pytest.mark.parametrize("text", ["", "ward", "=7", ">=3"])
def test_what_is_no_condition_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(QuestionError, match="field=value"):
        Condition.parse(text)


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_numbers_are_compared_as_numbers(one: int, other: int) -> None:
    assert holds(f"n>={other}", n=str(one)) is (one >= other)
    assert holds(f"n<{other}", n=str(one)) is (one < other)


def test_what_is_excluded_is_never_among_the_documents(vault: Vault, collection: Collection) -> None:
    made = [add_plain(collection, f"{n}.txt", f"text {n}", metadata=(("ward", str(n)),)) for n in range(4)]
    assert narrowed(vault, ["matter"], "local", where=["ward>=2"]) == [made[2].sha256, made[3].sha256]
    assert narrowed(vault, ["matter"], "local") is None
    with pytest.raises(DocumentNotFound, match="ward>9"):
        narrowed(vault, ["matter"], "local", where=["ward>9"])


def test_older_versions_are_among_them_when_asked_for(vault: Vault, collection: Collection) -> None:
    old = add_plain(collection, "a.txt", "The fee is 3.", path="/in/a.txt")
    new = add_plain(collection, "a.txt", "The fee is 4.", path="/in/a.txt")
    both = narrowed(vault, ["matter"], "local", superseded=True)
    assert both is not None and set(both) == {old.sha256, new.sha256}
    assert narrowed(vault, ["matter"], "local", where=["name=a.txt"]) == [new.sha256]
