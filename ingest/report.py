"""What an ingest did: events while it runs, and a report at the end.

An event's name, in `event`, tells it from the others where it travels as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from vault.records import DocumentState, Unread


@dataclass(frozen=True, slots=True)
class FileStarted:
    """Work on a file has started."""

    path: str
    event: Literal["started"] = "started"


@dataclass(frozen=True, slots=True)
class FileDone:
    """Work on a file has ended: it was added or skipped, or it failed."""

    path: str
    sha256: str
    state: DocumentState | None
    """None if the file was skipped because the collection already has the same bytes."""
    reason: str
    pages: int
    chunks: int
    event: Literal["done"] = "done"


@dataclass(frozen=True, slots=True)
class FilesFound:
    """Files were added to the work: first those under the given paths, later those attached to messages."""

    count: int
    event: Literal["found"] = "found"


IngestEvent = FilesFound | FileStarted | FileDone


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not ingested, or only in part, and the reason."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vanished:
    """A document whose file is no longer where it was found."""

    path: str
    sha256: str
    collection: str


@dataclass(slots=True)
class IngestReport:
    """Counts and failures of one ingest."""

    ready: int = 0
    partial: list[Failure] = field(default_factory=list)
    """Files that can be searched only in part or not at all, each with what is missing."""
    skipped: int = 0
    failed: list[Failure] = field(default_factory=list)
    pages: int = 0
    chunks: int = 0
    seconds: float = 0.0
    vanished: list[Vanished] = field(default_factory=list)
    left_out: list[Failure] = field(default_factory=list)
    """Links that lead out of the given folders and were not followed."""
    unread: list[tuple[str, Unread]] = field(default_factory=list)
    """(path or name, part) of what the documents of a job hold and was not read."""
    job: str = ""
    """Id of the job; empty for an ingest without a job."""

    def count(self, done: FileDone) -> None:
        """Add one file to the counts."""
        if done.state is None:
            self.skipped += 1
        elif done.state is DocumentState.FAILED:
            self.failed.append(Failure(done.path, done.reason))
        else:
            self.pages += done.pages
            self.chunks += done.chunks
            if done.state is DocumentState.PARTIAL:
                self.partial.append(Failure(done.path, done.reason))
            else:
                self.ready += 1

    def as_json(self) -> dict[str, object]:
        """Return the report as JSON values; programs may rely on this shape."""
        return {
            "ready": self.ready,
            "partial": len(self.partial),
            "incomplete": [{"path": failure.path, "reason": failure.reason} for failure in self.partial],
            "skipped": self.skipped,
            "failed": [{"path": failure.path, "reason": failure.reason} for failure in self.failed],
            "pages": self.pages,
            "chunks": self.chunks,
            "seconds": round(self.seconds, 3),
            "vanished": [
                {"path": document.path, "sha256": document.sha256, "collection": document.collection}
                for document in self.vanished
            ],
            "left_out": [{"path": link.path, "reason": link.reason} for link in self.left_out],
            "unread": [
                {"path": path, "what": part.what, "where": part.where, "why": part.why, "words": part.words}
                for path, part in self.unread
            ],
            "job": self.job,
        }
