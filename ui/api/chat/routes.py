"""The routes of OpenAI's protocol."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from ui.api.chat.schemas import (
    ChatModel,
    ChatModels,
    ChatRequest,
    Choice,
    Chunk,
    ChunkChoice,
    CitedPlace,
    Completion,
    Delta,
    Message,
    Said,
)
from ui.api.chat.stream import SSE, LastPart, ServerSentEvents
from ui.api.chat.wording import passages_of, said_before
from ui.interface.operations.owner import Operations
from ui.interface.routes.given import GivenOperations
from ui.interface.routes.permission import needs
from ui.interface.schemas.answers import Answer, AnswerProgress, Question
from ui.interface.schemas.base import as_json
from vault.bearers import Permission
from vault.errors import RequestInvalid

if TYPE_CHECKING:
    from rag.question.turn import Turn

ALL = "incamera:all"
"""The name under which all collections are asked that the token reaches; no collection can have it."""
_HISTORY = 6
"""Earlier questions that a follow-up may refer to."""

router = APIRouter(tags=["chat"])


@router.get("/models", summary="List collections", openapi_extra=needs(Permission.SEARCH))
def models(owner: GivenOperations) -> ChatModels:
    """Return the collections that the token reaches, each as a model that can be asked."""
    found = owner.collections.all()
    entries = [
        ChatModel(id=one.name, created=int(datetime.fromisoformat(one.created).timestamp())) for one in found
    ]
    newest = max((entry.created for entry in entries), default=0)
    return ChatModels(data=[ChatModel(id=ALL, created=newest), *entries])


@router.post(
    "/chat/completions",
    summary="Ask a question",
    response_model=None,
    responses={
        200: {
            "model": Completion,
            "content": {SSE: {"schema": {"type": "string"}}},
            "description": "The answer; with `stream`, its parts as server-sent events.",
        }
    },
    openapi_extra=needs(Permission.SEARCH),
)
async def complete(chat: ChatRequest, request: Request, owner: GivenOperations) -> Response:
    """Answer the last message of a chat from the documents of a collection.

    The text numbers the places that it rests on. `citations` has these places, and `incamera` the whole
    answer as `/api/answers` gives it. Instructions (`system`) and settings of a model change nothing: what is
    answered is what the documents say.
    """
    question, history = _asked(chat)
    workers, data = request.app.state.workers, request.app.state.workplace.settings.data

    def work(send: Callable[[object], None], left: threading.Event) -> object:
        return _Reply(chat, send).answer(owner, question, history, left)

    def whole(_: Callable[[object], None], left: threading.Event) -> object:
        return _Reply(chat).completion(owner, question, history, left)

    if chat.stream:
        return ServerSentEvents(workers.source(work), data)
    return _WholeReply(workers.source(whole), data)


class _WholeReply(ServerSentEvents):
    """One JSON value; when the caller disconnects, the work stops as that of a stream does."""

    media_type = JSONResponse.media_type

    def encoded(self, event: object) -> bytes:
        """Return the value as it is sent."""
        return bytes(JSONResponse(as_json(event)).body)


class _Reply:
    """The reply to one request."""

    def __init__(self, chat: ChatRequest, send: Callable[[object], None] = lambda _: None) -> None:
        self._chat = chat
        self._send = send
        self._created = int(time.time())
        self._id = f"chatcmpl-{time.time_ns():x}"

    def completion(
        self, owner: Operations, question: Question, history: Sequence[Turn], left: threading.Event
    ) -> Completion:
        """Return the whole reply."""
        answer = owner.answers.ask(question, history=history, cancel=left)
        lines, places = passages_of(answer, plain=self._chat.incamera.plain)
        said = Said(content="\n".join(line.text for line in lines))
        return Completion(
            id=self._id, created=self._created, model=self._chat.model, choices=[Choice(message=said)],
            citations=places, incamera=answer,
        )  # fmt: skip

    def answer(
        self, owner: Operations, question: Question, history: Sequence[Turn], left: threading.Event
    ) -> LastPart:
        """Send the parts of the reply.

        What is said is never taken back, so it comes when it is certain: progress first, which says nothing,
        then the answer, line by line.
        """

        begun = False

        def progress(event: AnswerProgress) -> None:
            # Not earlier: a request that fails before has a status of its own.
            nonlocal begun
            self._part(Delta(role=None if begun else "assistant", content=""), incamera=event)
            begun = True

        answer = owner.answers.ask(question, progress, history=history, cancel=left)
        lines, places = passages_of(answer, plain=self._chat.incamera.plain)
        for number, line in enumerate(lines):
            end = "" if number + 1 == len(lines) else "\n"
            self._part(Delta(content=line.text + end), citations=list(line.places) or None)
        self._part(Delta(), citations=places, incamera=answer, end=True)
        return LastPart()

    def _part(
        self,
        delta: Delta,
        *,
        citations: list[CitedPlace] | None = None,
        incamera: AnswerProgress | Answer | None = None,
        end: bool = False,
    ) -> None:
        choice = ChunkChoice(delta=delta, finish_reason="stop" if end else None)
        self._send(
            Chunk(
                id=self._id, created=self._created, model=self._chat.model, choices=[choice],
                citations=citations, incamera=incamera,
            )
        )  # fmt: skip


def _asked(chat: ChatRequest) -> tuple[Question, list[Turn]]:
    """Return the question of a chat, and the turns before it. Raises RequestInvalid."""
    # Imported here: commands that answer nothing start in half the time.
    from rag.question.turn import Turn

    if chat.n not in (None, 1):
        raise RequestInvalid(f"n is {chat.n}: there is one answer to a question. Leave n out.")
    if chat.response_format is not None and chat.response_format.type != "text":
        raise RequestInvalid("An answer is text; its parts are in `incamera`. Leave response_format out.")
    *earlier, last = chat.messages
    if last.role != "user":
        raise RequestInvalid(f"The last message is of {last.role!r}: it must be the question of the user.")
    if isinstance(last.content, list) and any(part.type != "text" for part in last.content):
        raise RequestInvalid("A question is text. Add files to a collection to ask about them.")
    options = chat.incamera
    question = Question(
        question=last.text, collections=[] if chat.model == ALL else [chat.model],
        documents=options.documents, where=options.where, superseded=options.superseded,
        without=options.without,
    )  # fmt: skip
    return question, [Turn(asked, answered) for asked, answered in _turns(earlier)][-_HISTORY:]


def _turns(messages: Sequence[Message]) -> list[tuple[str, str]]:
    """Return the questions before, each with what was answered; those without an answer are left out."""
    turns: list[tuple[str, str]] = []
    asked = ""
    for message in messages:
        if message.role == "user":
            asked = message.text
        elif message.role == "assistant" and asked:
            turns.append((asked, said_before(message.text)))
            asked = ""
    return turns
