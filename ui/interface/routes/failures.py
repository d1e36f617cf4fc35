"""Errors as responses: each keeps its class, its message and the exit code of the command line."""

from __future__ import annotations

import logging
from pathlib import Path

import vault.errors as known
from ui.interface.schemas.errors import ErrorDetails
from vault.errors import IncameraError
from vault.files.storage import storage_error

_log = logging.getLogger(__name__)

_STATUSES: tuple[tuple[type[IncameraError], int], ...] = (
    (known.AccessDenied, 403),
    (known.PasswordNeeded, 401),
    (known.SignInDelayed, 429),
    (known.SignInRefused, 401),
    (known.PasswordOutdated, 403),
    (known.UserNotFound, 404),
    (known.UserExists, 409),
    (known.LastOfRole, 409),
    (known.WallStands, 409),
    (known.JobRuns, 409),
    (known.TokenInvalid, 401),
    (known.TokenNotFound, 404),
    (known.RequestTooSlow, 408),
    (known.RequestTooLarge, 413),
    (known.TooManyRequests, 429),
    (known.RequestTookTooLong, 503),
    (known.UploadNotFound, 404),
    (known.UploadRefused, 422),
    (known.CollectionNotFound, 404),
    (known.DocumentNotFound, 404),
    (known.HoldNotFound, 404),
    (known.JobNotFound, 404),
    (known.ModelNotFound, 404),
    (known.RecordNotFound, 404),
    (known.RouteNotFound, 404),
    (known.CollectionExists, 409),
    (known.ModelExists, 409),
    (known.ModelInUse, 409),
    (known.EmbedderMismatch, 409),
    (known.VaultInUse, 409),
    (known.Held, 409),
    (known.RecordPurged, 409),
    (known.HandoverFailed, 503),
    (known.DiskFull, 507),
)
"""The first class that fits decides. Of the others, those that report wrong use are 422, the rest 500."""
_WRONG_USE = 2
"""The exit code of errors that report wrong use."""


def details_of(error: Exception, data: Path) -> ErrorDetails:
    """Return what the other side is told about an error; write one that is a defect into the log.

    `data` is the data folder, whose disk a failure of storage may be about.
    """
    told = error if isinstance(error, IncameraError) else storage_error(error, data)
    if told is not None:
        return ErrorDetails.of(told)
    _log.error("a request failed", exc_info=error)
    kind = type(error).__name__
    message = (
        f"The process that owns the vault failed because of an internal error ({kind}); its log says more."
    )
    return ErrorDetails(type="InternalError", message=message, exit_code=1)


def status_of(details: ErrorDetails) -> int:
    """Return the HTTP status of an error."""
    kind = getattr(known, details.type, None)
    if isinstance(kind, type):
        for base, status in _STATUSES:
            if issubclass(kind, base):
                return status
    return 422 if details.exit_code == _WRONG_USE else 500
