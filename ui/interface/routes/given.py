"""What the routes get with every request: the operations of the user, and a way to answer with a stream."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import Depends, Request
from fastapi import Header as HeaderField

from ui.interface.operations.owner import Operations
from ui.interface.routes.stream import NDJSON, EventStream, Source, Workers
from ui.interface.schemas.headers import USER_HEADER


def _operations(
    request: Request,
    user: Annotated[
        str | None,
        HeaderField(
            alias=USER_HEADER,
            description="The user in whose name this is done, percent-encoded. Default: INCAMERA_USER.",
        ),
    ] = None,
) -> Operations:
    workplace = request.app.state.workplace
    return Operations(workplace, workplace.settings.user if user is None else unquote(user))


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


GivenOperations = Annotated[Operations, Depends(_operations)]
GivenStreams = Annotated[Streams, Depends(Streams)]


def stream_of(events: Any) -> dict[int | str, dict[str, Any]]:
    """Return the description of a response that is a stream of `events`, one JSON value a line."""
    return {
        200: {"model": events, "content": {NDJSON: {}}, "description": "Events, one a line; `end` is last."}
    }
