"""What each route needs to be asked for. A route that does not say it is not served.

A route says two things: the right that its user needs, which the operation behind it checks for the
collection that is named, and the permission that a program's token needs besides. A command through the
socket is the user's own, and may ask for everything that the user may do. A program may ask for less: what
its token permits, and nothing that only this machine may ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute, APIRouter

from vault.bearers import Bearer, Permission, permits
from vault.errors import AccessDenied

LOCAL = "local"
"""For commands only: the route takes paths of files on the owner's machine, or makes tokens."""
KEY = "x-incamera-permission"
"""Where the description of a route says what a token needs."""
RIGHT_KEY = "x-incamera-right"
"""Where it says what its user needs."""


class Right(StrEnum):
    """What a user must be, to get an answer."""

    SEARCH = "search"
    """A member of each collection that the request is about, in any role."""
    INGEST = "ingest"
    """A contributor or manager of the collection."""
    MANAGE = "manage"
    """A manager of the collection."""
    ADMINISTRATOR = "administrator"
    """An administrator of the vault."""
    MANAGE_OR_ADMINISTRATOR = "manage or administrator"
    """A manager of the collection, or an administrator where none is named."""
    LOG = "log"
    """An auditor or administrator of the vault, or a manager: of the entries about the own collections."""
    OWN = "own"
    """Any user: the answer is about what is theirs."""


_USUAL_RIGHTS = {
    Permission.SEARCH: Right.SEARCH,
    Permission.INGEST: Right.INGEST,
    Permission.MANAGE: Right.MANAGE,
    Permission.ADMINISTER: Right.ADMINISTRATOR,
}


def needs(permission: str, right: Right | None = None) -> dict[str, Any]:
    """Return what to put into the description of a route, as `openapi_extra`, so that it needs this.

    `permission` is one that a token has, or `LOCAL`. `right` is what the user needs, by default the right of
    the same kind.
    """
    usual = _USUAL_RIGHTS.get(Permission(permission)) if permission in {*Permission} else None
    return {KEY: str(permission), RIGHT_KEY: str(right or usual or "")}


def declared(route: APIRoute) -> str:
    """Return what a token needs for a route. Raises TypeError if the route does not say it."""
    said = (route.openapi_extra or {}).get(KEY)
    if said not in (LOCAL, *Permission) or not _said_right(route):
        methods = ", ".join(sorted(route.methods or ()))
        raise TypeError(
            f"{methods} {route.path} says {said!r} where it must say what it needs. "
            f"Add openapi_extra=needs(…) to it, with one of: {', '.join((*Permission, LOCAL))}."
        )
    return str(said)


def rights_of(routers: Iterable[APIRouter]) -> dict[tuple[str, str], Right]:
    """Return what a user needs for each route, by method and path.

    Raises TypeError for a route that does not say it.
    """
    rights: dict[tuple[str, str], Right] = {}
    for route in (route for router in routers for route in router.routes):
        if not isinstance(route, APIRoute) or not (said := _said_right(route)):
            raise TypeError(f"{route} does not say what it needs.")
        rights |= {(method, route.path): Right(said) for method in route.methods or ()}
    return rights


def _said_right(route: APIRoute) -> str:
    said = (route.openapi_extra or {}).get(RIGHT_KEY, "")
    return said if said in {*Right} else ""


def served(router: APIRouter, *, to_programs: bool) -> APIRouter:
    """Return a router with those routes of `router` that commands, or else programs, may ask for.

    Raises TypeError for a route that does not say what it needs.
    """
    chosen = APIRouter(tags=router.tags)
    for route in router.routes:
        if not isinstance(route, APIRoute):
            raise TypeError(f"{route} can say nothing about what it needs, so it cannot be served.")
        if declared(route) != LOCAL or not to_programs:
            chosen.routes.append(route)
    return chosen


def require_permission(request: Request) -> None:
    """Refuse a program whose token does not permit what the route needs. Raises AccessDenied."""
    route = request.scope.get("route")
    needed = declared(route) if isinstance(route, APIRoute) else ""
    user = request.app.state.user_of(request)
    # Some of what administrators may do costs much and shows nothing, so no operation checks it.
    members = request.app.state.workplace.vault.members
    lacks = (
        needed == Permission.ADMINISTER and isinstance(user, Bearer) and not members.is_administrator(user)
    )
    if lacks or not permits(user, needed):
        raise AccessDenied(
            f"This needs a token that may {needed}. Make one: incamera tokens add NAME --may {needed}"
        )
