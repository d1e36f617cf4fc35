"""What users, walls, passwords, sessions and tokens leave in the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from vault.access import Reason, Role
from vault.bearers import Permission
from vault.database.database import Database
from vault.errors import (
    AccessDenied,
    CollectionNotFound,
    DiskFull,
    LastOfRole,
    SignInDelayed,
    SignInRefused,
    TokenInvalid,
)
from vault.ledger.sessions import StoredSession
from vault.log.selection import Selection
from vault.settings import Settings
from vault.vault import Vault

GOOD, OTHER = "ladder amber quiet seventeen", "violin harbour nine clouds"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
Said = tuple[str, str, dict[str, Any]]


def logged(vault: Vault, *events: str) -> list[Said]:
    """The event, who did it and the facts of each entry, oldest first; only of these events."""
    entries = reversed(vault.log.entries(Selection(events=events)))
    return [(entry.event, entry.user, dict(entry.facts)) for entry in entries]


@pytest.fixture(autouse=True)
def quick(vault: Vault) -> None:
    vault.passwords.hasher = QUICK


def test_what_administrators_do_to_users_is_logged(vault: Vault) -> None:
    vault.accounts.add("ana", user="local", auditor=True)
    vault.accounts.lock("ana", user="local")
    vault.accounts.unlock("ana", user="local")
    vault.accounts.reset("ana", user="local")
    vault.accounts.set_roles("ana", user="local", administrator=True)
    vault.passwords.set("ana", GOOD)
    added = {"added": "ana", "administrator": False, "auditor": True, "password": True}
    assert logged(vault, "user", "password") == [
        ("user.added", "local", added), ("password.reset", "local", {"whom": "ana"}),
        ("user.locked", "local", {"whom": "ana"}), ("user.unlocked", "local", {"whom": "ana"}),
        ("password.reset", "local", {"whom": "ana"}),
        ("user.roles-changed", "local", {"whom": "ana", "administrator": True, "auditor": None}),
        ("password.changed", "ana", {"whom": "ana"}),
    ]  # fmt: skip
    assert vault.log.verify().intact


def test_what_is_refused_or_undone_is_no_change_in_the_log(vault: Vault) -> None:
    vault.members.add_user("ana")
    with pytest.raises(AccessDenied):
        vault.accounts.lock("local", user="ana")
    with pytest.raises(LastOfRole):
        vault.accounts.set_roles("local", user="local", administrator=False)
    assert logged(vault, "user.locked", "user.roles-changed") == []
    assert logged(vault, "access") == [("access.denied", "ana", {"action": "lock a user"})]


def test_walls_names_and_managers_are_logged(vault: Vault) -> None:
    vault.create_collection("matter", user="local")
    for name in ("ana", "ben"):
        vault.members.add_user(name)
    vault.walls.raise_wall("matter", "ana", "she acts for the other side", user="local")
    vault.walls.lift("matter", "ana", "she has left", user="local")
    vault.names.rename("matter", "Ash Road", user="local")
    vault.names.archive("Ash Road", user="local")
    vault.names.archive("Ash Road", user="local", archived=False)
    vault.members.set_member("Ash Road", "ben", Role.MANAGER, user="local")
    vault.members.set_member("Ash Road", "local", None, user="local")
    with vault._db.write() as db:
        db.execute("INSERT INTO accounts (user, locked) VALUES ('ben', 'now')")
    vault.members.appoint_manager("Ash Road", "ana", user="local")
    entries = list(reversed(vault.log.entries(Selection(events=("wall", "collection", "member")))))[1:]
    assert [(entry.event, entry.content and [*entry.content.values()]) for entry in entries] == [
        ("wall.raised", ["she acts for the other side"]), ("wall.lifted", ["she has left"]),
        ("collection.renamed", ["matter", "Ash Road"]), ("collection.archived", None),
        ("collection.restored", None), ("member.changed", None), ("member.changed", None),
        ("member.appointed", None),
    ]  # fmt: skip
    assert len({entry.collections for entry in entries}) == 1
    assert [entry.facts.get("whom") for entry in entries[:2]] == ["ana", "ana"]


def test_every_refusal_says_why_also_of_a_name_that_nothing_has(vault: Vault) -> None:
    entry = vault.create_collection("matter", user="local")
    vault.members.add_user("ana")
    for name in ("matter", "nothing"):
        with pytest.raises(CollectionNotFound):
            vault.members.members(name, user="ana")
    assert vault.members.denials() == [("ana", entry.id, "search"), ("ana", "", "search")]
    assert vault.members.reasons() == [Reason.NO_MEMBER, Reason.NO_COLLECTION]


def test_a_refusal_that_cannot_be_logged_is_one_all_the_same(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Database) -> None:
        raise DiskFull("the disk is full")

    monkeypatch.setattr(Database, "write", full)
    with pytest.raises(CollectionNotFound):
        vault.members.members("nothing", user="local")
    with pytest.raises(TokenInvalid):
        vault.tokens.bearer("incamera_wrong")


def test_failed_sign_ins_are_logged_without_a_name_that_may_be_a_password(
    vault: Vault, settings: Settings
) -> None:
    vault.passwords.set("local", GOOD)
    secret = "correct horse typed into the wrong field"
    for name in ("LOCAL", secret, secret, f" {secret.upper()} "):
        with pytest.raises(SignInRefused):
            vault.passwords.check(name, OTHER)
    (_, _, known), *unknown = logged(vault, "session.refused")
    assert known == {"whom": "local", "reason": "does not fit"}
    assert len({facts["name"] for _, _, facts in unknown}) == 1
    for _ in range(12):
        with pytest.raises(SignInRefused):
            vault.passwords.check("local", OTHER)
    reasons = [facts["reason"] for _, _, facts in logged(vault, "session.refused")]
    assert reasons[-1] == "must wait"
    assert reasons.count("must wait") == 1, "who tries again and again fills no log"
    vault.close()
    held = b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())
    assert b"correct horse" not in held
    assert OTHER.encode() not in held


def test_whoever_ends_a_session_is_logged(vault: Vault) -> None:
    now = datetime.now(UTC)
    for digest, user in (("a", "local"), ("b", "ana"), ("c", "ana")):
        vault.members.add_user(user)
        vault.sessions.add(StoredSession(digest * 64, digest, now, user, now))
    vault.sessions.end_one("a" * 64, by="local")
    vault.sessions.end_one("a" * 64, by="local")
    vault.accounts.lock("ana", user="local")
    assert logged(vault, "session.ended") == [
        ("session.ended", "local", {"session": digest * 12, "whom": whom})
        for digest, whom in (("a", "local"), ("b", "ana"), ("c", "ana"))
    ]


def test_tokens_are_logged_when_they_are_made_first_used_revoked_and_refused(vault: Vault) -> None:
    entry = vault.create_collection("matter", user="local")
    token, secret = vault.tokens.add(
        "report", user="local", days=1, permissions=[Permission.SEARCH], collections=["matter"]
    )
    for _ in range(2):
        vault.tokens.bearer(secret)
    for _ in range(2):
        vault.tokens.revoke(token.id, user="local")
    for wrong in (secret, secret, "incamera_unknown", "incamera_other"):
        with pytest.raises(TokenInvalid):
            vault.tokens.bearer(wrong)
    found = logged(vault, "token")
    assert [(event, user, facts.get("token")) for event, user, facts in found] == [
        ("token.added", "local", token.id), ("token.used", "local", token.id),
        ("token.revoked", "local", token.id), ("token.refused", "local", token.id),
        ("token.refused", "", None),
    ]  # fmt: skip
    assert found[0][2]["permissions"] == ["search"]
    assert vault.log.entries(Selection(events=("token.added",)))[0].collections == (entry.id,)


def test_the_token_of_a_locked_user_works_no_more(vault: Vault) -> None:
    vault.members.add_user("ana")
    _, secret = vault.tokens.add("report", user="ana", days=1)
    vault.accounts.lock("ana", user="local")
    with pytest.raises(TokenInvalid):
        vault.tokens.bearer(secret)
    vault.accounts.unlock("ana", user="local")
    assert vault.tokens.bearer(secret) == "ana"


def test_auditors_read_the_log_and_a_token_reads_no_more_than_it_may(vault: Vault) -> None:
    vault.create_collection("matter", user="local")
    vault.create_collection("other", user="local")
    vault.accounts.add("ana", user="local", auditor=True)
    assert vault.audit.reads_everything("ana")
    _, searching = vault.tokens.add("a", user="local", days=1)
    assert not vault.audit.may_read(vault.tokens.bearer(searching))
    _, managing = vault.tokens.add(
        "b", user="local", days=1, permissions=[Permission.MANAGE, Permission.ADMINISTER],
        collections=["other"],
    )  # fmt: skip
    bearer = vault.tokens.bearer(managing)
    assert not vault.audit.reads_everything(bearer)
    shown = {name for entry in vault.audit.entries(Selection(), user=bearer) for name in entry.collections}
    assert shown == {"other"}
    vault.accounts.lock("ana", user="local")
    assert not vault.audit.may_read("ana")


def test_a_user_who_must_wait_is_not_signed_in_by_the_right_password(vault: Vault) -> None:
    now = [datetime(2026, 3, 6, 9, 0, tzinfo=UTC)]
    vault.passwords.clock = lambda: now[0]
    vault.passwords.set("local", GOOD)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            vault.passwords.check("local", OTHER)
    with pytest.raises(SignInDelayed):
        vault.passwords.check("local", GOOD)
    now[0] += timedelta(hours=1)
    assert vault.passwords.check("local", GOOD) == "local"
