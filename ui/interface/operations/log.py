"""The log: reading, checking and exporting it, and asking the question of a record again."""

from __future__ import annotations

from pathlib import Path
from threading import Event as Cancel

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.log import (
    AnswerRecord,
    LogCheck,
    LogEntry,
    LogHead,
    LogQuery,
    LogVerification,
    ReplayRequest,
    ReplayResult,
)
from vault.log.head import Head


class LogOperations:
    """Reads the log as far as the user may."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._workplace = workplace
        self._audit = workplace.vault.audit
        self._user = user

    def entries(self, request: LogQuery) -> list[LogEntry]:
        """Return entries, latest first. Raises AccessDenied."""
        found = self._audit.entries(
            request.selection(), user=self._user, limit=request.limit, export=request.export
        )
        return [LogEntry.of(shown) for shown in found]

    def head(self) -> LogHead:
        """Return the head of the log. Raises AccessDenied."""
        return LogHead(head=str(self._audit.head(user=self._user)))

    def verify(self, request: LogCheck) -> LogVerification:
        """Check the log. Raises AccessDenied, HeadInvalid, LogKeyInvalid."""
        anchors = [Head.parse(text) for text in request.heads]
        keys = [Path(file) for file in request.keys]
        return LogVerification.of(self._audit.verify(user=self._user, anchors=anchors, keys=keys))

    def record(self, record: str) -> AnswerRecord:
        """Return the record of an answer. Raises RecordNotFound."""
        found = self._audit.record(record, user=self._user)
        return AnswerRecord(id=found.id, at=found.at, user=found.user, body=dict(found.body))

    def replay(self, request: ReplayRequest, *, cancel: Cancel | None = None) -> ReplayResult:
        """Ask the question of a record again. Raises RecordNotFound, RecordPurged, and as asking does."""
        record = self._audit.record(request.record, user=self._user, replay=True)
        # Imported here: commands that answer nothing start in half the time.
        from rag.replay import replay

        found = replay(
            self._workplace.answerer(), record, user=self._user, question=request.question, cancel=cancel
        )
        return ReplayResult.of(found)
