"""Routes for users, for members of collections, and for walls."""

from __future__ import annotations

from fastapi import APIRouter

from ui.interface.routes.given import GivenOperations, GivenOwnAccount
from ui.interface.routes.permission import LOCAL, Right, needs
from ui.interface.schemas.accounts import (
    CollectionArchiving,
    CollectionDeletion,
    CollectionRenaming,
    ManagerAppointment,
    MemberChange,
    MemberEntry,
    NewPassword,
    NewUser,
    UserAdded,
    UserEntry,
    UserName,
    UserRoles,
    WallChange,
    WallEntry,
)
from ui.interface.schemas.collections import CollectionEntry, CollectionTotals
from vault.bearers import Permission

router = APIRouter(tags=["users"])


@router.get("/users", summary="List users", openapi_extra=needs(Permission.ADMINISTER))
def users(owner: GivenOperations) -> list[UserEntry]:
    """Return all users of the vault. For administrators only."""
    return owner.accounts.all()


@router.post("/users", summary="Add a user", status_code=201, openapi_extra=needs(LOCAL, Right.ADMINISTRATOR))
def add(request: NewUser, owner: GivenOperations) -> UserAdded:
    """Add a user, with a temporary password that is shown here only. For administrators only."""
    return owner.accounts.add(request)


@router.post("/users/reset", summary="Reset a password", openapi_extra=needs(LOCAL, Right.ADMINISTRATOR))
def reset(request: UserName, owner: GivenOperations) -> UserAdded:
    """Give a user a new temporary password and end their sessions. For administrators only."""
    return owner.accounts.reset(request.name)


@router.post("/users/lock", summary="Lock a user", openapi_extra=needs(LOCAL, Right.ADMINISTRATOR))
def lock(request: UserName, owner: GivenOperations) -> UserEntry:
    """Let a user do nothing any more, and end their sessions. For administrators only."""
    return owner.accounts.lock(request.name)


@router.post("/users/unlock", summary="Unlock a user", openapi_extra=needs(LOCAL, Right.ADMINISTRATOR))
def unlock(request: UserName, owner: GivenOperations) -> UserEntry:
    """Let a user who is locked, or must wait, sign in again. For administrators only."""
    return owner.accounts.unlock(request.name)


@router.put("/users/roles", summary="Change roles", openapi_extra=needs(LOCAL, Right.ADMINISTRATOR))
def set_roles(request: UserRoles, owner: GivenOperations) -> UserEntry:
    """Make a user an administrator or auditor, or end that. For administrators only."""
    return owner.accounts.set_roles(request)


@router.put("/password", summary="Choose a password", status_code=204, openapi_extra=needs(LOCAL, Right.OWN))
def choose_password(request: NewPassword, account: GivenOwnAccount) -> None:
    """Choose your own password, with the present one as proof if there is one; your sessions end."""
    account.choose_password(request)


@router.get("/members", summary="List members", openapi_extra=needs(Permission.SEARCH))
def members(collection: str, owner: GivenOperations) -> list[MemberEntry]:
    """Return the members of a collection."""
    return owner.members.all(collection)


@router.put("/members", summary="Change a member", openapi_extra=needs(Permission.MANAGE))
def set_member(request: MemberChange, owner: GivenOperations) -> list[MemberEntry]:
    """Give a user a role in a collection, or take it away, and return the members. For its managers only."""
    return owner.members.set(request)


@router.post(
    "/members/managers",
    summary="Appoint a manager",
    status_code=204,
    openapi_extra=needs(LOCAL, Right.ADMINISTRATOR),
)
def appoint(request: ManagerAppointment, owner: GivenOperations) -> None:
    """Give a collection whose managers are all locked a new one, not yourself. For administrators only."""
    owner.members.appoint(request)


@router.get("/walls", summary="List walls", openapi_extra=needs(Permission.MANAGE))
def walls(collection: str, owner: GivenOperations) -> list[WallEntry]:
    """Return the walls around a collection. For its managers only."""
    return owner.members.walls(collection)


@router.post("/walls", summary="Raise a wall", openapi_extra=needs(Permission.MANAGE))
def raise_wall(request: WallChange, owner: GivenOperations) -> list[WallEntry]:
    """Keep a user out of a collection, whatever their role, and return all walls. For its managers only."""
    return owner.members.raise_wall(request)


@router.post("/walls/lift", summary="Lift a wall", openapi_extra=needs(Permission.MANAGE))
def lift_wall(request: WallChange, owner: GivenOperations) -> list[WallEntry]:
    """Remove a wall and return the others; a membership counts again. For managers of the collection only."""
    return owner.members.lift_wall(request)


@router.put("/collections/name", summary="Rename a collection", openapi_extra=needs(Permission.MANAGE))
def rename(request: CollectionRenaming, owner: GivenOperations) -> CollectionEntry:
    """Rename a collection; answers keep the name that it had. For its managers only."""
    return owner.members.rename(request)


@router.post(
    "/collections/deletion/preview", summary="Preview a deletion", openapi_extra=needs(Permission.MANAGE)
)
def preview_deletion(request: CollectionDeletion, owner: GivenOperations) -> CollectionTotals:
    """Return how much a collection holds that would be deleted. For its managers only."""
    return owner.members.preview_deletion(request)


@router.post(
    "/collections/deletion",
    summary="Delete a collection",
    status_code=204,
    openapi_extra=needs(Permission.MANAGE),
)
def delete(request: CollectionDeletion, owner: GivenOperations) -> None:
    """Delete a collection with everything in it, so that no byte of it stays. For its managers only."""
    owner.members.delete(request)


@router.put("/collections/archived", summary="Archive a collection", openapi_extra=needs(Permission.MANAGE))
def archive(request: CollectionArchiving, owner: GivenOperations) -> CollectionEntry:
    """Keep a collection to be searched only, or restore it. For its managers only."""
    return owner.members.archive(request)
