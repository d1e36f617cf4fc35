"""What an ingest did: events while it runs, a report at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from vault.records import DocumentState


@dataclass(frozen=True, slots=True)
class FileStarted:
    """A file is being read."""

    path: str


@dataclass(frozen=True, slots=True)
class FileDone:
    """A file is through: added, skipped or failed."""

    path: str
    sha256: str
    state: DocumentState | None
    """None when it was skipped, because the same bytes are in the collection already."""
    reason: str
    pages: int
    chunks: int


@dataclass(frozen=True, slots=True)
class FilesFound:
    """More files to do: those under the given paths, later those attached to messages."""

    count: int


IngestEvent = FilesFound | FileStarted | FileDone


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken in, or not as a whole."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vanished:
    """A document whose file is no more where it was found."""

    path: str
    sha256: str
    collection: str


@dataclass(slots=True)
class IngestReport:
    """The sums of one ingest; DESIGN's JSON shape."""

    ready: int = 0
    partial: list[Failure] = field(default_factory=list)
    """Files of which not all, or nothing, can be searched, each with what is missing."""
    skipped: int = 0
    failed: list[Failure] = field(default_factory=list)
    pages: int = 0
    chunks: int = 0
    seconds: float = 0.0
    vanished: list[Vanished] = field(default_factory=list)
    job: str = ""
    """Id of the job; empty when it was none."""

    def count(self, done: FileDone) -> None:
        """Add one file to the sums."""
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
        """The shape that programs may rely on."""
        return {
            "ready": self.ready,
            "partial": len(self.partial),
            "incomplete": [{"path": one.path, "reason": one.reason} for one in self.partial],
            "skipped": self.skipped,
            "failed": [{"path": failure.path, "reason": failure.reason} for failure in self.failed],
            "pages": self.pages,
            "chunks": self.chunks,
            "seconds": round(self.seconds, 3),
            "vanished": [
                {"path": gone.path, "sha256": gone.sha256, "collection": gone.collection}
                for gone in self.vanished
            ],
            "job": self.job,
        }
