"""Routes for questions and answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from ui.interface.routes.given import GivenOperations, GivenStreams, stream_of
from ui.interface.routes.permission import Right, needs
from ui.interface.routes.stream import EventStream
from ui.interface.schemas.answers import (
    AnswerDone,
    AnswerEvent,
    Approval,
    ApprovalDone,
    MentionsDone,
    MentionsEvent,
    Question,
    Search,
    TrainingRow,
)
from vault.bearers import Permission

router = APIRouter(tags=["answers"])


@router.post(
    "/answers",
    summary="Ask a question",
    response_class=EventStream,
    status_code=200,
    responses=stream_of(AnswerEvent),
    openapi_extra=needs(Permission.SEARCH),
)
async def ask(request: Question, owner: GivenOperations, streams: GivenStreams) -> EventStream:
    """Answer a question from the documents, each statement with document, page and quote.

    Events: `filter`, `understood`, `rewritten`, `searched`, `evidence`, `direct`, `waiting`, `statement`, and
    `end` with the answer. When the caller disconnects, the language model stops.
    """
    return streams.of(lambda send, left: AnswerDone(answer=owner.answers.ask(request, send, cancel=left)))


@router.post(
    "/mentions",
    summary="Find every mention",
    response_class=EventStream,
    status_code=200,
    responses=stream_of(MentionsEvent),
    openapi_extra=needs(Permission.SEARCH),
)
async def find(request: Search, owner: GivenOperations, streams: GivenStreams) -> EventStream:
    """List and count every place where a word or phrase occurs.

    Events: `filter`, and `end` with the places.
    """
    return streams.of(lambda send, _: MentionsDone(mentions=owner.answers.find(request, send)))


@router.post("/approvals", summary="Approve an answer", openapi_extra=needs(Permission.SEARCH, Right.OWN))
def approve(request: Approval, owner: GivenOperations) -> ApprovalDone:
    """Say that an answer of yours is right, so that it is a training row; or withdraw that."""
    return owner.answers.approve(request)


@router.get("/training-rows", summary="Export approved answers", openapi_extra=needs(Permission.SEARCH))
def training_rows(
    owner: GivenOperations, collection: Annotated[list[str], Query(default_factory=list)]
) -> list[TrainingRow]:
    """Return your approved answers as rows for fine-tuning a model; they contain text of the documents."""
    return owner.answers.training_rows(collection)
