"""What a command hands to the process that has the vault: what is done with it, and the events on their way
back."""

from __future__ import annotations

import queue
from collections.abc import Callable

from ingest.report import FileDone, FilesFound, FileStarted, IngestEvent, IngestReport
from ui.interface.channel import Message
from ui.interface.requests import Requests
from ui.services.jobs import Jobs
from vault.errors import HandoverFailed
from vault.ledger.jobs import Task
from vault.records import DocumentState


class Handover:
    """Answers the requests of commands, in the name of the user that they give.

    Who can write to the socket can read the data folder: there is nothing that this lets somebody do that
    the command could not do by itself when no server runs. Every right is asked for as always.
    """

    def __init__(self, requests: Requests, jobs: Jobs | None) -> None:
        """`jobs` takes files in; None in a process that has its own to do."""
        self._requests = requests
        self._jobs = jobs

    def answer(self, request: Message, reply: Callable[[Message], None]) -> None:
        """Do what is asked; the last reply is `end`."""
        match request:
            case {"verb": "ingest", "collection": str(collection), "user": str(user), "task": dict(task)}:
                self._ingest(collection, user, Task.from_json(task), reply)
            case _:
                reply({"event": "end", "result": self._requests.do(request, reply)})

    def _ingest(self, collection: str, user: str, task: Task, reply: Callable[[Message], None]) -> None:
        if self._jobs is None:
            raise HandoverFailed(
                "Another command is taking files in. Wait until it has ended, or run `incamera serve`, which "
                "takes one job after the other.",
                1,
            )
        said: queue.SimpleQueue[IngestEvent | IngestReport | Exception] = queue.SimpleQueue()
        self._jobs.hand_over(collection, task, user, said.put)
        while True:
            match said.get():
                case IngestReport() as report:
                    reply({"event": "end", "report": report.as_json()})
                    return
                case Exception() as error:
                    raise error
                case event:
                    reply(event_as_json(event))


def event_as_json(event: IngestEvent) -> Message:
    """An event as it travels."""
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
    """The event that travelled; None when the message is none."""
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
