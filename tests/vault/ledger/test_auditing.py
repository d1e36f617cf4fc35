"""Who reads which entries of the log, with which words, and that reading is logged itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vault.access import Role
from vault.errors import AccessDenied, RecordNotFound
from vault.log.events import Event
from vault.log.selection import EVERYTHING, Selection
from vault.vault import Vault

NAMES = ("Ash", "Birch")
roles = st.fixed_dictionaries({name: st.sampled_from([None, *Role]) for name in NAMES})
abouts = st.lists(st.lists(st.sampled_from(NAMES), unique=True, max_size=2), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """Make a vault with two matters of "chief" and a user "ana"."""
    folder = tmp_path_factory.mktemp("house") / "data"
    with Vault.create(folder, user="local", purpose="tests") as vault:
        vault.members.add_user("chief")
        vault.members.add_user("ana")
        for name in NAMES:
            vault.create_collection(name, user="chief")
        yield vault


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roles=roles, abouts=abouts)
def test_a_user_reads_what_is_about_managed_collections_only_and_no_other_words(
    roles: Mapping[str, Role | None], abouts: list[list[str]], house: Vault
) -> None:
    for name, role in roles.items():
        house.members.set_member(name, "ana", role, user="chief")
    ids = {entry.name: entry.id for entry in house.members.collections(user="chief")}
    start = house.log.head().number
    for about in abouts:
        house.log.append(
            Event.MENTIONS_FOUND, user="chief", collections=[ids[name] for name in about],
            content={"term": "-".join(["mare", *about])},
        )  # fmt: skip
    managed = {name for name, role in roles.items() if role is Role.MANAGER}
    selection = Selection(events=("mentions",))
    if not managed:
        assert not house.audit.may_read("ana")
        for read in (
            lambda: house.audit.entries(selection, user="ana"),
            lambda: house.audit.count(selection, user="ana"),
            lambda: house.audit.users(user="ana"),
            lambda: house.audit.head(user="ana"),
            lambda: house.audit.verify(user="ana"),
        ):
            with pytest.raises(AccessDenied, match="'ana' may not read the log"):
                read()
    else:
        shown = [one for one in house.audit.entries(selection, user="ana") if one.entry.number > start]
        wanted = [about for about in abouts if about and managed.issuperset(about)]
        assert [list(one.collections) for one in reversed(shown)] == wanted
        assert all(one.entry.content for one in shown)
    # An administrator who belongs to no matter reads all, no words and no names of matters.
    shown = [one for one in house.audit.entries(selection, user="local") if one.entry.number > start]
    assert len(shown) == len(abouts) and all(one.entry.content is None for one in shown)
    assert not {name for one in shown for name in one.collections} & set(NAMES)


def test_no_way_of_reading_leaves_the_reading_out(vault: Vault) -> None:
    vault.create_collection("Ash", user="local")
    for _ in range(2):
        vault.audit.entries(EVERYTHING, user="local")
    vault.audit.entries(Selection(before=10**6, users=("eve",)), user="local")
    vault.audit.entries(Selection(results=("denied",)), user="local", skip=1)
    for _ in range(2):
        vault.audit.entries(EVERYTHING, user="local", export=True)
    vault.audit.entries(Selection(before=10), user="local", export=True)
    vault.audit.entries(Selection(collection="Matter of Hale"), user="local")
    said = [
        (entry.event, dict(entry.facts)) for entry in reversed(vault.log.entries(Selection(events=("log",))))
    ]
    assert said[1:] == [
        ("log.read", {}), ("log.read", {"users": ["eve"]}), ("log.read", {"results": ["denied"]}),
        ("log.exported", {}), ("log.exported", {}), ("log.read", {"collection": "unknown"}),
    ]  # fmt: skip


def test_a_collection_is_chosen_by_its_name_or_its_id(vault: Vault) -> None:
    made = {name: vault.create_collection(name, user="local").id for name in NAMES}
    for wanted in ("ash", made["Ash"], made["Ash"][:6]):
        found = vault.audit.entries(Selection(collection=wanted, events=("collection",)), user="local")
        assert [one.collections for one in found] == [("Ash",)]


def test_records_are_for_who_asked_and_for_managers_of_all_their_collections(vault: Vault) -> None:
    for name in NAMES:
        vault.create_collection(name, user="local")
    for user in ("asker", "one", "both", "reader"):
        vault.members.add_user(user)
    grants = (
        ("Ash", "asker", Role.READER), ("Birch", "asker", Role.READER), ("Ash", "one", Role.MANAGER),
        ("Ash", "both", Role.MANAGER), ("Birch", "both", Role.MANAGER), ("Ash", "reader", Role.READER),
        ("Birch", "reader", Role.READER), ("Birch", "one", Role.CONTRIBUTOR),
    )  # fmt: skip
    for name, user, role in grants:
        vault.members.set_member(name, user, role, user="local")
    body = {"answer": {"collections": list(NAMES), "question": "Who?"}}
    record = vault.records.add(user="asker", question="Who?", body=body)
    for user in ("asker", "both", "local"):
        assert vault.audit.record(record[:6], user=user).id == record
    for user, beginning in (
        ("one", record), ("reader", record), ("stranger", record), ("reader", "abcd0000"), ("both", ""),
        ("both", record[:3]),
    ):  # fmt: skip
        with pytest.raises(RecordNotFound) as raised:
            vault.audit.record(beginning, user=user)
        # Nobody learns that there is a record, or how many there are.
        said = f"There is not one record for you whose id begins with {beginning!r}. "
        assert str(raised.value).startswith(said)
    vault.members.set_member("Ash", "asker", None, user="local")
    with pytest.raises(RecordNotFound):
        vault.audit.record(record, user="asker")
    read = reversed(vault.log.entries(Selection(events=("record",))))
    assert [entry.user for entry in read] == ["asker", "both", "local"]
    denied = vault.log.entries(Selection(events=("access",)))
    assert [entry.user for entry in denied] == [
        "asker",
        "both",
        "both",
        "reader",
        "stranger",
        "reader",
        "one",
    ]
