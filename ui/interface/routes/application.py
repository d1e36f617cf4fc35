"""The application: all routes, and errors as JSON of one form."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import unquote

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.telemetry import TelemetryConfig
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.interface.operations.workplace import Workplace
from ui.interface.routes import (
    accounts,
    answers,
    collections,
    documents,
    holds,
    jobs,
    log,
    models,
    tokens,
)
from ui.interface.routes.failures import details_of, status_of
from ui.interface.routes.permission import require_permission, served
from ui.interface.routes.stream import NDJSON, Workers
from ui.interface.schemas.base import as_json
from ui.interface.schemas.errors import ErrorBody, ErrorDetails
from ui.interface.schemas.headers import USER_HEADER, VERSION_HEADER
from vault.errors import IncameraError, RequestInvalid, RouteNotFound

_DESCRIPTION = """
Questions and answers from the documents of a vault, and everything else that the `incamera` command does.

Long requests answer with a stream of events (`application/x-ndjson`): one JSON value a line, each with its
name in `event`. The last one is `end` with the result, or `error`. When the caller disconnects, the work
stops.
"""

_USER_PARAMETER = {
    "name": USER_HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "title": USER_HEADER},
    "description": "The user in whose name this is done, percent-encoded. Default: INCAMERA_USER.",
}
NO_TELEMETRY = TelemetryConfig(
    tracing=False, metrics=False, logs=False, operation_spans=False, auto_configure=False
)
"""It would send requests, which hold questions, to wherever a profile of OpenTelemetry says."""


PARTS = tuple(
    part.router for part in (accounts, answers, collections, documents, holds, jobs, log, models, tokens)
)
"""All routes, of which programs may ask for some (see `ui.interface.routes.permission`)."""


def application(workplace: Workplace, workers: Workers) -> ASGIApp:
    """Return the interface that commands use, of the vault that `workplace` holds.

    `workers` do what takes long. Raises TypeError for a route that does not say what it needs.
    """
    api = Interface(workplace, workers, user_of=_named_user(workplace), parameters=[_USER_PARAMETER])
    for router in PARTS:
        api.include_router(served(router, to_programs=False), prefix="/api")
    return Versioned(api)


class Interface(FastAPI):
    """An application of typed routes: errors have one form, and streams are described as what they are."""

    def __init__(
        self,
        workplace: Workplace,
        workers: Workers,
        *,
        user_of: Callable[[Request], str],
        parameters: Sequence[dict[str, Any]] = (),
        security: dict[str, Any] | None = None,
        prefix: str = "/api",
        description: str = _DESCRIPTION,
        error_model: type[BaseModel] = ErrorBody,
    ) -> None:
        """`user_of` says in whose name a request is made; `prefix` is where the description is found.

        For the description, `parameters` are what every request can have, `security` is how it shows who
        makes it, and `error_model` is the form of errors.
        """
        super().__init__(
            title="Incamera",
            version=version("incamera"),
            description=description,
            openapi_url=f"{prefix}/openapi.json",
            telemetry=NO_TELEMETRY,
            docs_url=None,  # these pages load their scripts from elsewhere
            redoc_url=None,
            dependencies=[Depends(require_permission)],
            responses={"default": {"model": error_model, "description": "Why it was not done."}},
        )
        self._parameters, self._security = list(parameters), security
        self.state.workplace, self.state.workers, self.state.user_of = workplace, workers, user_of
        self.add_exception_handler(RequestValidationError, _refuse_invalid)
        self.add_exception_handler(HTTPException, _refuse_unknown)
        for kind in (IncameraError, OSError, sqlite3.Error, Exception):
            self.add_exception_handler(kind, _refuse)

    def refusal(self, details: ErrorDetails) -> JSONResponse:
        """Return the response to a request that failed."""
        return JSONResponse(as_json(ErrorBody(error=details)), status_code=status_of(details))

    def openapi(self) -> dict[str, Any]:
        """Return the description of all routes as OpenAPI."""
        if self.openapi_schema is not None:
            return self.openapi_schema
        described = super().openapi()
        if self._security is not None:
            described["components"]["securitySchemes"] = self._security
            described["security"] = [{name: []} for name in self._security]
        for operations in described["paths"].values():
            for operation in operations.values():
                operation["parameters"] = [*operation.get("parameters", []), *self._parameters]
                _describe_streams(operation["responses"])
        return described


def _describe_streams(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if NDJSON in content and status == "default":
            content["application/json"] = content.pop(NDJSON)
        elif NDJSON in content:
            # FastAPI takes everything that is not JSON for text.
            content[NDJSON]["schema"].pop("type", None)


class Versioned:
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


def _named_user(workplace: Workplace) -> Callable[[Request], str]:
    """Return what reads the user of a command's request, which `ui.interface.routes.proof` has proved."""

    def user_of(request: Request) -> str:
        named = request.headers.get(USER_HEADER)
        return workplace.settings.user if named is None else unquote(named)

    return user_of


def _refuse(request: Request, error: Exception) -> JSONResponse:
    details = details_of(error, request.app.state.workplace.settings.data)
    api = request.app
    assert isinstance(api, Interface)
    return api.refusal(details)


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
