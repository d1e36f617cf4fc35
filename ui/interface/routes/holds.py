"""Routes for legal holds and retention dates."""

from __future__ import annotations

from fastapi import APIRouter

from ui.interface.routes.given import GivenOperations
from ui.interface.routes.permission import Right, needs
from ui.interface.schemas.holds import HoldEntry, HoldRelease, NewHold, NewRetention, RetentionEntry
from vault.bearers import Permission

router = APIRouter(tags=["holds"])


@router.get("/holds", summary="List legal holds", openapi_extra=needs(Permission.SEARCH, Right.OWN))
def holds(owner: GivenOperations) -> list[HoldEntry]:
    """Return the legal holds in your collections."""
    return owner.holds.all()


@router.post("/holds", summary="Set a legal hold", status_code=201, openapi_extra=needs(Permission.MANAGE))
def set_hold(request: NewHold, owner: GivenOperations) -> HoldEntry:
    """Refuse from now on that a collection or document is deleted, or replaced by a newer version."""
    return owner.holds.set(request)


@router.post("/holds/releases", summary="Release a legal hold", openapi_extra=needs(Permission.MANAGE))
def release(request: HoldRelease, owner: GivenOperations) -> HoldEntry:
    """End a legal hold, for a reason that the log keeps."""
    return owner.holds.release(request)


@router.get("/retention", summary="List retention dates", openapi_extra=needs(Permission.SEARCH, Right.OWN))
def retention(owner: GivenOperations, due: bool = False) -> list[RetentionEntry]:
    """Return the retention dates in your collections; with `due`, those that are over."""
    return owner.holds.retention(due=due)


@router.post(
    "/retention", summary="Set a retention date", status_code=204, openapi_extra=needs(Permission.MANAGE)
)
def keep_until(request: NewRetention, owner: GivenOperations) -> None:
    """Set or remove the day until which a collection or document is to be kept."""
    owner.holds.keep_until(request)
