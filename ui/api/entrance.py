"""Who may use the interface for programs: a request needs a token, and keeps within limits."""

from __future__ import annotations

import asyncio

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.bodies import CallerGone, flowing_body, whole_body
from ui.api.chat.errors import chat_error
from ui.api.rates import Rates
from ui.api.time_limit import within
from ui.interface.routes.failures import details_of, status_of
from ui.interface.routes.stream import NDJSON
from ui.interface.schemas.base import as_json
from ui.interface.schemas.errors import ErrorBody, ErrorDetails, StreamFailed
from vault.bearers import Bearer
from vault.errors import RequestTookTooLong, TokenInvalid, TooManyRequests
from vault.ledger.tokens import TokenStore
from vault.settings import Settings

BEARER = "incamera.bearer"
"""Where a request that was let in has the `vault.bearers.Bearer` in whose name it is made."""
CHAT = "/v1/"
_UPLOADS = "/api/uploads/"
_SCHEME = "bearer "


class Entrance:
    """An ASGI application in front of that of the programs."""

    def __init__(self, app: ASGIApp, tokens: TokenStore, settings: Settings) -> None:
        self._app = app
        self._tokens = tokens
        self._settings = settings
        self._rates = Rates(settings.requests_per_minute, settings.requests_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            # In a thread: the vault may be busy with a purge.
            bearer = await asyncio.to_thread(self._bearer, scope)
            with self._rates.entered(bearer.token):
                await self._let_in(bearer, scope, receive, sending)
        except CallerGone:
            pass
        except Exception as error:
            if begun:
                raise  # too late to say anything
            await self._refusal(scope, error)(scope, receive, send)

    async def _let_in(self, bearer: Bearer, scope: Scope, receive: Receive, send: Send) -> None:
        settings = self._settings
        if scope["method"] == "PUT" and scope["path"].startswith(_UPLOADS):
            given = flowing_body(
                receive, most=settings.upload_file_mb << 20, seconds=settings.request_seconds
            )
            await self._app({**scope, BEARER: bearer}, given, send)
            return
        given = await whole_body(
            scope, receive, most=settings.request_kb << 10, seconds=settings.request_seconds
        )
        await within(settings.answer_seconds, self._app, {**scope, BEARER: bearer}, given, send, _last_event)

    def _bearer(self, scope: Scope) -> Bearer:
        sent = [value for name, value in scope["headers"] if name == b"authorization"]
        text = sent[0].decode("latin-1") if len(sent) == 1 else ""
        if not text.lower().startswith(_SCHEME):
            raise TokenInvalid(
                "The request has no token. Send one as `Authorization: Bearer TOKEN`, and make one with: "
                "incamera tokens add NAME"
            )
        return self._tokens.bearer(text[len(_SCHEME) :].strip())

    def _refusal(self, scope: Scope, error: Exception) -> Response:
        details = details_of(error, self._settings.data)
        headers = {}
        if isinstance(error, TokenInvalid):
            headers["www-authenticate"] = "Bearer"
        if isinstance(error, TooManyRequests):
            headers["retry-after"] = str(error.retry_after)
        return JSONResponse(_body(scope, details), status_of(details), headers)


def _body(scope: Scope, details: ErrorDetails) -> object:
    chat = scope["path"].startswith(CHAT)
    return as_json(chat_error(details, status_of(details)) if chat else ErrorBody(error=details))


def _last_event(content_type: bytes, limit: RequestTookTooLong) -> bytes:
    details = ErrorDetails.of(limit)
    if content_type.startswith(NDJSON.encode()):
        return StreamFailed(error=details).model_dump_json().encode() + b"\n"
    if content_type.startswith(b"text/event-stream"):
        return b"data: " + chat_error(details, 503).model_dump_json().encode() + b"\n\n"
    return b""
