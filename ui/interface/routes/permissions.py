"""What each route needs. A route that is not listed here answers nobody.

The operation behind a route checks the right itself, for the collection that the request names; this list is
what the documentation and the tests go by, and what a token for programs is limited by.
"""

from __future__ import annotations

from enum import StrEnum

from fastapi import Request

from vault.errors import AccessDenied


class Permission(StrEnum):
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


PERMISSIONS: dict[tuple[str, str], Permission] = {
    ("GET", "/status"): Permission.OWN,
    ("GET", "/collections"): Permission.OWN,
    ("POST", "/collections"): Permission.OWN,
    ("PUT", "/collections/name"): Permission.MANAGE,
    ("PUT", "/collections/archived"): Permission.MANAGE,
    ("POST", "/collections/deletion/preview"): Permission.MANAGE,
    ("POST", "/collections/deletion"): Permission.MANAGE,
    ("POST", "/rebuilds"): Permission.MANAGE,
    ("GET", "/documents"): Permission.SEARCH,
    ("POST", "/purges/preview"): Permission.MANAGE,
    ("POST", "/purges"): Permission.MANAGE,
    ("POST", "/answers"): Permission.SEARCH,
    ("POST", "/mentions"): Permission.SEARCH,
    ("POST", "/approvals"): Permission.OWN,
    ("GET", "/training-rows"): Permission.SEARCH,
    ("GET", "/jobs"): Permission.OWN,
    ("POST", "/jobs"): Permission.INGEST,
    ("GET", "/jobs/{job}"): Permission.OWN,
    ("GET", "/jobs/{job}/events"): Permission.OWN,
    ("GET", "/models"): Permission.OWN,
    ("POST", "/models"): Permission.ADMINISTRATOR,
    ("DELETE", "/models"): Permission.ADMINISTRATOR,
    ("PUT", "/models/choice"): Permission.MANAGE_OR_ADMINISTRATOR,
    ("DELETE", "/models/choice"): Permission.MANAGE,
    ("POST", "/models/test"): Permission.OWN,
    ("POST", "/log"): Permission.LOG,
    ("GET", "/log/head"): Permission.LOG,
    ("POST", "/log/verifications"): Permission.LOG,
    ("GET", "/records/{record}"): Permission.OWN,
    ("POST", "/replays"): Permission.OWN,
    ("GET", "/holds"): Permission.OWN,
    ("POST", "/holds"): Permission.MANAGE,
    ("POST", "/holds/releases"): Permission.MANAGE,
    ("GET", "/retention"): Permission.OWN,
    ("POST", "/retention"): Permission.MANAGE,
    ("GET", "/users"): Permission.ADMINISTRATOR,
    ("POST", "/users"): Permission.ADMINISTRATOR,
    ("POST", "/users/reset"): Permission.ADMINISTRATOR,
    ("POST", "/users/lock"): Permission.ADMINISTRATOR,
    ("POST", "/users/unlock"): Permission.ADMINISTRATOR,
    ("PUT", "/users/roles"): Permission.ADMINISTRATOR,
    ("PUT", "/password"): Permission.OWN,
    ("GET", "/members"): Permission.SEARCH,
    ("PUT", "/members"): Permission.MANAGE,
    ("POST", "/members/managers"): Permission.ADMINISTRATOR,
    ("GET", "/walls"): Permission.MANAGE,
    ("POST", "/walls"): Permission.MANAGE,
    ("POST", "/walls/lift"): Permission.MANAGE,
}
"""By method and path below /api."""


def require_declared(request: Request) -> None:
    """Raise AccessDenied for a route that does not say what it needs."""
    path = getattr(request.scope.get("route"), "path", "")
    if (request.method, path) not in PERMISSIONS:
        raise AccessDenied(f"{request.method} {path} does not say who may use it, so nobody may.")
