"""Users as administrators see them, and that to administer opens nothing."""

from __future__ import annotations

import pytest

from tests.vault.ledger.test_passwords import GOOD, QUICK
from vault.access import Action, Role
from vault.errors import (
    AccessDenied,
    CollectionNotFound,
    LastOfRole,
    SignInRefused,
    UserExists,
    UserNameInvalid,
    UserNotFound,
    WallStands,
)
from vault.vault import Vault


@pytest.fixture(autouse=True)
def quick(vault: Vault) -> None:
    vault.passwords.hasher = QUICK


def test_a_new_vault_has_one_administrator_without_a_password(vault: Vault) -> None:
    (first,) = vault.accounts.all(user="local")
    assert (first.name, first.administrator, first.auditor, first.password) == ("local", True, False, False)
    assert vault.accounts.without_password() == ["local"]


def test_only_administrators_touch_accounts(vault: Vault) -> None:
    vault.accounts.add("ana", user="local")
    vault.accounts.add("audit", user="local", auditor=True)
    for user in ("ana", "audit", "nobody"):
        for act in (
            lambda user=user: vault.accounts.all(user=user),
            lambda user=user: vault.accounts.add("new", user=user),
            lambda user=user: vault.accounts.reset("ana", user=user),
            lambda user=user: vault.accounts.lock("ana", user=user),
            lambda user=user: vault.accounts.unlock("ana", user=user),
            lambda user=user: vault.accounts.set_roles("ana", user=user, administrator=True),
        ):
            with pytest.raises(AccessDenied, match="not an administrator"):
                act()
    assert [user.name for user in vault.accounts.all(user="local")] == ["ana", "audit", "local"]
    assert (vault.members.is_auditor("audit"), vault.members.is_auditor("local")) == (True, False)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "-x", "x" * 65, "a/b", "<b>"])
def test_a_name_that_cannot_be_used_is_refused(vault: Vault, name: str) -> None:
    with pytest.raises(UserNameInvalid):
        vault.accounts.add(name, user="local")


def test_names_that_look_alike_are_one(vault: Vault) -> None:
    vault.accounts.add("Ana Müller", user="local")
    for name in ("Ana Müller", "ANA MÜLLER", "ana muller"):
        with pytest.raises(UserExists, match="Ana Müller"):
            vault.accounts.add(name, user="local")


def test_a_locked_user_can_do_nothing_and_is_unlocked_with_everything(vault: Vault) -> None:
    vault.create_collection("matter", user="local")
    vault.accounts.add("ana", user="local", administrator=True, password=False)
    vault.passwords.set("ana", GOOD)
    vault.members.set_member("matter", "ana", Role.MANAGER, user="local")
    vault.accounts.lock("ana", user="local")
    assert vault.members.collections(user="ana") == []
    assert not vault.members.is_administrator("ana")
    with pytest.raises(SignInRefused):
        vault.passwords.check("ana", GOOD)
    for name in ("matter", "no such"):
        with pytest.raises(AccessDenied, match="'ana' is locked"):
            vault.members.authorise(name, user="ana", action=Action.SEARCH)
    with pytest.raises(AccessDenied):
        vault.create_collection("new", user="ana")
    with pytest.raises(AccessDenied):
        vault.accounts.all(user="ana")
    vault.accounts.unlock("ana", user="local")
    assert vault.passwords.check("ana", GOOD) == "ana"
    assert [entry.name for entry in vault.members.collections(user="ana")] == ["matter"]


def test_somebody_always_administers_the_vault(vault: Vault) -> None:
    with pytest.raises(LastOfRole):
        vault.accounts.set_roles("local", user="local", administrator=False)
    with pytest.raises(AccessDenied, match="cannot lock yourself"):
        vault.accounts.lock("local", user="local")
    vault.accounts.add("ana", user="local", administrator=True)
    vault.accounts.lock("local", user="ana")
    with pytest.raises(LastOfRole):
        vault.accounts.set_roles("ana", user="ana", administrator=False)
    with pytest.raises(UserNotFound):
        vault.accounts.lock("nobody", user="ana")


def test_the_roles_of_the_vault_open_no_collection(vault: Vault) -> None:
    vault.create_collection("matter", user="local")
    vault.accounts.add("chief", user="local", administrator=True, auditor=True)
    assert vault.members.collections(user="chief") == []
    for action in Action:
        with pytest.raises(CollectionNotFound):
            vault.members.authorise("matter", user="chief", action=action)
    with pytest.raises(CollectionNotFound):
        vault.members.set_member("matter", "chief", Role.READER, user="chief")
    for somebody in ("chief", "local"):
        with pytest.raises((AccessDenied, CollectionNotFound)):
            vault.members.appoint_manager("matter", somebody, user="chief")


def test_a_collection_whose_managers_are_locked_gets_one_who_is_not_the_administrator(vault: Vault) -> None:
    for name in ("ana", "ben"):
        vault.accounts.add(name, user="local")
    vault.create_collection("matter", user="ana")
    vault.accounts.lock("ana", user="local")
    with pytest.raises(AccessDenied):
        vault.members.appoint_manager("matter", "local", user="local")
    vault.members.appoint_manager("matter", "ben", user="local")
    assert vault.members.authorise("matter", user="ben", action=Action.MANAGE).role is Role.MANAGER
    with pytest.raises(CollectionNotFound):
        vault.members.appoint_manager("matter", "ana", user="local")


def test_a_collection_keeps_a_manager(vault: Vault) -> None:
    vault.create_collection("matter", user="local")
    for role in (None, Role.READER):
        with pytest.raises(LastOfRole, match="nobody would manage 'matter'"):
            vault.members.set_member("matter", "local", role, user="local")
    with pytest.raises(UserNotFound):
        vault.members.set_member("matter", "nobody", Role.READER, user="local")
    vault.accounts.add("ana", user="local")
    vault.members.set_member("matter", "ana", Role.MANAGER, user="local")
    vault.walls.raise_wall("matter", "ana", "conflict", user="local")
    with pytest.raises(LastOfRole):
        vault.members.set_member("matter", "local", None, user="local")


def test_a_wall_is_stronger_than_any_role_and_goes_with_a_reason(vault: Vault) -> None:
    vault.create_collection("matter", user="local")
    vault.accounts.add("ana", user="local", administrator=True)
    vault.members.set_member("matter", "ana", Role.MANAGER, user="local")
    for empty in ("", "  "):
        with pytest.raises(WallStands, match="for a reason"):
            vault.walls.raise_wall("matter", "ana", empty, user="local")
    with pytest.raises(AccessDenied, match="around yourself"):
        vault.walls.raise_wall("matter", "local", "conflict", user="local")
    vault.walls.raise_wall("matter", "ana", "acts for the other side", user="local")
    assert vault.members.collections(user="ana") == []
    with pytest.raises(CollectionNotFound):
        vault.walls.lift("matter", "ana", "I say so", user="ana")
    with pytest.raises(WallStands):
        vault.members.set_member("matter", "ana", Role.READER, user="local")
    (member, _) = vault.members.members("matter", user="local")
    assert (member.user, member.walled) == ("ana", True)
    (wall,) = vault.walls.all("matter", user="local")
    assert (wall.user, wall.reason, wall.raised_by) == ("ana", "acts for the other side", "local")
    vault.walls.lift("matter", "ana", "the other side has gone", user="local")
    assert vault.members.authorise("matter", user="ana", action=Action.MANAGE)
    with pytest.raises(WallStands, match="No wall"):
        vault.walls.lift("matter", "ana", "again", user="local")
