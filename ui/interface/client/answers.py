"""Requests for questions and answers."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.client.results import last_event
from ui.interface.schemas.answers import (
    Answer,
    AnswerDone,
    AnswerEvent,
    AnswerProgress,
    Approval,
    ApprovalDone,
    FilterUnderstood,
    Mentions,
    MentionsDone,
    MentionsEvent,
    Question,
    Search,
    TrainingRow,
)
from ui.interface.schemas.errors import StreamFailed


class AnswerRequests:
    """Asks for answers, as `ui.interface.operations.answers.AnswerOperations` gives them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, request: Question, on_event: Callable[[AnswerProgress], None] = lambda _: None) -> Answer:
        """Answer a question."""
        kind: TypeAdapter[AnswerProgress | AnswerDone | StreamFailed] = TypeAdapter(AnswerEvent)
        events = self._connection.events("POST", "/answers", kind, request)
        return last_event(events, AnswerDone, on_event).answer

    def find(
        self, request: Search, on_event: Callable[[FilterUnderstood], None] = lambda _: None
    ) -> Mentions:
        """Return every place of a term."""
        kind: TypeAdapter[FilterUnderstood | MentionsDone | StreamFailed] = TypeAdapter(MentionsEvent)
        events = self._connection.events("POST", "/mentions", kind, request)
        return last_event(events, MentionsDone, on_event).mentions

    def approve(self, request: Approval) -> ApprovalDone:
        """Approve an answer, or withdraw the approval."""
        return self._connection.call("POST", "/approvals", TypeAdapter(ApprovalDone), request)

    def training_rows(self, collections: list[str]) -> list[TrainingRow]:
        """Return the approved answers as rows for fine-tuning."""
        kind = TypeAdapter(list[TrainingRow])
        return self._connection.call("GET", "/training-rows", kind, query={"collection": collections})
