"""Requests for the log."""

from __future__ import annotations

from pydantic import TypeAdapter

from ui.interface.client.connection import Connection
from ui.interface.client.results import last_event
from ui.interface.schemas.errors import StreamFailed
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
    ReplayResult,
)


class LogRequests:
    """Asks what `ui.interface.operations.log.LogOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self, request: LogQuery) -> list[LogEntry]:
        """Return entries, latest first."""
        return self._connection.call("POST", "/log", TypeAdapter(list[LogEntry]), request)

    def head(self) -> LogHead:
        """Return the head of the log."""
        return self._connection.call("GET", "/log/head", TypeAdapter(LogHead))

    def verify(self, request: LogCheck) -> LogVerification:
        """Check the log."""
        return self._connection.call("POST", "/log/verifications", TypeAdapter(LogVerification), request)

    def record(self, record: str) -> AnswerRecord:
        """Return the record of an answer."""
        return self._connection.call("GET", "/records", TypeAdapter(AnswerRecord), query={"record": record})

    def replay(self, request: ReplayRequest) -> ReplayResult:
        """Ask the question of a record again."""
        kind: TypeAdapter[ReplayDone | StreamFailed] = TypeAdapter(ReplayEvent)
        events = self._connection.events("POST", "/replays", kind, request)
        return last_event(events, ReplayDone, lambda _: None).replay
