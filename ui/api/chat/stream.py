"""Sends the parts of an answer as server-sent events, as clients of OpenAI's protocol expect them."""

from __future__ import annotations

from pydantic_core import to_json
from starlette.responses import JSONResponse, Response

from ui.api.chat.errors import chat_error
from ui.interface.routes.failures import status_of
from ui.interface.routes.stream import EventStream
from ui.interface.schemas.base import as_json
from ui.interface.schemas.errors import ErrorDetails

SSE = "text/event-stream"


class LastPart:
    """Says that a stream ends."""


class ServerSentEvents(EventStream):
    """A stream of events, each as a line of JSON after `data:`; the last one is `[DONE]`."""

    media_type = SSE

    def encoded(self, event: object) -> bytes:
        """Return an event as it is sent."""
        said = b"[DONE]" if isinstance(event, LastPart) else to_json(event, exclude_none=False)
        return b"data: " + said + b"\n\n"

    def failure(self, details: ErrorDetails) -> bytes:
        """Return an error as the last event."""
        return self.encoded(chat_error(details, status_of(details)))

    def refusal(self, details: ErrorDetails) -> Response:
        """Return the response to a request that failed before its first event."""
        status = status_of(details)
        return JSONResponse(as_json(chat_error(details, status)), status_code=status)
