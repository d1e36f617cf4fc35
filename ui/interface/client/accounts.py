"""Requests for users."""

from __future__ import annotations

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.schemas.accounts import NewPassword, NewUser, UserAdded, UserEntry, UserName, UserRoles


class AccountRequests:
    """Asks what `ui.interface.operations.accounts.AccountOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[UserEntry]:
        """Return all users."""
        return self._connection.call("GET", "/users", TypeAdapter(list[UserEntry]))

    def add(self, request: NewUser) -> UserAdded:
        """Add a user."""
        return self._connection.call("POST", "/users", TypeAdapter(UserAdded), request)

    def reset(self, name: str) -> UserAdded:
        """Give a user a temporary password."""
        return self._connection.call("POST", "/users/reset", TypeAdapter(UserAdded), UserName(name=name))

    def lock(self, name: str) -> UserEntry:
        """Lock a user."""
        return self._connection.call("POST", "/users/lock", TypeAdapter(UserEntry), UserName(name=name))

    def unlock(self, name: str) -> UserEntry:
        """Unlock a user."""
        return self._connection.call("POST", "/users/unlock", TypeAdapter(UserEntry), UserName(name=name))

    def set_roles(self, request: UserRoles) -> UserEntry:
        """Give or take roles in the whole vault."""
        return self._connection.call("PUT", "/users/roles", TypeAdapter(UserEntry), request)

    def choose_password(self, request: NewPassword) -> None:
        """Choose one's own password."""
        self._connection.call("PUT", "/password", TypeAdapter(None), request)
