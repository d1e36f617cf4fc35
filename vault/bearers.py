"""The holder of a token: a user's name that carries what the token lets its holder do.

Everything that takes the name of a user takes a `Bearer` too, and `vault.ledger.members` asks here before it
grants anything. So a limit of a token holds wherever the rights of its user are checked, and a request for
programs needs no checks of its own.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn, Self

from vault.errors import AccessDenied


class Permission(StrEnum):
    """What a token can permit, and what a request needs. The first three are `vault.access.Action`."""

    SEARCH = "search"
    INGEST = "ingest"
    MANAGE = "manage"
    ADMINISTER = "administer"
    """Do what only administrators may do. It needs a token for all collections as well."""


class Bearer(str):
    """The name of a user, for a request with a token. It is less than the user: never more is permitted."""

    token: str
    """Id of the token."""
    permissions: frozenset[Permission]
    collections: frozenset[str] | None
    """Ids of the collections that the token reaches; None: all of the user's."""

    def __new__(
        cls,
        user: str,
        *,
        token: str,
        permissions: frozenset[Permission],
        collections: frozenset[str] | None,
    ) -> Self:
        """Return the name of `user` with the limits of a token."""
        made = super().__new__(cls, user)
        made.token = token
        made.permissions = permissions
        made.collections = collections
        return made

    def __copy__(self) -> Self:
        """Return itself: a copy with fewer limits would be the user."""
        return self

    def __deepcopy__(self, _: object) -> Self:
        """Return itself, as `__copy__` does."""
        return self

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled, because it would come out as something else."""
        raise TypeError("A bearer of a token stays in its process.")


def reaches(user: str, collection_id: str) -> bool:
    """Return whether the user's request may reach a collection at all. Without a token, it may."""
    return not isinstance(user, Bearer) or user.collections is None or collection_id in user.collections


def permits(user: str, permission: str) -> bool:
    """Return whether the user's request may do this kind of thing at all. Without a token, it may."""
    return not isinstance(user, Bearer) or permission in user.permissions


def may_administer(user: str) -> bool:
    """Return whether the user's request may do at all what concerns every collection of everybody."""
    return permits(user, Permission.ADMINISTER) and not is_limited(user)


def is_limited(user: str) -> bool:
    """Return whether the user's request reaches only some of the user's collections."""
    return isinstance(user, Bearer) and user.collections is not None


def refuse_limited(user: str, permission: Permission, act: str) -> None:
    """Refuse what concerns more than one collection to a token that reaches only some, or may not do it.

    Raises AccessDenied.
    """
    if is_limited(user) or not permits(user, permission):
        raise AccessDenied(
            f"This token of {str(user)!r} may not {act}. Make one for all collections that may "
            f"{permission.value}: incamera tokens add NAME --may {permission.value}"
        )


def refuse_path(user: str, path: str) -> None:
    """Refuse the path of a file or folder on this machine in a request with a token, unless it is empty.

    Its holder may be anywhere, and must not learn what lies on this machine. Raises AccessDenied.
    """
    if path and isinstance(user, Bearer):
        raise AccessDenied("Only a command on Incamera's own machine can name a file or folder there.")
