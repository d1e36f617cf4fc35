"""Errors in the shape of OpenAI's."""

from __future__ import annotations

from ui.interface.schemas.base import Result
from ui.interface.schemas.errors import ErrorDetails

_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}


class ChatErrorDetails(Result):
    """What went wrong."""

    message: str
    type: str
    """OpenAI's kind of error."""
    param: str | None = None
    code: str
    """The class of the error here, such as "CollectionNotFound"."""


class ChatError(Result):
    """The body of every response that is not a success."""

    error: ChatErrorDetails


def chat_error(details: ErrorDetails, status: int) -> ChatError:
    """Return an error as clients of OpenAI's protocol expect it."""
    kind = _TYPES.get(status, "invalid_request_error" if status < 500 else "server_error")
    return ChatError(error=ChatErrorDetails(message=details.message, type=kind, code=details.type))
