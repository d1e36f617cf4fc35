"""Passwords: what fits, what wrong ones cost, and that nobody learns who has an account."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from tests.vault.ledger.test_purges import where
from vault.errors import (
    PasswordNeeded,
    PasswordOutdated,
    PasswordUnfit,
    SignInDelayed,
    SignInRefused,
    UserNotFound,
)
from vault.ledger.passwords import PasswordStore
from vault.settings import Settings
from vault.vault import Vault

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Parameters with which a hash costs nothing. The product uses those of RFC 9106."""
GOOD, OTHER = "ladder amber quiet seventeen", "violin harbour nine clouds"


class Clock:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def passwords(vault: Vault, clock: Clock) -> Iterator[PasswordStore]:
    """The passwords of a vault in which "Ana Müller" has one."""
    vault.passwords.hasher, vault.passwords.clock = QUICK, clock
    vault.members.add_user("Ana Müller")
    vault.passwords.set("Ana Müller", GOOD)
    yield vault.passwords


def test_a_password_is_hashed_with_argon2id_and_stands_nowhere(vault: Vault, settings: Settings) -> None:
    vault.passwords.set("local", GOOD)
    with vault._db.read() as db:
        (hashed,) = db.execute("SELECT hash FROM accounts").fetchone()
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert vault.passwords.check("local", GOOD) == "local"
    vault.close()
    assert not any(where(settings.data, GOOD.encode()).values())


def test_a_name_is_known_without_capitals_and_accents(passwords: PasswordStore) -> None:
    for name in ("Ana Müller", "ana muller", " ANA MÜLLER ", "Ana Mu\u0308ller"):
        assert passwords.check(name, GOOD) == "Ana Müller"
    decomposed = "cafe\u0301 under the seventh bridge"
    passwords.set("Ana Müller", decomposed)
    assert passwords.check("Ana Müller", "caf\u00e9 under the seventh bridge") == "Ana Müller"


def test_every_wrong_password_after_some_costs_twice_the_time_of_the_last(
    passwords: PasswordStore, clock: Clock
) -> None:
    delays = []
    for _ in range(12):
        waited = timedelta()
        while isinstance(refused(passwords), SignInDelayed):
            clock.now += timedelta(seconds=5)
            waited += timedelta(seconds=5)
        delays.append(waited.total_seconds())
    assert delays == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]


def refused(passwords: PasswordStore) -> SignInRefused:
    """Give a wrong password, and return what is said."""
    with pytest.raises(SignInRefused) as raised:
        passwords.check("Ana Müller", "wrong")
    return raised.value


def test_the_right_password_must_wait_too_and_then_all_is_forgiven(
    passwords: PasswordStore, clock: Clock
) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            passwords.check("Ana Müller", "wrong")
    with pytest.raises(SignInDelayed, match="5 wrong passwords for this name"):
        passwords.check("Ana Müller", GOOD)
    clock.now += timedelta(seconds=30)
    assert passwords.check("Ana Müller", GOOD) == "Ana Müller"
    for _ in range(4):
        with pytest.raises(SignInRefused):
            passwords.check("Ana Müller", "wrong")
    assert passwords.check("Ana Müller", GOOD) == "Ana Müller"


def test_a_restart_forgives_nothing_and_a_day_does(
    vault: Vault, passwords: PasswordStore, clock: Clock
) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            passwords.check("Ana Müller", "wrong")
    restarted = PasswordStore(vault._db, vault.sessions, vault.log, hasher=QUICK, clock=clock)
    with pytest.raises(SignInDelayed):
        restarted.check("Ana Müller", GOOD)
    clock.now += timedelta(days=1, seconds=31)
    for _ in range(4):
        with pytest.raises(SignInRefused):
            restarted.check("Ana Müller", "wrong")
    assert restarted.check("Ana Müller", GOOD) == "Ana Müller"


def outcomes(passwords: PasswordStore, name: str) -> list[str]:
    found = []
    for _ in range(7):
        with pytest.raises(SignInRefused) as raised:
            passwords.check(name, "wrong")
        found.append(f"{type(raised.value).__name__}: {raised.value}")
    return found


def test_nobody_learns_whether_there_is_such_a_user(vault: Vault, passwords: PasswordStore) -> None:
    vault.members.add_user("no password")
    vault.members.add_user("locked")
    passwords.set("locked", OTHER)
    vault.accounts.lock("locked", user="local")
    told = [outcomes(passwords, name) for name in ("Ana Müller", "nobody", "no password", "locked")]
    assert all(one == told[0] for one in told)


def test_of_many_guesses_at_once_few_are_looked_at(passwords: PasswordStore) -> None:
    looked_at = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            looked_at.append(password)
            return super().verify(hash, password)

    passwords.hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)

    def guess(number: int) -> None:
        with pytest.raises(SignInRefused):
            passwords.check("Ana Müller", f"guess {number}")

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked_at) == 5


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "has 5 characters; it must have at least 12"),
        ("aaaaaaaaabbbb", "too easy to guess"),
        ("I am ana müller, really", "too easy to guess"),
        ("x" * 1025, "more than 1024"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(
    passwords: PasswordStore, password: str, said: str
) -> None:
    with pytest.raises(PasswordUnfit, match=said):
        passwords.set("Ana Müller", password)
    assert passwords.check("Ana Müller", GOOD)


def test_a_temporary_password_does_nothing_but_choose_another(vault: Vault, passwords: PasswordStore) -> None:
    made = vault.accounts.add("ben", user="local")
    with pytest.raises(PasswordOutdated):
        passwords.check("ben", made)
    with pytest.raises(PasswordUnfit, match="is the old one"):
        passwords.change("ben", made, made)
    with pytest.raises(SignInRefused):
        passwords.change("ben", "something else", OTHER)
    assert passwords.change("BEN", made, OTHER) == "ben"
    assert passwords.check("ben", OTHER) == "ben"
    with pytest.raises(SignInRefused):
        passwords.check("ben", made)


def test_only_a_user_without_a_password_chooses_one_without_proof(
    vault: Vault, passwords: PasswordStore
) -> None:
    assert not passwords.has("local")
    passwords.choose_first("local", OTHER)
    assert passwords.check("local", OTHER) == "local"
    with pytest.raises(PasswordNeeded):
        passwords.choose_first("local", GOOD)
    with pytest.raises(UserNotFound):
        passwords.choose_first("nobody", GOOD)


def test_hashes_are_renewed_when_the_parameters_change(vault: Vault, passwords: PasswordStore) -> None:
    passwords.hasher = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    assert passwords.check("Ana Müller", GOOD)
    with vault._db.read() as db:
        (hashed,) = db.execute("SELECT hash FROM accounts").fetchone()
    assert "m=16,t=2,p=1" in hashed
    assert passwords.check("Ana Müller", GOOD)
