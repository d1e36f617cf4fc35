"""What the routes get with every request: the operations of the user, and a way to answer with a stream."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import Depends, Request
from fastapi import Header as HeaderField

from ui.interface.operations.accounts import AccountOperations
from ui.interface.operations.owner import Operations
from ui.interface.routes.permissions import require_declared
from ui.interface.routes.proof import proved_user
from ui.interface.routes.stream import NDJSON, EventStream, Source, Workers
from ui.interface.schemas.headers import USER_HEADER
from ui.services.session import USER_KEY

_USER = HeaderField(
    alias=USER_HEADER,
    description="The user in whose name this is done, percent-encoded. Default: INCAMERA_USER.",
)


def _operations(request: Request, user: Annotated[str | None, _USER] = None) -> Operations:
    workplace = request.app.state.workplace
    require_declared(request)
    return Operations(workplace, proved_user(request, _named(request, user)))


def _own_account(request: Request, user: Annotated[str | None, _USER] = None) -> AccountOperations:
    """Return what a user may do to their own account, with a password that is given there as proof."""
    require_declared(request)
    return Operations(request.app.state.workplace, _named(request, user)).accounts


def _named(request: Request, user: str | None) -> str:
    """Return the user in whose name a request is made, without any proof."""
    settings = request.app.state.workplace.settings
    return str(request.scope.get(USER_KEY) or (settings.user if user is None else unquote(user)))


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
