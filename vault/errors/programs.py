"""Errors of the interface for programs: tokens, and limits on what is sent."""

from vault.errors.base import IncameraError


class TokenInvalid(IncameraError):
    """A request has no token, or one that is unknown, has expired or was revoked."""


class TokenNotFound(IncameraError):
    """The user has no token with this id."""

    exit_code = 2


class TokenRefused(IncameraError):
    """A token cannot be made like this."""

    exit_code = 2


class RequestTooLarge(IncameraError):
    """The body of a request is larger than the interface takes."""

    exit_code = 2


class RequestTooSlow(IncameraError):
    """The body of a request did not arrive in time."""


class TooManyRequests(IncameraError):
    """A token asks more than the interface answers at once, or in a minute."""

    def __init__(self, message: str, retry_after: int = 1) -> None:
        """`retry_after` is after how many seconds it may ask again."""
        super().__init__(message)
        self.retry_after = retry_after


class RequestTookTooLong(IncameraError):
    """What was asked was not done within the time that a request may take."""
