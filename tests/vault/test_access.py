from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.access import Action, Reason, Role, Standing, decide
from vault.errors import AccessDenied, CollectionExists, CollectionNameInvalid, CollectionNotFound
from vault.vault import Vault

MAY = {
    None: set(),
    Role.READER: {Action.SEARCH},
    Role.CONTRIBUTOR: {Action.SEARCH, Action.INGEST},
    Role.MANAGER: {Action.SEARCH, Action.INGEST, Action.MANAGE},
}


STANDINGS = st.builds(
    Standing,
    known=st.booleans(),
    locked=st.booleans(),
    exists=st.booleans(),
    walled=st.booleans(),
    role=st.sampled_from([None, *Role]),
    archived=st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(standing=STANDINGS, action=st.sampled_from(list(Action)))
def test_only_an_unlocked_member_without_a_wall_may_what_the_role_allows(
    standing: Standing, action: Action
) -> None:
    reason = decide(standing, action)
    may = (
        standing.known and standing.exists and not standing.locked and not standing.walled
        and action in MAY[standing.role] and not (standing.archived and action is Action.INGEST)
    )  # fmt: skip
    assert (reason is Reason.ROLE_ALLOWS) == may
    # Whoever learns from a refusal that the collection exists is a member of it without a wall.
    if not may and not reason.hides and reason is not Reason.LOCKED:
        assert standing.exists
        assert standing.role is not None
        assert not standing.walled


@settings(max_examples=30, deadline=None)
@given(role=st.sampled_from([None, *Role]), action=st.sampled_from(list(Action)))
def test_a_member_may_do_what_the_role_allows_and_others_may_do_nothing(
    role: Role | None, action: Action, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Vault.create(tmp_path_factory.mktemp("v"), user="local", purpose="tests") as vault:
        vault.create_collection("matter", user="local")
        vault.members.add_user("ana")
        vault.members.set_member("matter", "ana", role, user="local")
        if action in MAY[role]:
            with vault.open_collection("matter", user="ana", action=action) as collection:
                assert collection.name == "matter"
            assert vault.members.denials() == []
        else:
            with (
                pytest.raises((AccessDenied, CollectionNotFound)),
                vault.open_collection("matter", user="ana", action=action),
            ):
                pytest.fail("opened")
            assert [(user, what) for user, _, what in vault.members.denials()] == [("ana", action.value)]


def test_a_stranger_cannot_distinguish_a_closed_collection_from_a_missing_one(vault: Vault) -> None:
    vault.create_collection("divorce", user="local")
    messages = []
    for name in ("divorce", "no such"):
        with (
            pytest.raises(CollectionNotFound) as raised,
            vault.open_collection(name, user="stranger", action=Action.SEARCH),
        ):
            pytest.fail("opened")
        messages.append(str(raised.value).replace(name, "NAME"))
    assert messages[0] == messages[1]
    assert vault.members.collections(user="stranger") == []


def test_an_unknown_user_cannot_create_a_collection(vault: Vault) -> None:
    with pytest.raises(AccessDenied, match="'stranger'"):
        vault.create_collection("matter", user="stranger")


@pytest.mark.parametrize("name", ["", " ", "../up", "a\nb", "x" * 81, "-rf"])
def test_an_invalid_name_is_refused(name: str, vault: Vault) -> None:
    with pytest.raises(CollectionNameInvalid):
        vault.create_collection(name, user="local")


def test_an_existing_name_is_refused_in_any_case(vault: Vault) -> None:
    vault.create_collection("Matter", user="local")
    with pytest.raises(CollectionExists):
        vault.create_collection("matter", user="local")


def test_a_deleted_collection_leaves_no_folder(vault: Vault, settings: object) -> None:
    folder: Path = vault.data / "collections" / vault.create_collection("matter", user="local").id
    assert folder.is_dir()
    vault.delete_collection("matter", user="local")
    assert not folder.exists()
    assert vault.members.collections(user="local") == []
