"""Users of the vault: listing, adding, locking, resetting, and choosing one's own password."""

from __future__ import annotations

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.accounts import NewPassword, NewUser, UserAdded, UserEntry, UserRoles


class AccountOperations:
    """Administers users. Only administrators may, except that everybody chooses their own password."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._accounts = workplace.vault.accounts
        self._passwords = workplace.vault.passwords
        self._user = user

    def all(self) -> list[UserEntry]:
        """Return all users. Raises AccessDenied."""
        return [UserEntry.of(one) for one in self._accounts.all(user=self._user)]

    def add(self, request: NewUser) -> UserAdded:
        """Add a user. Raises AccessDenied, UserNameInvalid, UserExists."""
        made = self._accounts.add(
            request.name, user=self._user, administrator=request.administrator, auditor=request.auditor,
            password=request.password,
        )  # fmt: skip
        return UserAdded(name=request.name, password=made)

    def reset(self, name: str) -> UserAdded:
        """Give a user a temporary password. Raises AccessDenied, UserNotFound."""
        return UserAdded(name=name, password=self._accounts.reset(name, user=self._user))

    def lock(self, name: str) -> UserEntry:
        """Lock a user. Raises AccessDenied, UserNotFound, LastOfRole."""
        self._accounts.lock(name, user=self._user)
        return UserEntry.of(self._accounts.get(name))

    def unlock(self, name: str) -> UserEntry:
        """Unlock a user. Raises AccessDenied, UserNotFound."""
        self._accounts.unlock(name, user=self._user)
        return UserEntry.of(self._accounts.get(name))

    def set_roles(self, request: UserRoles) -> UserEntry:
        """Give or take roles in the whole vault. Raises AccessDenied, UserNotFound, LastOfRole."""
        changed = self._accounts.set_roles(
            request.name, user=self._user, administrator=request.administrator, auditor=request.auditor
        )
        return UserEntry.of(changed)

    def choose_password(self, request: NewPassword) -> None:
        """Choose one's own password. Raises PasswordUnfit, PasswordNeeded, SignInRefused, UserNotFound."""
        new = request.new.get_secret_value()
        if request.current is None:
            self._passwords.choose_first(self._user, new)
        else:
            self._passwords.change(self._user, request.current.get_secret_value(), new)
