"""Errors about users, passwords and walls."""

from vault.errors.base import IncameraError


class AccountError(IncameraError):
    """Something is wrong with a user's account, or with what is asked of it."""

    exit_code = 2


class UserNotFound(AccountError):
    """The vault has no such user."""


class UserExists(AccountError):
    """There is a user of this name, or one that differs only in capitals or accents."""


class UserNameInvalid(AccountError):
    """The name cannot be used for a user."""


class PasswordUnfit(AccountError):
    """The new password is too short, or too easy to guess."""


class LastOfRole(AccountError):
    """Without this user, nobody would manage the collection or administer the vault."""


class WallStands(AccountError):
    """There is a wall between the user and the collection."""


class SignInRefused(IncameraError):
    """The name and the password do not fit, or the account is locked."""


class SignInDelayed(SignInRefused):
    """There were too many wrong passwords, or too many people sign in at this moment."""


class SignOnFailed(SignInRefused):
    """The provider could not be asked who somebody is, or its answer does not hold."""


class PasswordNeeded(IncameraError):
    """The user has a password, which was not given."""

    exit_code = 2


class PasswordOutdated(IncameraError):
    """The password is right but temporary: it must be changed before anything else is done."""

    exit_code = 2


class SignedOut(IncameraError):
    """The session of the browser has ended."""
