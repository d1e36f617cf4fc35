"""Errors of the command line, the web page and evaluation."""

from vault.errors.base import IncameraError


class ServerError(IncameraError):
    """The web page cannot be served at this address or port."""


class HandoverFailed(IncameraError):
    """The server that owns the vault did not do what a command asked it to do."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class OwnerEnded(HandoverFailed):
    """The process that owned the vault has ended before it replied: a command can do its work itself."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 1)


class RouteNotFound(IncameraError):
    """The interface has no such request; perhaps another version of it has."""


class RequestInvalid(IncameraError):
    """A request to the interface does not have the form that it must have."""

    exit_code = 2


class EvaluationError(IncameraError):
    """A question set is missing or has the wrong form."""

    exit_code = 2
