"""What the routes get with every request: the operations of the user, and a way to answer with a stream."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request

from ui.interface.operations.accounts import AccountOperations
from ui.interface.operations.owner import Operations
from ui.interface.routes.proof import proved_user
from ui.interface.routes.stream import NDJSON, EventStream, Source, Workers


def _operations(request: Request) -> Operations:
    user = request.app.state.user_of(request)
    return Operations(request.app.state.workplace, proved_user(request, user))


def _own_account(request: Request) -> AccountOperations:
    """Return what a user may do to their own account, with a password that is given there as proof."""
    return Operations(request.app.state.workplace, request.app.state.user_of(request)).accounts


class Streams:
    """Answers with streams."""

    def __init__(self, request: Request) -> None:
        self._workers: Workers = request.app.state.workers
        self._data = request.app.state.workplace.settings.data

    def of(self, work: Callable[[Callable[[object], None], threading.Event], object]) -> EventStream:
        """Return a stream of the events that `work` sends, in a thread of its own (see `Workers.source`)."""
        return self.from_source(self._workers.source(work))

    def from_source(self, source: Source) -> EventStream:
        """Return a stream of the events of a source."""
        return EventStream(source, self._data)


GivenOwnAccount = Annotated[AccountOperations, Depends(_own_account)]
GivenOperations = Annotated[Operations, Depends(_operations)]
GivenStreams = Annotated[Streams, Depends(Streams)]


def stream_of(events: Any) -> dict[int | str, dict[str, Any]]:
    """Return the description of a response that is a stream of `events`, one JSON value a line."""
    return {
        200: {"model": events, "content": {NDJSON: {}}, "description": "Events, one a line; `end` is last."}
    }
