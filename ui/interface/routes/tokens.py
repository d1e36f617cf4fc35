"""Routes for the tokens of programs. Only commands reach them: no token can make another one."""

from __future__ import annotations

from fastapi import APIRouter

from ui.interface.routes.given import GivenOperations
from ui.interface.routes.permission import LOCAL, Right, needs
from ui.interface.schemas.tokens import NewToken, TokenAdded, TokenEntry

router = APIRouter(tags=["tokens"])


@router.get("/tokens", summary="List tokens", openapi_extra=needs(LOCAL, Right.OWN))
def tokens(owner: GivenOperations) -> list[TokenEntry]:
    """Return your tokens, latest first, without their secrets."""
    return owner.tokens.all()


@router.post("/tokens", summary="Make a token", status_code=201, openapi_extra=needs(LOCAL, Right.OWN))
def add(request: NewToken, owner: GivenOperations) -> TokenAdded:
    """Make a token by which a program acts in your name, and return its secret, which is shown only now."""
    return owner.tokens.add(request)


@router.delete("/tokens/{token}", summary="Revoke a token", openapi_extra=needs(LOCAL, Right.OWN))
def revoke(token: str, owner: GivenOperations) -> TokenEntry:
    """Revoke a token by its id, or by 4 or more of its first digits. It works no more from now on."""
    return owner.tokens.revoke(token)
