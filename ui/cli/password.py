"""The password of the user of a command: asked in the terminal, or read from a file."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING

from vault.errors import PasswordNeeded, PasswordUnfit
from vault.files.secret_file import secret_in
from vault.settings import Settings

if TYPE_CHECKING:
    from vault.vault import Vault

_given: dict[str, str] = {}
"""Passwords that were given to this command, by user: it may reach the vault several times."""


def prove_user(vault: Vault, settings: Settings) -> None:
    """Check the password of the user of the settings, if they have one and it is asked for here.

    Whoever may read the data folder can also read it with other programs: this keeps apart people who share
    an account of the operating system, and no more. Raises PasswordNeeded, SignInRefused, PasswordOutdated.
    """
    if vault.passwords.has(settings.user) and not settings.own_machine:
        vault.passwords.check(settings.user, ask_password(settings))


def ask_password(settings: Settings) -> str:
    """Return the password of the user of the settings.

    Raises PasswordNeeded when there is nobody to ask, SettingsError for a file that cannot be used.
    """
    user = settings.user
    if user not in _given:
        if settings.password_file is not None:
            _given[user] = secret_in(settings.password_file, "INCAMERA_PASSWORD_FILE")
        elif sys.stdin.isatty():
            _given[user] = getpass(f"Password of {user}: ")
        else:
            raise PasswordNeeded(
                f"{user!r} has a password. Run this in a terminal, which asks for it, or write it into a "
                "file that only you can read and name that in INCAMERA_PASSWORD_FILE."
            )
    return _given[user]


def ask_new_password(settings: Settings) -> str:
    """Ask twice for a new password in the terminal. Raises PasswordNeeded, PasswordUnfit."""
    if not sys.stdin.isatty():
        raise PasswordNeeded("Run this in a terminal, which asks for the new password; or use the page.")
    new = getpass(f"New password of {settings.user}: ")
    if new != getpass("Once more: "):
        raise PasswordUnfit("The two passwords are not the same. Nothing was changed.")
    return new
