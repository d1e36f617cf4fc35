"""Entries of the log in the forms that other systems read: JSON lines, CSV, and events of OCSF."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from vault.log.events import Event, Result

OCSF_VERSION = "1.3.0"
"""The version of the Open Cybersecurity Schema Framework whose classes and activities are used."""


class ExportForm(StrEnum):
    """A form of export."""

    JSONL = "jsonl"
    """One JSON value a line."""
    CSV = "csv"
    OCSF = "ocsf"
    """One event of OCSF a line, as JSON."""


COLUMNS = (
    "number", "at", "event", "result", "user", "collections", "record", "facts", "content", "digest", "mac",
)  # fmt: skip
_DATASTORE, _AUTHENTICATION, _ACCOUNT, _ACCESS, _ENTITY = 6005, 3002, 3001, 3005, 3004
_READ, _UPDATE, _QUERY, _WRITE, _CREATE, _DELETE = 1, 2, 4, 5, 6, 7
_CLASSES: Mapping[str, tuple[int, int]] = {
    Event.SIGNED_IN: (_AUTHENTICATION, 1),
    Event.SIGNED_OUT: (_AUTHENTICATION, 2),
    Event.SIGN_IN_FAILED: (_AUTHENTICATION, 1),
    Event.SESSION_ENDED: (_AUTHENTICATION, 2),
    Event.TOKEN_USED: (_AUTHENTICATION, 1),
    Event.TOKEN_REFUSED: (_AUTHENTICATION, 1),
    Event.TOKEN_ADDED: (_ACCESS, 1),
    Event.TOKEN_REVOKED: (_ACCESS, 2),
    Event.USER_ADDED: (_ACCOUNT, 1),
    Event.USER_UNLOCKED: (_ACCOUNT, 2),
    Event.PASSWORD_CHANGED: (_ACCOUNT, 3),
    Event.PASSWORD_RESET: (_ACCOUNT, 4),
    Event.USER_LOCKED: (_ACCOUNT, 9),
    Event.USER_LINKED: (_ACCOUNT, 99),
    Event.MEMBER_CHANGED: (_ACCESS, 1),
    Event.MANAGER_APPOINTED: (_ACCESS, 1),
    Event.ROLES_CHANGED: (_ACCESS, 1),
    Event.WALL_LIFTED: (_ACCESS, 1),
    Event.WALL_RAISED: (_ACCESS, 2),
    Event.COLLECTION_RENAMED: (_DATASTORE, _UPDATE),
    Event.COLLECTION_ARCHIVED: (_DATASTORE, _UPDATE),
    Event.COLLECTION_RESTORED: (_DATASTORE, _UPDATE),
    Event.QUESTION_ANSWERED: (_DATASTORE, _QUERY),
    Event.QUESTION_FAILED: (_DATASTORE, _QUERY),
    Event.MENTIONS_FOUND: (_DATASTORE, _QUERY),
    Event.PAGE_VIEWED: (_DATASTORE, _READ),
    Event.ANSWERS_EXPORTED: (_DATASTORE, _READ),
    Event.RECORD_READ: (_DATASTORE, _READ),
    Event.RECORD_REPLAYED: (_DATASTORE, _QUERY),
    Event.LOG_READ: (_DATASTORE, _QUERY),
    Event.LOG_EXPORTED: (_DATASTORE, _READ),
    Event.UPLOAD_RECEIVED: (_DATASTORE, _WRITE),
    Event.DOCUMENT_INGESTED: (_DATASTORE, _CREATE),
    Event.PURGE_BEGUN: (_DATASTORE, _DELETE),
    Event.PURGE_FINISHED: (_DATASTORE, _DELETE),
    Event.COLLECTION_CREATED: (_DATASTORE, _CREATE),
    Event.COLLECTION_DELETED: (_DATASTORE, _DELETE),
    Event.COLLECTION_REBUILT: (_DATASTORE, _UPDATE),
    Event.MODEL_ADDED: (_ENTITY, 1),
    Event.MODEL_REMOVED: (_ENTITY, 4),
    Event.MODEL_CHOSEN: (_ENTITY, 3),
    Event.SETTINGS_CHANGED: (_ENTITY, 3),
    Event.HOLD_SET: (_ENTITY, 1),
    Event.HOLD_RELEASED: (_ENTITY, 4),
    Event.RETENTION_SET: (_ENTITY, 3),
}
_OTHER = (_DATASTORE, 99)
_CATEGORIES = {6: "Application Activity", 3: "Identity & Access Management"}
_STATUS: Mapping[str, tuple[int, str]] = {
    Result.DONE: (1, "Success"),
    Result.DENIED: (2, "Failure"),
    Result.FAILED: (2, "Failure"),
}


def csv_line(values: Mapping[str, Any] | None = None) -> str:
    """Return one entry, as `as_json` of the interface gives it, as a line of CSV; None: the heading.

    Lists and objects are written as JSON. A value that a spreadsheet would take for a formula gets an
    apostrophe in front.
    """
    written = io.StringIO()
    row = COLUMNS if values is None else [_cell(values.get(name)) for name in COLUMNS]
    csv.writer(written, lineterminator="\n").writerow(row)
    return written.getvalue()


def ocsf_event(values: Mapping[str, Any], product_version: str) -> dict[str, Any]:
    """Return one entry as an event of OCSF. What has no field there is in `unmapped`."""
    class_uid, activity = _CLASSES.get(values["event"], _OTHER)
    status_id, status = _STATUS.get(values["result"], (0, "Unknown"))
    at = datetime.fromisoformat(values["at"])
    event: dict[str, Any] = {
        "metadata": {
            "version": OCSF_VERSION,
            "product": {"name": "Incamera", "vendor_name": "Incamera", "version": product_version},
            "uid": values["mac"],
            "sequence": values["number"],
            "log_name": "log",
        },
        "time": int(at.timestamp() * 1000),
        "time_dt": values["at"],
        "class_uid": class_uid,
        "category_uid": class_uid // 1000,
        "category_name": _CATEGORIES[class_uid // 1000],
        "activity_id": activity,
        "type_uid": class_uid * 100 + activity,
        "activity_name": values["event"],
        "severity_id": 1 if status_id == 1 else 3,
        "status_id": status_id,
        "status": status,
        "status_detail": values["result"],
        "actor": {"user": {"name": values["user"] or "incamera", "type_id": 1 if values["user"] else 3}},
        "unmapped": {"facts": values["facts"], "digest": values["digest"], "content": values["content"]},
    }
    if class_uid == _DATASTORE:
        event["type_id"], event["type"] = 99, "Collection"
        event["database"] = {"type_id": 99, "type": "Vault", "name": ", ".join(values["collections"])}
    elif class_uid == _ENTITY:
        event["entity"] = {"name": ", ".join(values["collections"]), "type": values["event"].split(".")[0]}
    else:
        facts = values["facts"]
        event["user"] = {"name": facts.get("added") or facts.get("member") or values["user"]}
    return event


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
