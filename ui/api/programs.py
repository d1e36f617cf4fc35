"""The application of the programs: the typed routes, uploads and OpenAI's protocol, behind one entrance."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api import uploads
from ui.api.chat import routes as chat
from ui.api.chat.errors import ChatError, chat_error
from ui.api.entrance import BEARER, CHAT, Entrance
from ui.interface.operations.workplace import Workplace
from ui.interface.routes.application import PARTS, Interface, Versioned
from ui.interface.routes.failures import status_of
from ui.interface.routes.permission import served
from ui.interface.routes.stream import Workers
from ui.interface.schemas.base import as_json
from ui.interface.schemas.errors import ErrorDetails
from ui.services.upload_receiver import UploadReceiver
from vault.bearers import Bearer

_SECURITY = {"token": {"type": "http", "scheme": "bearer", "description": "From: incamera tokens add NAME"}}
_CHAT_DESCRIPTION = "OpenAI's protocol: each collection is a model, and an answer has its places with it."


def programs(workplace: Workplace, receiver: UploadReceiver, workers: Workers) -> ASGIApp:
    """Return the interface for programs; `workers` do what takes long.

    Raises TypeError for a route that does not say what it needs.
    """
    typed = Interface(workplace, workers, user_of=bearer_of, security=_SECURITY)
    typed.state.uploads = receiver
    for router in (*PARTS, uploads.router):
        typed.include_router(served(router, to_programs=True), prefix="/api")
    chats = _ChatInterface(
        workplace, workers, user_of=bearer_of, security=_SECURITY, prefix="/v1",
        description=_CHAT_DESCRIPTION, error_model=ChatError,
    )  # fmt: skip
    chats.include_router(served(chat.router, to_programs=True), prefix="/v1")

    async def by_path(scope: Scope, receive: Receive, send: Send) -> None:
        await (chats if scope["path"].startswith(CHAT) else typed)(scope, receive, send)

    return Versioned(Entrance(by_path, workplace.vault.tokens, workplace.settings))


def bearer_of(request: Request) -> Bearer:
    """Return in whose name a program's request is made. Only the entrance says so, whatever is sent."""
    bearer = request.scope[BEARER]
    assert isinstance(bearer, Bearer)
    return bearer


class _ChatInterface(Interface):
    """Reports errors as clients of OpenAI's protocol expect them."""

    def refusal(self, details: ErrorDetails) -> JSONResponse:
        """Return the response to a request that failed."""
        status = status_of(details)
        return JSONResponse(as_json(chat_error(details, status)), status_code=status)
