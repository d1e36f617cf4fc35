"""Whose turn it is at something that serves one at a time: fair between users."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count
from threading import Event as Cancel

_LOOK_EVERY = 0.05
"""Seconds between looks at a caller's cancel event."""


class Ticket:
    """A place in the queue. `leave` must be called, whatever came of it."""

    def __init__(self, turns: Turns, user: str, arrived: int) -> None:
        self._turns = turns
        self.user = user
        self.arrived = arrived

    def positions(self, cancel: Cancel | None) -> Iterator[int]:
        """How many are before it, whenever that changes, until it is its turn or `cancel` is set."""
        told = 0
        while (before := self._turns.before(self)) and not (cancel is not None and cancel.is_set()):
            if before != told:
                told = before
                yield before
            self._turns.wait(_LOOK_EVERY)

    @property
    def is_first(self) -> bool:
        """Whether it is its turn."""
        return self._turns.before(self) == 0

    def leave(self) -> None:
        """Make place for the next."""
        self._turns.leave(self)


class Turns:
    """The queue. The next is the first request of whoever was served least recently: a user with ten
    questions does not keep another with one waiting for all ten."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._arrivals = count()
        self._serving: Ticket | None = None
        self._waiting: list[Ticket] = []
        self._served: dict[str, int] = {}

    def enter(self, user: str) -> Ticket:
        """Queue up."""
        with self._changed:
            ticket = Ticket(self, user, next(self._arrivals))
            self._waiting.append(ticket)
            self._advance()
            return ticket

    def before(self, ticket: Ticket) -> int:
        """How many are served before it, the one being served now counted; 0 when it is its turn."""
        with self._changed:
            if ticket is self._serving:
                return 0
            return 1 + self._order().index(ticket)

    def wait(self, seconds: float) -> None:
        """Return when something may have changed, after `seconds` at the latest."""
        with self._changed:
            self._changed.wait(seconds)

    def leave(self, ticket: Ticket) -> None:
        """Take it out, served or not; leaving twice is allowed."""
        with self._changed:
            if ticket is self._serving:
                self._serving = None
            elif ticket in self._waiting:
                self._waiting.remove(ticket)
            self._advance()
            self._changed.notify_all()

    def _advance(self) -> None:
        if self._serving is None and self._waiting:
            self._serving = self._order()[0]
            self._waiting.remove(self._serving)
            # Moved to the end: who was served last comes last.
            self._served.pop(self._serving.user, None)
            self._served[self._serving.user] = self._serving.arrived
            self._changed.notify_all()

    def _order(self) -> list[Ticket]:
        """Those who wait, in the order in which they are served if nobody else comes."""
        recency = {user: place for place, user in enumerate(self._served)}
        ahead: dict[str, int] = {}
        keys = []
        for ticket in self._waiting:
            nth = ahead.get(ticket.user, 0)
            ahead[ticket.user] = nth + 1
            # Who is being served now, or was served lately, has had a turn in this round.
            keys.append(((nth, recency.get(ticket.user, -1), ticket.arrived), ticket))
        return [ticket for _, ticket in sorted(keys, key=lambda pair: pair[0])]
