"""Who makes a request: the holder of a token, a user who gives a password, or one who needs none."""

from __future__ import annotations

import base64
import binascii

from fastapi import Request

from vault.bearers import Bearer
from vault.errors import PasswordNeeded, SignInRefused

_SCHEME = "basic "


def proved_user(request: Request, named: str) -> str:
    """Return the user in whose name a request is made, once that is proved.

    A token has proved whose it is. Otherwise the other side is a process of the same
    user of the operating system, and `named` is taken at its word, unless that user has a password: then it
    has to be given (HTTP Basic), or the setting `own_machine` says that it need not be. Raises
    PasswordNeeded, and as `PasswordStore.check` does.
    """
    if isinstance(named, Bearer):
        return named
    workplace = request.app.state.workplace
    passwords = workplace.vault.passwords
    given = request.headers.get("authorization", "")
    if given.lower().startswith(_SCHEME):
        return _checked(passwords.check(*_basic(given)), named)
    if passwords.has(named) and not workplace.settings.own_machine:
        raise PasswordNeeded(f"{named!r} has a password, which this request does not give.")
    return named


def _checked(user: str, named: str) -> str:
    if user != named:
        raise SignInRefused(f"The password is that of {user!r}, and the request is made for {named!r}.")
    return user


def _basic(given: str) -> tuple[str, str]:
    try:
        name, _, password = base64.b64decode(given[len(_SCHEME) :], validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SignInRefused("The name and the password cannot be read.") from None
    return name, password
