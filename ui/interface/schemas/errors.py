"""How an error travels: its class by name, its message and the exit code of the command line."""

from __future__ import annotations

from typing import Literal

import vault.errors
from ui.interface.schemas.base import Result
from vault.errors import HandoverFailed, IncameraError


class ErrorDetails(Result):
    """What is known about an error."""

    type: str
    """Name of its class, such as "CollectionNotFound"."""
    message: str
    """What happened, with which value, and what to do."""
    exit_code: int
    """1 when something failed, 2 when the request was wrong."""

    @classmethod
    def of(cls, error: IncameraError) -> ErrorDetails:
        """Return the details of an error."""
        return cls(type=type(error).__name__, message=str(error), exit_code=error.exit_code)

    def error(self) -> IncameraError:
        """Return the error itself, of its own class; HandoverFailed if this version has no such class."""
        kind = getattr(vault.errors, self.type, None)
        if not isinstance(kind, type) or not issubclass(kind, IncameraError) or kind is HandoverFailed:
            return HandoverFailed(self.message, self.exit_code)
        return kind(self.message)


class ErrorBody(Result):
    """The body of every response that is not a success."""

    error: ErrorDetails


class StreamFailed(Result):
    """The last line of a stream of events whose work failed."""

    event: Literal["error"] = "error"
    error: ErrorDetails
