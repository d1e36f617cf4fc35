"""How much one token may ask: in a minute, and at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vault.errors import TooManyRequests

_AT_ONCE_RETRY = 1
"""Seconds after which to ask again, when too much is being answered."""


@dataclass(slots=True)
class _Use:
    left: float
    """How many requests may follow at once."""
    at: float
    """When that was computed, in seconds of the clock."""
    running: int = 0


class Rates:
    """Counts the requests of each token in this process; safe to use from any thread."""

    def __init__(self, per_minute: int, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        """After a pause, `per_minute` requests are let in at once; in the long run, that many each minute."""
        self._per_minute = per_minute
        self._at_once = at_once
        self._clock = clock
        self._lock = threading.Lock()
        self._uses: dict[str, _Use] = {}

    @contextmanager
    def entered(self, token: str) -> Iterator[None]:
        """Count a request of a token (its id) until the end of the block. Raises TooManyRequests."""
        with self._lock:
            use = self._refilled(token)
            if use.running >= self._at_once:
                raise TooManyRequests(
                    f"{use.running} requests of this token are being answered. Ask again when one has ended.",
                    _AT_ONCE_RETRY,
                )
            if use.left < 1:
                seconds = (1 - use.left) * 60 / self._per_minute
                raise TooManyRequests(
                    f"This token may ask {self._per_minute} times in a minute. Ask again in {seconds:.0f} s.",
                    max(1, round(seconds)),
                )
            use.left -= 1
            use.running += 1
        try:
            yield
        finally:
            with self._lock:
                use.running -= 1

    def _refilled(self, token: str) -> _Use:
        now = self._clock()
        use = self._uses.setdefault(token, _Use(self._per_minute, now))
        use.left = min(self._per_minute, use.left + (now - use.at) * self._per_minute / 60)
        use.at = now
        return use
