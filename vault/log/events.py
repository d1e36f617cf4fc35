"""What is logged, and how an entry of the log looks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Event(StrEnum):
    """What happened."""

    QUESTION_ANSWERED = "question.answered"
    QUESTION_FAILED = "question.failed"
    """It has no answer: an error ended it, or the person gave it up, maybe after evidence was shown."""
    MENTIONS_FOUND = "mentions.found"
    PAGE_VIEWED = "page.viewed"
    ANSWER_APPROVED = "answer.approved"
    ANSWERS_EXPORTED = "answers.exported"
    UPLOAD_RECEIVED = "upload.received"
    JOB_BEGUN = "job.begun"
    JOB_ENDED = "job.ended"
    DOCUMENT_INGESTED = "document.ingested"
    PURGE_BEGUN = "purge.begun"
    PURGE_FINISHED = "purge.finished"
    COLLECTION_CREATED = "collection.created"
    COLLECTION_DELETED = "collection.deleted"
    COLLECTION_REBUILT = "collection.rebuilt"
    COLLECTION_RENAMED = "collection.renamed"
    COLLECTION_ARCHIVED = "collection.archived"
    COLLECTION_RESTORED = "collection.restored"
    """It takes documents again."""
    MEMBER_CHANGED = "member.changed"
    MANAGER_APPOINTED = "member.appointed"
    """An administrator made somebody the manager of a collection that had none."""
    WALL_RAISED = "wall.raised"
    WALL_LIFTED = "wall.lifted"
    USER_ADDED = "user.added"
    USER_LOCKED = "user.locked"
    USER_UNLOCKED = "user.unlocked"
    USER_LINKED = "user.linked"
    """From now on the provider of sign-on says who this user is."""
    ROLES_CHANGED = "user.roles-changed"
    PASSWORD_RESET = "password.reset"  # noqa: S105
    """An administrator gave the user a temporary password."""
    PASSWORD_CHANGED = "password.changed"  # noqa: S105
    SIGNED_IN = "session.signed-in"
    SIGN_IN_FAILED = "session.refused"
    SIGNED_OUT = "session.signed-out"
    SESSION_ENDED = "session.ended"
    """It was ended from elsewhere: from another browser, by a new password, or by locking its user."""
    TOKEN_ADDED = "token.added"  # noqa: S105
    TOKEN_REVOKED = "token.revoked"  # noqa: S105
    TOKEN_USED = "token.used"  # noqa: S105
    """For the first time."""
    TOKEN_REFUSED = "token.refused"  # noqa: S105
    ACCESS_DENIED = "access.denied"
    MODEL_ADDED = "model.added"
    MODEL_REMOVED = "model.removed"
    MODEL_CHOSEN = "model.chosen"
    SETTINGS_CHANGED = "settings.changed"
    HOLD_SET = "hold.set"
    HOLD_RELEASED = "hold.released"
    HOLD_REFUSED = "hold.refused"
    """Something was to be deleted or replaced that is under legal hold."""
    RETENTION_SET = "retention.set"
    LOG_READ = "log.read"
    LOG_VERIFIED = "log.verified"
    LOG_EXPORTED = "log.exported"
    RECORD_READ = "record.read"
    RECORD_REPLAYED = "record.replayed"
    LOG_BEGUN = "log.begun"
    LOG_BROKEN = "log.broken"
    """The end of the log was not as the last entry had left it, when the next one was appended."""
    KEY_REPLACED = "log.key-replaced"
    """The entries after this one are sealed with another key."""
    KEY_LOST = "log.key-lost"
    """The entries before this one are sealed with a key that is gone."""
    RECORD_ADOPTED = "record.adopted"
    """The record is older than the log. From here on changes to it are found."""
    RECORD_REDACTED = "record.redacted"
    """A purge removed words from the record."""
    CONTENT_REMOVED = "log.content-removed"
    """A purge removed the words that lay beside entries."""


class Result(StrEnum):
    """How it ended."""

    DONE = "done"
    DENIED = "denied"
    FAILED = "failed"


class ContentKind(StrEnum):
    """Where the words that belong to an entry are."""

    NONE = ""
    KEPT = "kept"
    """Beside the entry."""
    HASHED = "hashed"
    """Nowhere: only a digest of them is kept."""
    RECORD = "record"
    """In the record of an answer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log."""

    number: int
    """From 1, without gaps."""
    at: str
    """UTC, ISO 8601."""
    event: str
    """A value of `Event`, or of a later version's."""
    result: str
    """A value of `Result`."""
    user: str
    """Who did it; empty when the vault did it by itself."""
    collections: tuple[str, ...]
    """Ids of the collections that it is about."""
    facts: Mapping[str, Any]
    """Ids, hashes, numbers and names of settings and models; no words of documents."""
    content_kind: ContentKind
    content: Mapping[str, str] | None
    """The words that belong to it, such as a question; None where they are not kept, or were purged."""
    digest: str
    """Of the content, in hexadecimal digits; empty without content."""
    mac: str
    """The seal of this entry, in hexadecimal digits."""

    @property
    def record(self) -> str:
        """The id of the record that it is about, or empty."""
        return str(self.facts.get("record", ""))


def entry_of(row: sqlite3.Row) -> Entry:
    """Return the entry in a row of `log`, joined with its `content` from `log_content`.

    An entry that was changed from outside must not keep the others from being read: what cannot be understood
    of it is left out.
    """
    facts, collections, content = (_parsed(row[name]) for name in ("facts", "collections", "content"))
    kind = row["content_kind"]
    return Entry(
        number=row["number"], at=str(row["at"]), event=str(row["event"]), result=str(row["result"]),
        user=str(row["user"]),
        collections=tuple(map(str, collections)) if isinstance(collections, list) else (),
        facts=facts if isinstance(facts, dict) else {},
        content_kind=ContentKind(kind) if kind in set(ContentKind) else ContentKind.NONE,
        content=content if isinstance(content, dict) else None,
        digest=str(row["digest"]), mac=str(row["mac"]),
    )  # fmt: skip


def _parsed(text: object) -> object:
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
