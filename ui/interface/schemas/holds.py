"""Legal holds and retention dates."""

from __future__ import annotations

from datetime import date

from ui.interface.schemas.base import Request, Result
from vault.ledger.holds import Hold, Retention


class NewHold(Request):
    """A legal hold to set on a collection or on one of its documents."""

    collection: str
    document: str = ""
    """8 or more digits of its sha256; empty for the whole collection."""
    reason: str


class HoldRelease(Request):
    """A legal hold to release."""

    hold: str
    """The beginning of its id, at least 4 digits."""
    reason: str


class HoldEntry(Result):
    """A legal hold."""

    id: str
    collection: str
    document: str
    """sha256; empty for the whole collection."""
    reason: str
    user: str
    """Who set it."""
    at: str
    """UTC, ISO 8601."""

    @classmethod
    def of(cls, hold: Hold) -> HoldEntry:
        """Return what the interface says about a hold."""
        return cls(
            id=hold.id, collection=hold.collection, document=hold.sha256, reason=hold.reason, user=hold.user,
            at=hold.at,
        )  # fmt: skip


class NewRetention(Request):
    """The day until which a collection or one of its documents is to be kept."""

    collection: str
    document: str = ""
    """8 or more digits of its sha256; empty for the whole collection."""
    until: date | None
    """The last day; null for none any more."""


class RetentionEntry(Result):
    """A retention date."""

    collection: str
    document: str
    """sha256; empty for the whole collection."""
    until: str
    """The last day, ISO 8601."""
    held: bool
    """Whether a legal hold refuses its deletion, whatever the day."""

    @classmethod
    def of(cls, one: Retention) -> RetentionEntry:
        """Return what the interface says about a retention date."""
        return cls(collection=one.collection, document=one.sha256, until=one.until, held=one.held)
