"""One attempt to sign on, bound to one browser, without anything stored.

The browser keeps a random secret in a cookie. State, nonce and code verifier are made from that secret and
from a key of this process: nobody can make them from the cookie alone, and a stranger who begins a million
attempts takes no memory here.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from vault.errors import SignOnFailed

_SECONDS = 600
"""How long a person has for the provider's pages."""
_MOST_USED = 100_000
"""Attempts that are remembered as used; each is a digest."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What belongs to one attempt. Only state and nonce are sent through the browser."""

    secret: str
    """The browser's cookie."""
    begun: int
    """Seconds since 1970."""
    state: str
    nonce: str
    verifier: str
    """Of PKCE: it shows the provider that who brings the code has begun the attempt."""


class Attempts:
    """Begins attempts and takes each of them once. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds since 1970."""
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._used: OrderedDict[str, None] = OrderedDict()

    def begin(self) -> Attempt:
        """Return a new attempt."""
        return self._of(f"{secrets.token_urlsafe(32)}.{int(self._clock())}")

    def take(self, secret: str, state: str) -> Attempt:
        """Return the attempt of this browser's cookie, which must be the one that `state` is of.

        Raises SignOnFailed if it is not, if it is too old, and if it was taken before.
        """
        attempt = self._of(secret)
        if not secret or not hmac.compare_digest(attempt.state.encode(), state.encode("utf-8", "replace")):
            raise SignOnFailed("This sign-on was not begun in this browser, or before Incamera restarted.")
        if not 0 <= self._clock() - attempt.begun <= _SECONDS:
            raise SignOnFailed("Signing on took too long.")
        with self._lock:
            if attempt.state in self._used:
                raise SignOnFailed("This sign-on was used already.")
            self._used[attempt.state] = None
            if len(self._used) > _MOST_USED:
                self._used.popitem(last=False)
        return attempt

    def _of(self, secret: str) -> Attempt:
        begun = secret.rpartition(".")[2]
        seconds = int(begun) if begun.isascii() and begun.isdigit() and len(begun) <= 12 else 0
        parts = [self._made(secret, purpose) for purpose in ("state", "nonce", "verifier")]
        return Attempt(secret, seconds, *parts)

    def _made(self, secret: str, purpose: str) -> str:
        text = f"{purpose} {secret}".encode("utf-8", "replace")
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()
