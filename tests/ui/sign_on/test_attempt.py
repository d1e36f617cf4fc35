"""An attempt to sign on belongs to one browser, for a while, once."""

from __future__ import annotations

import pytest

from ui.sign_on.attempt import Attempts
from vault.errors import SignOnFailed


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


def test_an_attempt_is_taken_once_and_by_its_own_secret_only() -> None:
    attempts = Attempts(Clock())
    one, two = attempts.begin(), attempts.begin()
    assert len({one.secret, one.state, one.nonce, one.verifier, two.state, two.nonce, two.verifier}) == 7
    assert 43 <= len(one.verifier) <= 128
    for secret, state in ((one.secret, two.state), (two.secret, one.state), ("", ""), ("", one.state)):
        with pytest.raises(SignOnFailed, match="not begun in this browser"):
            attempts.take(secret, state)
    assert attempts.take(one.secret, one.state) == one
    with pytest.raises(SignOnFailed, match="used already"):
        attempts.take(one.secret, one.state)
    assert attempts.take(two.secret, two.state) == two


def test_nobody_makes_a_state_from_a_cookie() -> None:
    """The key is the process's own: what another one began is not taken, after a restart neither."""
    attempt = Attempts(Clock()).begin()
    with pytest.raises(SignOnFailed, match="before Incamera restarted"):
        Attempts(Clock()).take(attempt.secret, attempt.state)


def test_an_attempt_ends_after_ten_minutes_and_its_age_cannot_be_changed() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    in_time, late = attempts.begin(), attempts.begin()
    clock.now += 600
    attempts.take(in_time.secret, in_time.state)
    clock.now += 1
    with pytest.raises(SignOnFailed, match="too long"):
        attempts.take(late.secret, late.state)
    with pytest.raises(SignOnFailed, match="not begun"):
        attempts.take(f"{late.secret.partition('.')[0]}.{int(clock.now)}", late.state)
