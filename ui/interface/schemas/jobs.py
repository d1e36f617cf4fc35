"""Ingest jobs, their events and reports.

A job and its task travel as `vault.ledger.jobs` defines them, its events as `ingest.report` does.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_serializer

from ingest.parsed.how_to_read import HowToRead, checked_passwords
from ingest.report import FileDone, FilesFound, FileStarted, IngestReport
from ui.interface.schemas.base import Request, Result
from ui.interface.schemas.documents import UnreadPart
from ui.interface.schemas.errors import StreamFailed
from vault.ledger.jobs import Task


class NewJob(Request):
    """Files to add to a collection."""

    collection: str
    task: Task
    passwords: list[SecretStr] = Field(default_factory=list)
    """Passwords that may open files. They are kept in memory until the job ends."""

    @property
    def how(self) -> HowToRead:
        """How the files are to be read. Raises RequestInvalid for too many or too long passwords."""
        return HowToRead(checked_passwords([one.get_secret_value() for one in self.passwords]))

    @field_serializer("passwords", when_used="json")
    def _sent(self, passwords: list[SecretStr]) -> list[str]:
        """Return the passwords themselves: this form goes through the socket of the vault only."""
        return [one.get_secret_value() for one in passwords]


class Failure(Result):
    """A file that was not ingested, or only in part, and the reason."""

    path: str
    reason: str


class UnreadInFile(UnreadPart):
    """Something that a file holds and that was not read."""

    path: str
    """Path of the file, or its name if it was in another one."""


class Vanished(Result):
    """A document whose file is no longer where it was found."""

    path: str
    sha256: str
    collection: str


class JobReport(Result):
    """Counts and failures of a job."""

    ready: int
    partial: int
    incomplete: list[Failure]
    """Files that can be searched only in part or not at all, each with what is missing."""
    skipped: int
    failed: list[Failure]
    pages: int
    chunks: int
    seconds: float
    vanished: list[Vanished]
    left_out: list[Failure]
    """Links that lead out of the given folders and were not followed."""
    unread: list[UnreadInFile] = Field(default_factory=list)
    """What the files hold and was not read."""
    job: str
    """Id of the job."""

    @classmethod
    def of(cls, report: IngestReport) -> JobReport:
        """Return a report in the form that travels."""
        return cls.model_validate(report.as_json())


class JobDone(Result):
    """The end of a job, with its report."""

    event: Literal["end"] = "end"
    report: JobReport


JobEvent = Annotated[
    FilesFound | FileStarted | FileDone | JobDone | StreamFailed, Field(discriminator="event")
]
