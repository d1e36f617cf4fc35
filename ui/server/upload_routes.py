"""Where the page sends files to: HTTP, behind the gate like everything else.

    POST /uploads                 {"collection", "files": [{"name", "size"}…]}  →  {"upload"}
    PUT  /uploads/ID/NUMBER       the bytes of a file
    POST /uploads/ID/finish       {"problems": {NUMBER: why it did not arrive}}  →  {"outcome"}
    POST /uploads/ID/cancel       nothing of it is kept

What goes wrong comes back as {"error": a sentence}.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.services.uploading import Uploading
from vault.errors import (
    AccessDenied,
    CollectionNotFound,
    IncameraError,
    StorageError,
    UploadNotFound,
    UploadRefused,
)

_BLOCK = 1 << 20
"""Bytes that are held in memory of each file on its way."""
_LONGEST = 32 << 20
"""Bytes of a list of files."""
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (UploadRefused, 422),
    (UploadNotFound, 404),
    (CollectionNotFound, 404),
    (AccessDenied, 403),
    (StorageError, 507),
)
Desk = Callable[[], tuple[Uploading, str]]
"""Gives what takes uploads in, and in whose name."""


class _Chosen(BaseModel):
    name: str
    size: int = Field(ge=0)


class _Begin(BaseModel):
    collection: str
    files: list[_Chosen]


class _Finish(BaseModel):
    problems: dict[int, str] = {}


def upload_routes(desk: Desk) -> list[Route]:
    """The routes; `desk` is asked with every request, for there is none before the server runs."""

    async def begin(request: Request) -> Response:
        asked = _Begin.model_validate_json(await _body(request))
        uploading, user = desk()
        files = [(file.name, file.size) for file in asked.files]
        upload = await run_in_threadpool(uploading.begin, asked.collection, user, files)
        return JSONResponse({"upload": upload}, 201)

    async def receive(request: Request) -> Response:
        uploading, user = desk()
        upload, number = request.path_params["upload"], request.path_params["number"]
        arriving = await run_in_threadpool(uploading.receive, upload, number, user)
        try:
            waiting = bytearray()
            async for block in request.stream():
                waiting += block
                if len(waiting) >= _BLOCK:
                    await run_in_threadpool(arriving.write, bytes(waiting))
                    waiting.clear()

            def finish() -> None:
                arriving.write(bytes(waiting))
                uploading.arrived(upload, number, arriving.finish(), user)

            await run_in_threadpool(finish)
        finally:
            await run_in_threadpool(arriving.drop)
        return Response(status_code=204)

    async def finish(request: Request) -> Response:
        asked = _Finish.model_validate_json(await _body(request))
        uploading, user = desk()
        upload = request.path_params["upload"]
        outcome = await run_in_threadpool(uploading.finish, upload, asked.problems, user)
        return JSONResponse({"outcome": outcome})

    async def cancel(request: Request) -> Response:
        uploading, user = desk()
        await run_in_threadpool(uploading.cancel, request.path_params["upload"], user)
        return Response(status_code=204)

    return [
        Route("/uploads", _told(begin), methods=["POST"]),
        Route("/uploads/{upload}/finish", _told(finish), methods=["POST"]),
        Route("/uploads/{upload}/cancel", _told(cancel), methods=["POST"]),
        Route("/uploads/{upload}/{number:int}", _told(receive), methods=["PUT"]),
    ]


def _told(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint, with errors told in its answer."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except IncameraError as error:
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
            return _problem(str(error), status)
        except ValidationError:
            return _problem("The request is not in the form that this version reads. Reload the page.", 400)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it

    return answered


def _problem(text: str, status: int) -> Response:
    return JSONResponse({"error": text}, status)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for block in request.stream():
        body += block
        if len(body) > _LONGEST:
            raise UploadRefused("The list of files is too long. Choose fewer files at once.")
    return bytes(body)
