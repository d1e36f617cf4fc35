"""Answers the requests that commands send to the process that owns the vault."""

from __future__ import annotations

import queue

from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent, IngestReport
from ui.interface.messages import Message, OnEvent
from ui.interface.requests import Requests
from ui.services.jobs import Jobs
from vault.errors import HandoverFailed
from vault.ledger.jobs import Task
from vault.records import DocumentState


class Handover:
    """Answers the requests of commands in the name of the user that each request gives.

    Anyone who can write to the socket can also read the data folder. So a request can do nothing that the
    command could not do by itself when no server runs. The rights of the user are checked as always.
    """

    def __init__(self, requests: Requests, jobs: Jobs | None) -> None:
        """`jobs` runs ingest jobs; None in a command that is busy with its own job."""
        self._requests = requests
        self._jobs = jobs

    def answer(self, request: Message, reply: OnEvent) -> None:
        """Do what the request asks for; the last reply has the event `end`."""
        match request:
            case {"verb": "ingest", "collection": str(collection), "user": str(user), "task": dict(task)}:
                self._ingest(collection, user, Task.from_json(task), reply)
            case _:
                reply({"event": "end", "result": self._requests.do(request, reply)})

    def _ingest(self, collection: str, user: str, task: Task, reply: OnEvent) -> None:
        if self._jobs is None:
            raise HandoverFailed(
                "Another command is adding files. Wait until it has finished, or run `incamera serve`, which "
                "runs one job after another.",
                1,
            )
        events: queue.SimpleQueue[IngestEvent | IngestReport | Exception] = queue.SimpleQueue()
        self._jobs.hand_over(collection, task, user, events.put)
        while True:
            match events.get():
                case IngestReport() as report:
                    reply({"event": "end", "report": report.as_json()})
                    return
                case Exception() as error:
                    raise error
                case event:
                    reply(event_as_json(event))


def event_as_json(event: IngestEvent) -> Message:
    """Return an ingest event as the message that is sent."""
    match event:
        case FilesFound(count):
            return {"event": "found", "count": count}
        case FileStarted(path):
            return {"event": "started", "path": path}
        case FileDone():
            state = None if event.state is None else event.state.value
            return {
                "event": "done", "path": event.path, "sha256": event.sha256, "state": state,
                "reason": event.reason, "pages": event.pages, "chunks": event.chunks,
            }  # fmt: skip


def event_from_json(message: Message) -> IngestEvent | None:
    """Return the ingest event in a message, or None for any other message."""
    match message["event"]:
        case "found":
            return FilesFound(message["count"])
        case "started":
            return FileStarted(message["path"])
        case "done":
            state = None if message["state"] is None else DocumentState(message["state"])
            return FileDone(
                message["path"], message["sha256"], state, message["reason"], message["pages"],
                message["chunks"],
            )  # fmt: skip
    return None
