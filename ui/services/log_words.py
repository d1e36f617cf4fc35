"""Entries of the log in words for people."""

from __future__ import annotations

from vault.ledger.auditing import ShownEntry
from vault.log.events import Event
from vault.text.counted import counted

GROUPS = {
    "Questions and searches": ("question", "mentions", "answer", "answers"),
    "Pages seen": ("page",),
    "Files and documents": ("upload", "job", "document"),
    "Deletions": ("purge", "collection.deleted"),
    "Collections and members": ("collection", "member", "wall", "user.added", "user.roles-changed"),
    "Accounts and sign-ins": ("session", "user", "password", "token"),
    "Refusals": ("access", "hold.refused"),
    "Models and settings": ("model", "settings"),
    "Holds and retention": ("hold", "retention"),
    "The log and its records": ("log", "record"),
}
"""What the filter offers, with the events that it means."""
_SAID: dict[str, str] = {
    Event.QUESTION_ANSWERED: "Asked a question",
    Event.QUESTION_FAILED: "Asked a question without an answer",
    Event.MENTIONS_FOUND: "Looked for every mention",
    Event.PAGE_VIEWED: "Saw a page",
    Event.ANSWER_APPROVED: "Said whether an answer is right",
    Event.ANSWERS_EXPORTED: "Exported approved answers",
    Event.UPLOAD_RECEIVED: "Sent files",
    Event.JOB_BEGUN: "Began to add files",
    Event.JOB_ENDED: "Files were added",
    Event.DOCUMENT_INGESTED: "A file became a document",
    Event.PURGE_BEGUN: "Deleted documents",
    Event.PURGE_FINISHED: "The bytes of documents were removed",
    Event.COLLECTION_CREATED: "Created a collection",
    Event.COLLECTION_DELETED: "Deleted a collection",
    Event.COLLECTION_REBUILT: "Embedded a collection again",
    Event.COLLECTION_RENAMED: "Renamed a collection",
    Event.COLLECTION_ARCHIVED: "Archived a collection",
    Event.COLLECTION_RESTORED: "Let a collection take documents again",
    Event.MEMBER_CHANGED: "Changed a member",
    Event.MANAGER_APPOINTED: "Appointed a manager",
    Event.WALL_RAISED: "Raised a wall",
    Event.WALL_LIFTED: "Lifted a wall",
    Event.USER_ADDED: "A user was added",
    Event.USER_LOCKED: "Locked a user",
    Event.USER_UNLOCKED: "Unlocked a user",
    Event.USER_LINKED: "A user can sign on with the provider",
    Event.ROLES_CHANGED: "Changed the roles of a user",
    Event.PASSWORD_RESET: "Reset a password",
    Event.PASSWORD_CHANGED: "Changed a password",
    Event.SIGNED_IN: "Signed in",
    Event.SIGN_IN_FAILED: "Somebody could not sign in",
    Event.SIGNED_OUT: "Signed out",
    Event.SESSION_ENDED: "Ended a session",
    Event.TOKEN_ADDED: "Made a token for a program",
    Event.TOKEN_REVOKED: "Revoked a token",
    Event.TOKEN_USED: "A token was used for the first time",
    Event.TOKEN_REFUSED: "A token was refused",
    Event.ACCESS_DENIED: "Was refused",
    Event.MODEL_ADDED: "Added a model",
    Event.MODEL_REMOVED: "Removed a model",
    Event.MODEL_CHOSEN: "Chose a model",
    Event.SETTINGS_CHANGED: "Settings were changed",
    Event.HOLD_SET: "Set a legal hold",
    Event.HOLD_RELEASED: "Released a legal hold",
    Event.HOLD_REFUSED: "A legal hold refused something",
    Event.RETENTION_SET: "Set a retention date",
    Event.LOG_READ: "Read the log",
    Event.LOG_VERIFIED: "Verified the log",
    Event.LOG_EXPORTED: "Exported the log",
    Event.RECORD_READ: "Read a record",
    Event.RECORD_REPLAYED: "Asked the question of a record again",
    Event.LOG_BEGUN: "The log was begun",
    Event.LOG_BROKEN: "The log was found broken",
    Event.KEY_REPLACED: "The key of the log was replaced",
    Event.KEY_LOST: "The key of the log was lost",
    Event.RECORD_ADOPTED: "A record from before the log was sealed",
    Event.RECORD_REDACTED: "A purge removed words from a record",
    Event.CONTENT_REMOVED: "A purge removed words from the log",
}
_RESULTS = {"denied": "refused", "failed": "failed"}
SHORT = 8
"""Digits of an id or hash that are shown."""


def said(event: str) -> str:
    """Return what happened; the name of the event if it is of a later version."""
    return _SAID.get(event, event)


def entries_said(number: int) -> str:
    """Return how many entries there are: "1 entry", "1,200 entries"."""
    return f"{number:,} entry" if number == 1 else f"{number:,} entries"


def result_said(result: str) -> str:
    """Return how it ended, or an empty text if it was done."""
    return _RESULTS.get(result, "")


def about(shown: ShownEntry) -> str:
    """Return on one line what an entry is about: words if the user may see them, else ids and numbers."""
    facts = shown.entry.facts
    words = " ".join(" ".join((shown.entry.content or {}).values()).split())
    documents = facts.get("documents")
    several = documents if isinstance(documents, list) else []
    parts = [
        f"“{words}”" if words else "",
        f"page {facts['page']}" if "page" in facts else "",
        f"document {str(several[0])[:SHORT]}" if len(several) == 1 else "",
        counted(len(several), "document") if len(several) > 1 else "",
        f"record {shown.entry.record[:SHORT]}" if shown.entry.record else "",
        *(
            str(facts[name])
            for name in ("action", "outcome", "reason", "model", "what", "until")
            if facts.get(name)
        ),
        str(facts.get("whom", "")),
        f"{facts['member']}: {facts.get('role') or 'no role'}" if "member" in facts else "",
        str(facts.get("added", "")) if shown.entry.event == Event.USER_ADDED else "",
        ", ".join(map(str, facts["changed"])) if isinstance(facts.get("changed"), list) else "",
    ]
    return ", ".join(filter(None, parts))
