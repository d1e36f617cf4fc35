"""Requests for ingest jobs."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from pydantic import TypeAdapter

from ingest.report import IngestEvent
from ui.interface.client.connection import Connection
from ui.interface.client.results import last_event
from ui.interface.schemas.errors import StreamFailed
from ui.interface.schemas.jobs import JobDone, JobEvent, JobReport, NewJob
from vault.ledger.jobs import Job


class JobRequests:
    """Asks what `ui.interface.operations.jobs.JobOperations` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Job]:
        """Return the user's jobs, latest first."""
        return self._connection.call("GET", "/jobs", TypeAdapter(list[Job]))

    def find(self, beginning: str) -> Job:
        """Return the user's job whose id begins so."""
        return self._connection.call("GET", f"/jobs/{quote(beginning, safe='')}", TypeAdapter(Job))

    def run(self, request: NewJob, on_event: Callable[[IngestEvent], None]) -> JobReport:
        """Let the owner add files, and return the report.

        An exception in `on_event`, such as Ctrl-C, stops the job, unless another command follows it too.
        """
        job = self._connection.call("POST", "/jobs", TypeAdapter(Job), request)
        kind: TypeAdapter[IngestEvent | JobDone | StreamFailed] = TypeAdapter(JobEvent)
        events = self._connection.events(
            "GET", f"/jobs/{job.id}/events", kind, query={"stop_when_left": True}
        )
        return last_event(events, JobDone, on_event).report
