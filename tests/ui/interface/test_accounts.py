"""Users and passwords through the socket."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from tests.ui.interface.conftest import Serve
from tests.vault.ledger.test_passwords import GOOD, OTHER, QUICK
from ui.interface.client.owner import OwnerClient
from ui.interface.schemas.accounts import (
    CollectionRenaming,
    MemberChange,
    NewPassword,
    NewUser,
    UserRoles,
    WallChange,
)
from vault.access import Role
from vault.errors import (
    AccessDenied,
    CollectionNotFound,
    PasswordNeeded,
    PasswordOutdated,
    SignInDelayed,
    SignInRefused,
    WallStands,
)
from vault.settings import Settings
from vault.vault import Vault


@pytest.fixture(autouse=True)
def served(vault: Vault, serve: Serve) -> None:
    vault.passwords.hasher = QUICK
    vault.create_collection("matter", user="local")
    serve()


def test_a_user_with_a_password_proves_who_they_are(vault: Vault, settings: Settings) -> None:
    with OwnerClient(settings.data, "local") as client:
        client.accounts.choose_password(NewPassword(new=SecretStr(GOOD)))
        with pytest.raises(PasswordNeeded):
            client.collections.all()
        with pytest.raises(PasswordNeeded):
            client.accounts.choose_password(NewPassword(new=SecretStr(OTHER)))
    asked = []

    def ask() -> str:
        asked.append(GOOD)
        return GOOD

    with OwnerClient(settings.data, "local", ask) as client:
        assert [entry.name for entry in client.collections.all()] == ["matter"]
        assert client.accounts.all()
        client.accounts.choose_password(NewPassword(current=SecretStr(GOOD), new=SecretStr(OTHER)))
        assert asked == [GOOD]
        with pytest.raises(SignInRefused):
            client.collections.all()
    assert vault.passwords.check("local", OTHER) == "local"


def test_the_password_of_one_user_proves_no_other(vault: Vault, settings: Settings) -> None:
    for name, password in (("ana", GOOD), ("ben", OTHER)):
        vault.accounts.add(name, user="local", password=False)
        vault.passwords.set(name, password)
    with OwnerClient(settings.data, "ana", lambda: OTHER) as client:
        for _ in range(5):
            with pytest.raises(SignInRefused):
                client.collections.all()
        with pytest.raises(SignInDelayed):
            client.collections.all()


def test_a_temporary_password_is_changed_first(vault: Vault, settings: Settings) -> None:
    with OwnerClient(settings.data, "local") as client:
        given = client.accounts.add(NewUser(name="ana", auditor=True)).password
    with OwnerClient(settings.data, "ana", lambda: given) as client:
        with pytest.raises(PasswordOutdated):
            client.collections.all()
        client.accounts.choose_password(NewPassword(current=SecretStr(given), new=SecretStr(GOOD)))
    with OwnerClient(settings.data, "ana", lambda: GOOD) as client:
        assert client.collections.all() == []


def test_everything_about_users_and_members_works_through_the_socket(
    vault: Vault, settings: Settings
) -> None:
    with OwnerClient(settings.data, "local") as client:
        client.accounts.add(NewUser(name="ana", password=False))
        assert client.accounts.set_roles(UserRoles(name="ana", auditor=True)).auditor
        listed = client.members.set(MemberChange(collection="matter", user="ana", role=Role.MANAGER))
        assert [(member.user, member.role) for member in listed] == [
            ("ana", Role.MANAGER), ("local", Role.MANAGER),
        ]  # fmt: skip
        change = WallChange(collection="matter", user="ana", reason="conflict")
        assert [wall.reason for wall in client.members.raise_wall(change)] == ["conflict"]
        with pytest.raises(WallStands):
            client.members.raise_wall(change)
        with OwnerClient(settings.data, "ana") as hers, pytest.raises(CollectionNotFound):
            hers.members.all("matter")
        assert client.members.lift_wall(change) == []
        assert client.members.rename(CollectionRenaming(collection="matter", name="Smith")).name == "Smith"
        assert client.accounts.lock("ana").locked
        with OwnerClient(settings.data, "ana") as hers, pytest.raises(AccessDenied, match="locked"):
            hers.models.all()
        assert not client.accounts.unlock("ana").locked
        left = client.members.set(MemberChange(collection="Smith", user="local", role=None))
        assert left == []
