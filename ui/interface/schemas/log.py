"""The log: its entries, what a check found, records and replays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from ui.interface.schemas.base import Request, Result
from ui.interface.schemas.errors import StreamFailed
from vault.ledger.auditing import ShownEntry
from vault.log.selection import Selection
from vault.log.verify import Verification

if TYPE_CHECKING:
    from rag.replay import Replay


class LogQuery(Request):
    """Which entries of the log are wanted. What is empty excludes nothing."""

    users: list[str] = Field(default_factory=list)
    events: list[str] = Field(default_factory=list)
    """Names of events, or what they begin with, such as "page"."""
    results: list[Literal["done", "denied", "failed"]] = Field(default_factory=list)
    collection: str = ""
    """Its name, or its id."""
    document: str = ""
    """The beginning of its sha256."""
    record: str = ""
    """The beginning of the id of a record."""
    since: str = ""
    """Day or time, ISO 8601, UTC; inclusive."""
    until: str = ""
    """Day or time, ISO 8601, UTC; inclusive."""
    before: int | None = None
    """Only entries with smaller numbers: the next part of a long list."""
    limit: int = Field(default=100, ge=1, le=1000)
    export: bool = False
    """Whether the entries leave the vault, which the log then says."""

    def selection(self) -> Selection:
        """Return the selection."""
        return Selection(
            users=tuple(self.users), events=tuple(self.events), results=tuple(self.results),
            collection=self.collection, document=self.document, record=self.record,
            since=self.since, until=self.until, before=self.before,
        )  # fmt: skip


class LogEntry(Result):
    """An entry of the log."""

    number: int
    at: str
    """UTC, ISO 8601."""
    event: str
    result: str
    """done, denied or failed."""
    user: str
    """Who did it; empty when the vault did it by itself."""
    collections: list[str]
    """Names; the beginning of the id for collections that you do not belong to."""
    record: str
    """Id of the record that it is about, or empty."""
    facts: dict[str, Any]
    """Ids, hashes and numbers; no words of documents."""
    content: dict[str, str] | None
    """The words that belong to it; null where none are kept, were purged, or are not for you."""
    digest: str
    """Of the content."""
    mac: str
    """The seal of the entry."""

    @classmethod
    def of(cls, shown: ShownEntry) -> LogEntry:
        """Return what the interface says about an entry."""
        entry = shown.entry
        return cls(
            number=entry.number, at=entry.at, event=entry.event, result=entry.result, user=entry.user,
            collections=list(shown.collections), record=entry.record, facts=dict(entry.facts),
            content=None if entry.content is None else dict(entry.content), digest=entry.digest,
            mac=entry.mac,
        )  # fmt: skip


class LogHead(Result):
    """The head of the log. Keep it elsewhere: it proves that nothing before it was changed or cut off."""

    head: str
    """"NUMBER:SEAL"."""


class LogCheck(Request):
    """Checks the log."""

    heads: list[str] = Field(default_factory=list)
    """Heads that were kept elsewhere, as they were printed."""
    keys: list[str] = Field(default_factory=list)
    """Files of earlier keys on the owner's machine."""


class LogProblem(Result):
    """Something that was changed from outside."""

    number: int
    """The entry; 0 if it is none in particular."""
    what: str


class LogVerification(Result):
    """What a check of the log found."""

    intact: bool
    entries: int
    records: int
    """Records of answers whose words are as they were sealed."""
    head: str
    problems: list[LogProblem]

    @classmethod
    def of(cls, found: Verification) -> LogVerification:
        """Return what the interface says about a check."""
        problems = [LogProblem(number=one.number, what=one.what) for one in found.problems]
        return cls(
            intact=found.intact, entries=found.entries, records=found.records, head=str(found.head),
            problems=problems,
        )  # fmt: skip


class AnswerRecord(Result):
    """The record of an answer: all that made it."""

    id: str
    at: str
    """UTC, ISO 8601."""
    user: str
    body: dict[str, Any]


class ReplayRequest(Request):
    """Asks the question of a record again."""

    record: str
    """The beginning of its id, at least 4 characters."""
    question: str = ""
    """Word for word what was asked, for a record that is kept by hashes only."""


class ReplayDifference(Result):
    """One thing that is other than it was."""

    what: str
    then: str
    now: str


class ReplayResult(Result):
    """What came of asking again."""

    same: bool
    """Whether the answer shows the same."""
    record: str
    again: str
    """Id of the record of the new answer."""
    answer: list[ReplayDifference]
    """In what is shown."""
    circumstances: list[ReplayDifference]
    """In what it was made from: versions, models, settings, number of documents."""

    @classmethod
    def of(cls, found: Replay) -> ReplayResult:
        """Return what the interface says about a replay."""
        answer, circumstances = (
            [ReplayDifference(what=one.what, then=one.then, now=one.now) for one in part]
            for part in (found.answer, found.circumstances)
        )
        return cls(
            same=found.same, record=found.record, again=found.again, answer=answer,
            circumstances=circumstances,
        )  # fmt: skip


class ReplayDone(Result):
    """The end of a replay."""

    event: Literal["end"] = "end"
    replay: ReplayResult


ReplayEvent = Annotated[ReplayDone | StreamFailed, Field(discriminator="event")]
