"""Requests for the tokens of programs."""

from __future__ import annotations

from urllib.parse import quote

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.schemas.tokens import NewToken, TokenAdded, TokenEntry


class TokenRequests:
    """Asks what `ui.interface.operations.tokens.TokenOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: NewToken) -> TokenAdded:
        """Make a token and return it with its secret."""
        return self._connection.call("POST", "/tokens", TypeAdapter(TokenAdded), request)

    def all(self) -> list[TokenEntry]:
        """Return the tokens of the user, latest first."""
        return self._connection.call("GET", "/tokens", TypeAdapter(list[TokenEntry]))

    def revoke(self, beginning: str) -> TokenEntry:
        """Revoke a token."""
        path = f"/tokens/{quote(beginning, safe='')}"
        return self._connection.call("DELETE", path, TypeAdapter(TokenEntry))
