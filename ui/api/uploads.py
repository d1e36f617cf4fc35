"""Routes by which programs add files: announce them, send each, and finish."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from ingest.same_names import Choice
from ui.interface.routes.permission import needs
from ui.interface.schemas.base import Request as RequestForm
from ui.interface.schemas.base import Result
from ui.services.upload_receiver import UploadOutcome, UploadReceiver
from vault.bearers import Bearer, Permission

_WRITE_BYTES = 1 << 20
"""Bytes of a file that are collected in memory before they are written."""
_BYTES = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = APIRouter(tags=["uploads"])


class NewFile(RequestForm):
    """A file that is going to be sent."""

    name: str = Field(min_length=1, max_length=4096)
    size: int = Field(ge=0, lt=1 << 50)
    """Bytes."""


class NewUpload(RequestForm):
    """Files to add to a collection."""

    collection: str
    files: list[NewFile] = Field(min_length=1)


class UploadBegun(Result):
    """An upload whose files can be sent now."""

    upload: str


class UploadEnd(RequestForm):
    """All files that are to be added have been sent."""

    same_names: Choice | None = None
    """What to do with files whose name a document of the collection has; null: ask."""


class UploadFinished(Result):
    """What became of an upload."""

    outcome: UploadOutcome
    """`begun`: a job adds the files; `asks`: finish again with `same_names`; `nothing`: no file arrived."""
    job: str | None
    """Id of the job, unless it has ended already."""
    same_names: list[str]
    """The files that `asks` is about."""


class _Receiver:
    """The receiver of uploads, and in whose name it works."""

    def __init__(self, request: Request) -> None:
        self.uploads: UploadReceiver = request.app.state.uploads
        self.user: Bearer = request.app.state.user_of(request)
        self.jobs = request.app.state.workplace.vault.jobs


Receiver = Annotated[_Receiver, Depends(_Receiver)]


@router.post("/uploads", summary="Announce files", status_code=201, openapi_extra=needs(Permission.INGEST))
def begin(request: NewUpload, receiver: Receiver) -> UploadBegun:
    """Begin to add files to a collection; send each next. An upload that is silent for an hour is removed."""
    files = [(file.name, file.size) for file in request.files]
    return UploadBegun(upload=receiver.uploads.begin(request.collection, receiver.user, files))


@router.put(
    "/uploads/{upload}/{number}",
    summary="Send a file",
    status_code=204,
    openapi_extra={**needs(Permission.INGEST), **_BYTES},
)
async def receive(upload: str, number: int, request: Request, receiver: Receiver) -> None:
    """Send the bytes of a file, by its number in the announcement from 0. A file can be sent again."""
    uploads, user = receiver.uploads, receiver.user
    incoming = await run_in_threadpool(uploads.receive, upload, number, user)
    try:
        buffer = bytearray()
        async for block in request.stream():
            buffer += block
            if len(buffer) >= _WRITE_BYTES:
                await run_in_threadpool(incoming.write, bytes(buffer))
                buffer.clear()

        def finish() -> None:
            incoming.write(bytes(buffer))
            uploads.arrived(upload, number, incoming.finish(), user)

        await run_in_threadpool(finish)
    finally:
        await run_in_threadpool(incoming.discard)


@router.post("/uploads/{upload}/finish", summary="Add the files", openapi_extra=needs(Permission.INGEST))
def finish(upload: str, request: UploadEnd, receiver: Receiver) -> UploadFinished:
    """Begin the job that adds the files that were sent; `/api/jobs/{job}/events` follows it.

    Where the collection has documents of the same names with other bytes, this asks what to do with them.
    """
    uploads, user = receiver.uploads, receiver.user
    asked = uploads.conflict(upload, user)
    outcome = UploadOutcome.ASKS if asked is not None else uploads.finish(upload, {}, user)
    if outcome is UploadOutcome.ASKS:
        asked = asked or uploads.conflict(upload, user)
        if asked is not None and request.same_names is not None:
            choices = {same.file.number: request.same_names for same in asked.same}
            outcome = uploads.resolve(upload, asked.collection, choices, user)
    job = next((job.id for job in receiver.jobs.all(user=user) if job.task.upload == upload), None)
    names = [same.file.name for same in asked.same] if asked and outcome is UploadOutcome.ASKS else []
    return UploadFinished(outcome=outcome, job=job, same_names=names)


@router.delete(
    "/uploads/{upload}", summary="Give up an upload", status_code=204, openapi_extra=needs(Permission.INGEST)
)
def cancel(upload: str, receiver: Receiver) -> None:
    """Remove the files that were sent; does nothing once they are being added."""
    receiver.uploads.cancel(upload, receiver.user)
