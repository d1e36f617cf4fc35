"""Routes for the log."""

from __future__ import annotations

from fastapi import APIRouter

from ui.interface.routes.given import GivenOperations, GivenStreams, stream_of
from ui.interface.routes.permission import LOCAL, Right, needs
from ui.interface.routes.stream import EventStream
from ui.interface.schemas.log import (
    AnswerRecord,
    LogCheck,
    LogEntry,
    LogHead,
    LogQuery,
    LogVerification,
    ReplayDone,
    ReplayEvent,
    ReplayRequest,
)
from vault.bearers import Permission

router = APIRouter(tags=["log"])


@router.post("/log", summary="Read the log", openapi_extra=needs(Permission.MANAGE, Right.LOG))
def entries(request: LogQuery, owner: GivenOperations) -> list[LogEntry]:
    """Return entries of the log, latest first: for administrators without words, for managers their own."""
    return owner.log.entries(request)


@router.get(
    "/log/head", summary="Show the head of the log", openapi_extra=needs(Permission.MANAGE, Right.LOG)
)
def head(owner: GivenOperations) -> LogHead:
    """Return the number and the seal of the last entry, to be kept elsewhere."""
    return owner.log.head()


@router.post("/log/verifications", summary="Verify the log", openapi_extra=needs(LOCAL, Right.LOG))
def verify(request: LogCheck, owner: GivenOperations) -> LogVerification:
    """Check every entry, the end of the log, and every record of an answer."""
    return owner.log.verify(request)


@router.get("/records", summary="Show a record", openapi_extra=needs(Permission.SEARCH, Right.OWN))
def record(record: str, owner: GivenOperations) -> AnswerRecord:
    """Return all that made an answer, by the beginning of its id: for who asked, and for managers."""
    return owner.log.record(record)


@router.post(
    "/replays",
    summary="Replay a record",
    response_class=EventStream,
    status_code=200,
    responses=stream_of(ReplayEvent),
    openapi_extra=needs(Permission.SEARCH, Right.OWN),
)
async def replay(request: ReplayRequest, owner: GivenOperations, streams: GivenStreams) -> EventStream:
    """Ask the question of a record again, and say whether the answer is the same or what differs.

    Event: `end` with the result.
    """
    return streams.of(lambda _, left: ReplayDone(replay=owner.log.replay(request, cancel=left)))
