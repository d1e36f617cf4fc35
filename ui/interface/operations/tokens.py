"""Tokens of programs: making, listing and revoking them."""

from __future__ import annotations

from datetime import UTC, datetime

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.tokens import NewToken, TokenAdded, TokenEntry
from vault.ledger.tokens import Token


class TokenOperations:
    """Makes, lists and revokes the tokens of the user."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._vault = workplace.vault
        self._days = workplace.settings.token_days
        self._user = user

    def add(self, request: NewToken) -> TokenAdded:
        """Make a token and return it with its secret. Raises TokenRefused, CollectionNotFound."""
        token, secret = self._vault.tokens.add(
            request.name, user=self._user, days=self._days if request.days is None else request.days,
            permissions=request.permissions, collections=request.collections,
        )  # fmt: skip
        return TokenAdded(token=self._entry(token), secret=secret)

    def all(self) -> list[TokenEntry]:
        """Return the tokens of the user, latest first."""
        return [self._entry(token) for token in self._vault.tokens.all(user=self._user)]

    def revoke(self, beginning: str) -> TokenEntry:
        """Revoke a token. Raises TokenNotFound."""
        return self._entry(self._vault.tokens.revoke(beginning, user=self._user))

    def _entry(self, token: Token) -> TokenEntry:
        names = {entry.id: entry.name for entry in self._vault.members.collections(user=self._user)}
        reached = token.collections
        return TokenEntry(
            id=token.id, name=token.name, permissions=sorted(token.permissions),
            collections=None if reached is None else sorted(names[one] for one in reached if one in names),
            added=token.added.isoformat(), expires=token.expires.isoformat(),
            revoked="" if token.revoked is None else token.revoked.isoformat(),
            used="" if token.used is None else token.used.isoformat(),
            valid=token.revoked is None and datetime.now(UTC) < token.expires,
        )  # fmt: skip
