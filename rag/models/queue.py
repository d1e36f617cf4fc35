"""A queue for something that serves one request at a time, fair between users."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count
from threading import Event as Cancel

_POLL_SECONDS = 0.05
"""How often a waiting request checks its caller's cancel event."""


class QueuedRequest:
    """A request in the queue. `leave` must be called in every case, whether it was served or not."""

    def __init__(self, queue: FairQueue, user: str, number: int) -> None:
        """`number` counts the requests in the order in which they joined."""
        self._queue = queue
        self.user = user
        self.number = number

    def positions(self, cancel: Cancel | None) -> Iterator[int]:
        """Yield how many requests are ahead, whenever that changes, until this one is served or cancelled."""
        last = 0
        while (ahead := self._queue.ahead_of(self)) and not (cancel is not None and cancel.is_set()):
            if ahead != last:
                last = ahead
                yield ahead
            self._queue.wait(_POLL_SECONDS)

    @property
    def is_served(self) -> bool:
        """Whether it is being served now."""
        return self._queue.ahead_of(self) == 0

    def leave(self) -> None:
        """Leave the queue, so that the next request is served."""
        self._queue.leave(self)


class FairQueue:
    """Serves one request at a time, the next one from the user who was served least recently.

    So a user with ten questions does not make another user wait for all ten.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._numbers = count()
        self._served: QueuedRequest | None = None
        self._waiting: list[QueuedRequest] = []
        self._latest: dict[str, int] = {}
        """Number of each user's latest request that was served; the user served last comes last."""

    def join(self, user: str) -> QueuedRequest:
        """Add a request of the user to the queue and return it."""
        with self._changed:
            request = QueuedRequest(self, user, next(self._numbers))
            self._waiting.append(request)
            self._serve_next()
            return request

    def ahead_of(self, request: QueuedRequest) -> int:
        """Return how many requests come before it, with the one being served; 0 for that one."""
        with self._changed:
            if request is self._served:
                return 0
            return 1 + self._order().index(request)

    def wait(self, seconds: float) -> None:
        """Return when the queue may have changed, after `seconds` at the latest."""
        with self._changed:
            self._changed.wait(seconds)

    def leave(self, request: QueuedRequest) -> None:
        """Remove the request, served or not; a request that has left already may leave again."""
        with self._changed:
            if request is self._served:
                self._served = None
            elif request in self._waiting:
                self._waiting.remove(request)
            self._serve_next()
            self._changed.notify_all()

    def _serve_next(self) -> None:
        if self._served is None and self._waiting:
            self._served = self._order()[0]
            self._waiting.remove(self._served)
            # Removed first, so that the user moves to the end.
            self._latest.pop(self._served.user, None)
            self._latest[self._served.user] = self._served.number
            self._changed.notify_all()

    def _order(self) -> list[QueuedRequest]:
        """Return the waiting requests in the order in which they are served if no other joins."""
        recency = {user: place for place, user in enumerate(self._latest)}
        rounds: dict[str, int] = {}
        keys = []
        for request in self._waiting:
            round_number = rounds.get(request.user, 0)
            rounds[request.user] = round_number + 1
            # A user who is served now, or was served lately, comes last in each round.
            keys.append(((round_number, recency.get(request.user, -1), request.number), request))
        return [request for _, request in sorted(keys, key=lambda pair: pair[0])]
