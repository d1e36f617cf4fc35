"""Who is signed in, and for how long."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.vault.ledger.test_purges import where
from ui.services.session import SessionLimits, Sessions, SessionState
from vault.database.migrations import migrate
from vault.ledger.vault_schema import VAULT_STEPS
from vault.settings import Settings
from vault.vault import Vault


class Clock:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def started(vault: Vault, clock: Clock, user: str = "local") -> Sessions:
    """Return the sessions of a server that has just started."""
    return Sessions(vault.sessions, user=user, hours=72, port=8765, clock=clock)


def limited(
    vault: Vault,
    clock: Clock,
    *,
    absolute: timedelta = timedelta(days=30),
    lock: timedelta = timedelta(),
    has_password: Callable[[str], bool] = lambda _: False,
) -> Sessions:
    """Return the sessions of a server with these limits."""
    limits = SessionLimits(timedelta(hours=72), absolute, lock)
    return Sessions(
        vault.sessions, user="local", hours=72, port=8765, limits=limits, has_password=has_password,
        clock=clock,
    )  # fmt: skip


def signed_in(sessions: Sessions, previous: str = "") -> str:
    session = sessions.redeem(sessions.new_link(), previous=previous)
    assert session
    return session


def test_a_session_is_known_after_a_restart_and_a_link_is_not(vault: Vault, clock: Clock) -> None:
    before = started(vault, clock)
    session, link = signed_in(before), before.new_link()
    after = started(vault, clock)
    assert after.use(session)
    assert after.conversation(session) == before.conversation(session)
    assert after.redeem(link) is None
    assert not after.knows("made up")


def test_the_vault_keeps_no_secret_that_opens_the_page(
    vault: Vault, clock: Clock, settings: Settings
) -> None:
    sessions = started(vault, clock)
    session, link = signed_in(sessions), sessions.new_link()
    vault.close()
    assert not any(where(settings.data, session.encode(), link.encode()).values())


def test_an_unused_session_ends_and_a_check_does_not_extend_it(vault: Vault, clock: Clock) -> None:
    sessions = started(vault, clock)
    session = signed_in(sessions)
    clock.go_on(hours=71)
    assert sessions.use(session)
    clock.go_on(hours=71)
    assert sessions.knows(session)
    clock.go_on(hours=2)
    assert not sessions.knows(session)
    assert not sessions.use(session)
    assert sessions.conversation(session) is None
    assert not started(vault, clock).knows(session)


def test_the_last_use_of_a_session_is_known_after_a_restart(vault: Vault, clock: Clock) -> None:
    sessions = started(vault, clock)
    session = signed_in(sessions)
    clock.go_on(hours=50)
    assert sessions.use(session)
    sessions.save_use()
    clock.go_on(hours=50)
    assert started(vault, clock).use(session)


def test_a_browser_that_signs_in_again_gets_its_conversation_back(vault: Vault, clock: Clock) -> None:
    sessions = started(vault, clock)
    session = signed_in(sessions)
    conversation = sessions.conversation(session)
    clock.go_on(days=5)
    again = started(vault, clock)
    assert not again.knows(session)
    assert again.conversation(signed_in(again, previous=session)) == conversation
    assert again.conversation(signed_in(again)) != conversation
    assert again.conversation(signed_in(again, previous="made up")) != conversation


def test_an_abandoned_conversation_is_removed(vault: Vault, clock: Clock) -> None:
    vault.create_collection("Smith", user="local")
    sessions = started(vault, clock)
    old = sessions.conversation(signed_in(sessions)) or ""
    vault.conversations.begin(old, "What is due?", ["Smith"], None, user="local")
    clock.go_on(days=29)
    new = sessions.conversation(signed_in(sessions)) or ""
    vault.conversations.begin(new, "What is paid?", ["Smith"], None, user="local")
    clock.go_on(days=2)
    started(vault, clock)
    assert vault.conversations.turns(old, user="local") == []
    assert [turn.question for turn in vault.conversations.turns(new, user="local")] == ["What is paid?"]


def test_signing_out_ends_every_session_of_the_browser_and_no_other(vault: Vault, clock: Clock) -> None:
    sessions = started(vault, clock)
    first, other = signed_in(sessions), signed_in(sessions)
    second = signed_in(sessions, previous=first)
    sessions.end(sessions.conversation(second) or "")
    for server in (sessions, started(vault, clock)):
        assert [server.knows(each) for each in (first, second, other)] == [False, False, True]


def test_all_sessions_can_be_ended_at_once(vault: Vault, clock: Clock) -> None:
    sessions = started(vault, clock)
    session = signed_in(sessions)
    sessions.end_all()
    assert not sessions.knows(session)
    assert not started(vault, clock).knows(session)


def test_a_session_belongs_to_one_user_whoever_starts_the_server(vault: Vault, clock: Clock) -> None:
    vault.members.add_user("clerk")
    first = started(vault, clock)
    session, hers = signed_in(first), first.sign_in("clerk")
    later = started(vault, clock, user="clerk")
    assert (later.user(session), later.user(hers)) == ("local", "clerk")
    assert later.user(signed_in(later)) == "clerk"
    assert later.user("made up") is None


def test_a_browser_that_signs_in_as_somebody_else_leaves_the_first_session(
    vault: Vault, clock: Clock
) -> None:
    vault.members.add_user("clerk")
    sessions = started(vault, clock)
    first = signed_in(sessions)
    second = sessions.sign_in("clerk", previous=first)
    assert second != first
    assert not sessions.knows(first)
    assert not started(vault, clock).knows(first)
    again = sessions.sign_in("local", previous=second)
    assert sessions.conversation(again) != sessions.conversation(second)


def test_a_session_ends_after_its_longest_time_however_much_it_is_used(vault: Vault, clock: Clock) -> None:
    sessions = limited(vault, clock, absolute=timedelta(hours=10))
    session = signed_in(sessions)
    for _ in range(9):
        clock.go_on(hours=1)
        assert sessions.use(session, active=True)
    clock.go_on(hours=1)
    assert not sessions.use(session, active=True)
    assert not limited(vault, clock, absolute=timedelta(hours=10)).knows(session)


def test_a_session_is_locked_when_nobody_touches_anything(vault: Vault, clock: Clock) -> None:
    sessions = limited(vault, clock, lock=timedelta(minutes=15), has_password=lambda user: user == "clerk")
    vault.members.add_user("clerk")
    hers, link = sessions.sign_in("clerk"), signed_in(sessions)
    conversation = sessions.conversation(hers)
    clock.go_on(minutes=14)
    sessions.use(hers)  # a page that refreshes itself
    clock.go_on(minutes=1)
    assert sessions.state(hers) is SessionState.LOCKED
    assert (sessions.user(hers), sessions.conversation(hers)) == (None, None)
    assert not sessions.use(hers, active=True)
    assert sessions.locked_user(hers) == "clerk"
    assert sessions.knows(link), "there is no password to unlock it with"
    again = sessions.sign_in("clerk", previous=hers)
    assert sessions.conversation(again) == conversation
    assert sessions.state(hers) is SessionState.ENDED
    clock.go_on(minutes=14)
    sessions.note_active(again)
    clock.go_on(minutes=14)
    assert sessions.knows(again)


def test_a_user_sees_and_ends_their_own_sessions_only(vault: Vault, clock: Clock) -> None:
    vault.members.add_user("clerk")
    sessions = started(vault, clock)
    here, there, other = sessions.sign_in("clerk"), sessions.sign_in("clerk"), signed_in(sessions)
    clock.go_on(minutes=1)
    sessions.use(here)
    listed = sessions.entries("clerk", here)
    assert [entry.current for entry in listed] == [True, False]
    (foreign,) = sessions.entries("local", other)
    sessions.end_entry("clerk", foreign.id)
    sessions.end_entry("clerk", listed[1].id)
    assert [sessions.knows(each) for each in (here, there, other)] == [True, False, True]
    sessions.end_user("clerk")
    for server in (sessions, started(vault, clock)):
        assert [server.knows(each) for each in (here, there, other)] == [False, False, True]


def test_a_link_that_is_not_enough_signs_nobody_in(vault: Vault, clock: Clock) -> None:
    enough = [False]
    sessions = Sessions(
        vault.sessions, user="local", hours=72, port=8765, clock=clock, link_is_enough=lambda: enough[0]
    )
    link = sessions.new_link()
    assert sessions.redeem(link) is None
    enough[0] = True
    assert sessions.redeem(link)


def test_a_vault_from_before_sessions_existed_is_opened(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "collections").mkdir(parents=True)
    steps = next(number for number, step in enumerate(VAULT_STEPS) if "CREATE TABLE sessions" in step)
    connection = sqlite3.connect(data / "vault.db", isolation_level=None)
    migrate(connection, VAULT_STEPS[:steps], data / "vault.db")
    connection.execute("INSERT INTO users VALUES ('local', 1, '2026-01-01')")
    connection.close()
    with Vault(data, purpose="test") as vault:
        session = signed_in(started(vault, Clock()))
        assert started(vault, Clock()).knows(session)
        assert vault.conversations.turns("any", user="local") == []
