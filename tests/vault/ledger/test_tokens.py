"""Tokens: what is stored of them, when they work, and that they never permit more than their user may do."""

from __future__ import annotations

import copy
import pickle
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import new_collection
from vault.access import Action, Role
from vault.bearers import Bearer, Permission
from vault.database.database import IN_MEMORY, open_database
from vault.errors import AccessDenied, CollectionNotFound, TokenInvalid, TokenNotFound, TokenRefused
from vault.ledger.members import MemberStore
from vault.ledger.tokens import TokenStore
from vault.ledger.vault_schema import VAULT_STEPS
from vault.log.key import USUAL_LOG
from vault.log.log import Log
from vault.vault import Vault

ALL = (*Permission,)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 6, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def tokens(vault: Vault, clock: Clock) -> TokenStore:
    return TokenStore(vault._db, vault.members, vault.log, clock)


def test_no_file_of_the_vault_holds_a_token(vault: Vault) -> None:
    _, secret = vault.tokens.add("report", user="local", days=1)
    assert vault.tokens.bearer(secret) == "local"
    vault.close()
    held = b"".join(path.read_bytes() for path in vault.data.rglob("*") if path.is_file())
    assert b"report" in held
    assert secret.encode() not in held
    assert secret.removeprefix("incamera_").encode() not in held


def test_a_token_works_until_it_expires_or_is_revoked(vault: Vault) -> None:
    clock = Clock()
    store = tokens(vault, clock)
    _, first = store.add("one", user="local", days=2)
    made, second = store.add("two", user="local", days=2)
    assert {store.bearer(first), store.bearer(second)} == {"local"}
    store.revoke(made.id[:4], user="local")
    with pytest.raises(TokenInvalid) as revoked:
        store.bearer(second)
    clock.now += timedelta(days=2) - timedelta(seconds=1)
    assert store.bearer(first) == "local"
    clock.now += timedelta(seconds=1)
    with pytest.raises(TokenInvalid) as expired:
        store.bearer(first)
    with pytest.raises(TokenInvalid) as unknown:
        store.bearer("incamera_x\udc80")
    assert str(revoked.value) == str(expired.value) == str(unknown.value)


def test_its_last_use_is_known_to_the_minute(vault: Vault) -> None:
    clock = Clock()
    store = tokens(vault, clock)
    _, secret = store.add("one", user="local", days=2)
    assert store.all(user="local")[0].used is None
    first = clock.now
    store.bearer(secret)
    clock.now += timedelta(seconds=59)
    store.bearer(secret)
    assert store.all(user="local")[0].used == first
    clock.now += timedelta(seconds=1)
    store.bearer(secret)
    assert store.all(user="local")[0].used == clock.now


def test_a_token_of_a_user_who_is_gone_does_not_work(vault: Vault) -> None:
    vault.members.add_user("mara")
    _, secret = vault.tokens.add("one", user="mara", days=2)
    with vault._db.write() as db:
        db.execute("DELETE FROM users WHERE name = 'mara'")
    with pytest.raises(TokenInvalid):
        vault.tokens.bearer(secret)


def test_tokens_are_listed_and_revoked_by_their_user_only(vault: Vault) -> None:
    vault.members.add_user("mara")
    made, secret = vault.tokens.add("one", user="mara", days=2)
    assert vault.tokens.all(user="local") == []
    for beginning in (made.id, made.id[:3], ""):
        with pytest.raises(TokenNotFound):
            vault.tokens.revoke(beginning, user="local")
    assert vault.tokens.bearer(secret) == "mara"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "}, {"name": "a\nb"}, {"name": "x" * 81}, {"days": 0}, {"days": 367}, {"permissions": ()},
        {"collections": []}, {"user": "nobody"},
        {"user": Bearer("local", token="t", permissions=frozenset(ALL), collections=None)},
    ],
)  # fmt: skip
def test_what_cannot_be_a_token_is_refused(vault: Vault, wrong: dict[str, object]) -> None:
    given: dict[str, object] = {"name": "one", "user": "local", "days": 1, **wrong}
    with pytest.raises(TokenRefused):
        vault.tokens.add(**given)  # type: ignore[arg-type]


def test_a_token_for_a_collection_of_others_cannot_be_made(vault: Vault) -> None:
    vault.members.add_user("mara")
    with new_collection(vault, "matter"), pytest.raises(CollectionNotFound):
        vault.tokens.add("one", user="mara", days=1, collections=["matter"])


def test_a_token_reaches_nothing_when_its_collection_is_gone(vault: Vault) -> None:
    for name in ("kept", "deleted"):
        vault.create_collection(name, user="local")
    _, secret = vault.tokens.add("one", user="local", days=1, permissions=ALL, collections=["deleted"])
    vault.delete_collection("deleted", user="local")
    vault.create_collection("deleted", user="local")
    bearer = vault.tokens.bearer(secret)
    assert vault.members.collections(user=bearer) == []
    for name in ("kept", "deleted"):
        with pytest.raises(CollectionNotFound):
            vault.members.authorise(name, user=bearer, action=Action.SEARCH)


def test_what_is_not_of_one_collection_needs_a_token_for_all(vault: Vault) -> None:
    vault.create_collection("matter", user="local")
    limited = Bearer("local", token="t", permissions=frozenset(ALL), collections=frozenset({"x"}))
    weak = Bearer("local", token="t", permissions=frozenset({Permission.SEARCH}), collections=None)
    for user in (limited, weak):
        with pytest.raises(AccessDenied):
            vault.create_collection("new", user=user)
    assert vault.members.is_administrator("local")
    assert not vault.members.is_administrator(weak)
    assert not vault.members.is_administrator(limited)
    assert [entry.name for entry in vault.members.collections(user="local")] == ["matter"]


def test_a_copy_of_a_bearer_keeps_its_limits() -> None:
    bearer = Bearer("local", token="t", permissions=frozenset(), collections=frozenset())
    for made in (copy.copy(bearer), copy.deepcopy(bearer), copy.deepcopy([bearer])[0]):
        assert made is bearer
    with pytest.raises(TypeError):
        pickle.dumps(bearer)


@given(
    role=st.none() | st.sampled_from(Role),
    permissions=st.frozensets(st.sampled_from(Permission), min_size=1),
    reached=st.booleans(),
    limited=st.booleans(),
    action=st.sampled_from(Action),
)
def test_a_token_permits_what_it_and_its_user_may_and_nothing_else(
    role: Role | None, permissions: frozenset[Permission], reached: bool, limited: bool, action: Action
) -> None:
    db = open_database(IN_MEMORY, VAULT_STEPS)
    with tempfile.TemporaryDirectory() as folder:  # the key of the log is read once
        members = MemberStore(db, Log(db, Path(folder), USUAL_LOG))
    members.add_user("mara")
    with db.write() as writing:
        writing.execute("INSERT INTO collections (id, name, created) VALUES ('c', 'matter', '2026-01-01')")
        if role is not None:
            writing.execute("INSERT INTO members VALUES ('c', 'mara', ?)", (role.value,))
    reach = frozenset({"c"} if reached else {"other"}) if limited else None
    bearer = Bearer("mara", token="t", permissions=permissions, collections=reach)
    visible = role is not None and (reach is None or "c" in reach)
    allowed = visible and role is not None and role.allows(action) and action in permissions
    assert [one.name for one in members.collections(user=bearer)] == (["matter"] if visible else [])
    if allowed:
        assert members.authorise("matter", user=bearer, action=action).id == "c"
    else:
        with pytest.raises(AccessDenied if visible else CollectionNotFound):
            members.authorise("matter", user=bearer, action=action)
        assert members.denials() == [("mara", "c", action.value)]
    db.close()
