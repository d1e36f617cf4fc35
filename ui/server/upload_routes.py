"""The HTTP routes for uploads, behind the gate like everything else:

    POST /uploads                 {"collection", "files": [{"name", "size"}…]}  →  {"upload"}
    PUT  /uploads/ID/NUMBER       the bytes of a file
    POST /uploads/ID/finish       {"problems": {NUMBER: why it did not arrive}}  →  {"outcome"}
    POST /uploads/ID/cancel       removes what has arrived

An error comes back as {"error": a sentence}.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.services.upload_receiver import UploadReceiver
from vault.errors import (
    AccessDenied,
    CollectionNotFound,
    IncameraError,
    SignedOut,
    StorageError,
    UploadNotFound,
    UploadRefused,
)

_WRITE_BYTES = 1 << 20
"""Bytes of a file that are collected in memory before they are written."""
_MAX_BODY_BYTES = 32 << 20
"""Most bytes of a JSON body; the largest holds a list of files."""
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (UploadRefused, 422),
    (UploadNotFound, 404),
    (CollectionNotFound, 404),
    (AccessDenied, 403),
    (SignedOut, 401),
    (StorageError, 507),
)
CurrentReceiver = Callable[[Request], tuple[UploadReceiver, str]]
"""Returns the receiver of uploads, and the user who is signed in."""


class _ChosenFile(BaseModel):
    name: str
    size: int = Field(ge=0)


class _Begin(BaseModel):
    collection: str
    files: list[_ChosenFile]


class _Finish(BaseModel):
    problems: dict[int, str] = {}


def upload_routes(current_receiver: CurrentReceiver) -> list[Route]:
    """Return the routes. Each request calls `current_receiver`: the receiver starts with the server."""

    async def begin(request: Request) -> Response:
        body = _Begin.model_validate_json(await _body(request))
        receiver, user = current_receiver(request)
        files = [(file.name, file.size) for file in body.files]
        upload = await run_in_threadpool(receiver.begin, body.collection, user, files)
        return JSONResponse({"upload": upload}, 201)

    async def receive(request: Request) -> Response:
        receiver, user = current_receiver(request)
        upload, number = request.path_params["upload"], request.path_params["number"]
        incoming = await run_in_threadpool(receiver.receive, upload, number, user)
        try:
            buffer = bytearray()
            async for block in request.stream():
                buffer += block
                if len(buffer) >= _WRITE_BYTES:
                    await run_in_threadpool(incoming.write, bytes(buffer))
                    buffer.clear()

            def finish() -> None:
                incoming.write(bytes(buffer))
                receiver.arrived(upload, number, incoming.finish(), user)

            await run_in_threadpool(finish)
        finally:
            await run_in_threadpool(incoming.discard)
        return Response(status_code=204)

    async def finish(request: Request) -> Response:
        body = _Finish.model_validate_json(await _body(request))
        receiver, user = current_receiver(request)
        upload = request.path_params["upload"]
        outcome = await run_in_threadpool(receiver.finish, upload, body.problems, user)
        return JSONResponse({"outcome": outcome})

    async def cancel(request: Request) -> Response:
        receiver, user = current_receiver(request)
        await run_in_threadpool(receiver.cancel, request.path_params["upload"], user)
        return Response(status_code=204)

    return [
        Route("/uploads", _with_error_responses(begin), methods=["POST"]),
        Route("/uploads/{upload}/finish", _with_error_responses(finish), methods=["POST"]),
        Route("/uploads/{upload}/cancel", _with_error_responses(cancel), methods=["POST"]),
        Route("/uploads/{upload}/{number:int}", _with_error_responses(receive), methods=["PUT"]),
    ]


def _with_error_responses(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that turns errors into error responses."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except IncameraError as error:
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
            return _error_response(str(error), status)
        except ValidationError:
            return _error_response(
                "The request is not in the form that this version expects. Reload the page.", 400
            )
        except ClientDisconnect:
            return Response(status_code=400)  # the client has gone and will not see it

    return answered


def _error_response(text: str, status: int) -> Response:
    return JSONResponse({"error": text}, status)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for block in request.stream():
        body += block
        if len(body) > _MAX_BODY_BYTES:
            raise UploadRefused("The list of files is too long. Choose fewer files at once.")
    return bytes(body)
