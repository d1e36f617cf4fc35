"""Tokens by which programs act in the name of a user."""

from __future__ import annotations

from pydantic import Field

from ui.interface.schemas.base import Request, Result
from vault.bearers import Permission


class NewToken(Request):
    """A token to make."""

    name: str
    """What you call it, such as the program that uses it."""
    days: float | None = None
    """How long it is valid; null: as INCAMERA_TOKEN_DAYS says."""
    permissions: list[Permission] = Field(default_factory=lambda: [Permission.SEARCH])
    collections: list[str] | None = None
    """The names of the collections that it reaches; null: all of yours."""


class TokenEntry(Result):
    """What is known of a token. Times are UTC, ISO 8601."""

    id: str
    name: str
    permissions: list[Permission]
    collections: list[str] | None
    """Names, of those that you can still see; null: all of yours."""
    added: str
    expires: str
    revoked: str
    """Empty unless it was revoked."""
    used: str
    """When it was last used, to within a minute; or empty."""
    valid: bool
    """Whether it works now."""


class TokenAdded(Result):
    """A token that was made."""

    token: TokenEntry
    secret: str
    """What programs send. It is shown only now."""
