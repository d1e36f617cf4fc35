"""The application: all routes, and errors as JSON of one form."""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.interface.operations.workplace import Workplace
from ui.interface.routes import accounts, answers, collections, documents, holds, jobs, log, models
from ui.interface.routes.failures import details_of, status_of
from ui.interface.routes.stream import NDJSON, Workers
from ui.interface.schemas.base import as_json
from ui.interface.schemas.errors import ErrorBody
from ui.interface.schemas.headers import VERSION_HEADER
from vault.errors import IncameraError, RequestInvalid, RouteNotFound

_DESCRIPTION = """
Questions and answers from the documents of a vault, and everything else that the `incamera` command does.

Long requests answer with a stream of events (`application/x-ndjson`): one JSON value a line, each with its
name in `event`. The last one is `end` with the result, or `error`. When the caller disconnects, the work
stops.
"""

_NO_TELEMETRY = TelemetryConfig(
    tracing=False, metrics=False, logs=False, operation_spans=False, auto_configure=False
)
"""It would send requests, which hold questions, to wherever a profile of OpenTelemetry says."""


def application(workplace: Workplace, workers: Workers) -> ASGIApp:
    """Return the interface of the vault that `workplace` holds; `workers` do what takes long."""
    api = _Interface(
        title="Incamera",
        version=version("incamera"),
        description=_DESCRIPTION,
        openapi_url="/api/openapi.json",
        telemetry=_NO_TELEMETRY,
        docs_url=None,  # these pages load their scripts from elsewhere
        redoc_url=None,
        responses={"default": {"model": ErrorBody, "description": "Why it was not done."}},
    )
    api.state.workplace = workplace
    api.state.workers = workers
    for part in (accounts, answers, collections, documents, holds, jobs, log, models):
        api.include_router(part.router, prefix="/api")
    api.add_exception_handler(RequestValidationError, _refuse_invalid)
    api.add_exception_handler(HTTPException, _refuse_unknown)
    api.add_exception_handler(IncameraError, _refuse)
    for kind in (OSError, sqlite3.Error, Exception):
        api.add_exception_handler(kind, _refuse)
    return _Versioned(api)


class _Interface(FastAPI):
    """The application, with streams described as what they are."""

    def openapi(self) -> dict[str, Any]:
        """Return the description of all routes as OpenAPI."""
        described = super().openapi()
        for operations in described["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    if NDJSON in content and status == "default":
                        content["application/json"] = content.pop(NDJSON)
                    elif NDJSON in content:
                        # FastAPI takes everything that is not JSON for text.
                        content[NDJSON]["schema"].pop("type", None)
        return described


class _Versioned:
    """Adds the version of Incamera to every response."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner
        self._header = (VERSION_HEADER.lower().encode(), version("incamera").encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_versioned(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], self._header]
            await send(message)

        await self._inner(scope, receive, send_versioned)


def _refuse(request: Request, error: Exception) -> JSONResponse:
    details = details_of(error, request.app.state.workplace.settings.data)
    return JSONResponse(as_json(ErrorBody(error=details)), status_code=status_of(details))


def _refuse_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{_place(one)}: {one['msg']}" for one in error.errors())
    return _refuse(request, RequestInvalid(f"The request does not have the form of the interface. {wrong}."))


def _place(one: dict[str, Any]) -> str:
    """Return where in the request an error is, without its value, which may be text of a document."""
    return ".".join(str(part) for part in one["loc"])


def _refuse_unknown(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    asked = f"{request.method} {request.url.path}"
    return _refuse(
        request,
        RouteNotFound(f"The process that owns the vault does not know the request {asked!r}."),
    )
