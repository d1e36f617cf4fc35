"""Receives the page's uploads: checks them, stores what arrives, and asks about names before a job starts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ingest.same_names import Choice, Names, SameName
from ui.services.jobs import Jobs
from ui.services.upload_limits import UploadLimits
from vault.access import Action
from vault.errors import IncameraError, UploadNotFound
from vault.ledger.uploads import IncomingFile, Upload
from vault.log.events import Event
from vault.settings import Settings
from vault.vault import Vault

_MAX_PROBLEM_LENGTH = 300
_MAX_OUTCOMES = 100
"""Finished uploads whose outcome is remembered, for a browser that asks again."""
_SILENT_SECONDS = 3600.0
"""Time without news of an upload after which it is removed."""


class UploadOutcome(StrEnum):
    """What became of an upload when all its files had been sent."""

    BEGUN = "begun"
    """A job adds the files."""
    ASKS = "asks"
    """The collection has documents with the same names, and the user has to choose."""
    NOTHING = "nothing"
    """No file arrived, or all were left out; nothing is kept."""


@dataclass(slots=True)
class _OpenUpload:
    """An upload whose files are arriving."""

    upload: Upload
    collection: str
    """Name of the collection."""
    last_seen: float
    arrived: dict[int, str] = field(default_factory=dict)
    """The sha256 of each file that arrived, by the number of the file."""


@dataclass(frozen=True, slots=True)
class UploadConflict:
    """An upload that waits for the user's choice about names that the collection has already."""

    upload: str
    collection: str
    """Name of the collection."""
    files: int
    """How many files arrived."""
    same: tuple[SameName, ...]


class UploadReceiver:
    """Receives any number of uploads at the same time; safe to use from any thread."""

    def __init__(
        self, vault: Vault, settings: Settings, jobs: Jobs, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Find the uploads that wait for a choice since an earlier server."""
        self._vault, self._jobs, self._clock = vault, jobs, clock
        self.limits = UploadLimits(settings, vault.uploads.free_bytes)
        self._lock = threading.RLock()
        self._open: dict[str, _OpenUpload] = {}
        self._outcomes: dict[str, UploadOutcome] = {}
        with_job = {job.task.upload for job in vault.jobs.uploads()}
        self._waiting = {
            upload.id: upload
            for upload in vault.uploads.all()
            if upload.complete and upload.id not in with_job
        }

    def begin(self, collection: str, user: str, files: Sequence[tuple[str, int]]) -> str:
        """Start an upload of (name, bytes) to a collection, and return its id.

        Raises CollectionNotFound, AccessDenied, and UploadRefused when a limit is exceeded or the disk is
        full.
        """
        entry = self._vault.members.authorise(collection, user=user, action=Action.INGEST)
        self._remove_silent()
        upload = self._vault.uploads.begin(entry.id, user, self.limits.check(files))
        with self._lock:
            self._open[upload.id] = _OpenUpload(upload, entry.name, self._clock())
        return upload.id

    def receive(self, upload: str, number: int, user: str) -> IncomingFile:
        """Return the object that takes the bytes of a file; call `arrived` when they are complete.

        Raises UploadNotFound, UploadRefused, CollectionNotFound, AccessDenied, StorageError.
        """
        opened = self._find_open(upload, user)
        self._vault.members.authorise(opened.collection, user=user, action=Action.INGEST)
        if not 0 <= number < len(opened.upload.files):
            raise UploadNotFound(f"The upload has no file number {number}.")
        file = opened.upload.files[number]
        self.limits.check_room(file.size)
        return self._vault.uploads.receive(upload, file)

    def arrived(self, upload: str, number: int, sha256: str, user: str) -> None:
        """Record that a file has arrived completely. Raises UploadNotFound."""
        with self._lock:
            self._find_open(upload, user).arrived[number] = sha256

    def finish(self, upload: str, problems: Mapping[int, str], user: str) -> UploadOutcome:
        """End the upload: start a job with the files that arrived, or ask about their names.

        `problems` says, by number, why a file did not arrive. A second call, from a browser that did not get
        the first reply, returns the same outcome.

        Raises UploadNotFound, CollectionNotFound, AccessDenied.
        """
        with self._lock:
            if upload in self._outcomes:
                return self._outcomes[upload]
            opened = self._find_open(upload, user)
            try:
                outcome = self._complete(opened, problems)
            except IncameraError:
                self.cancel(upload, user)
                raise
            del self._open[upload]
            self._outcomes[upload] = outcome
            for oldest in list(self._outcomes)[:-_MAX_OUTCOMES]:
                del self._outcomes[oldest]
            return outcome

    def _complete(self, opened: _OpenUpload, problems: Mapping[int, str]) -> UploadOutcome:
        if not opened.arrived:
            self._vault.uploads.remove(opened.upload.id)
            return UploadOutcome.NOTHING
        files = []
        for file in opened.upload.files:
            sha256 = opened.arrived.get(file.number, "")
            why = problems.get(file.number, "")[:_MAX_PROBLEM_LENGTH] or "Sending was stopped."
            problem = "" if sha256 else f"It did not arrive: {why}"
            files.append(replace(file, sha256=sha256, problem=problem))
        complete = replace(opened.upload, files=tuple(files), complete=True)
        self._vault.uploads.save(complete)
        sha256s = sorted(set(opened.arrived.values()))
        self._vault.log.append(
            Event.UPLOAD_RECEIVED, user=complete.user, collections=[complete.collection],
            facts={"upload": complete.id, "documents": sha256s},
        )  # fmt: skip
        return self._submit(complete, opened.collection, {})

    def cancel(self, upload: str, user: str) -> None:
        """Remove an upload of this user that is arriving or waits for a choice; ignore any other."""
        with self._lock:
            opened = self._open.get(upload)
            found = opened.upload if opened else self._waiting.get(upload)
            if found is None or found.user != user:
                return
            self._open.pop(upload, None)
            self._waiting.pop(upload, None)
        self._vault.uploads.remove(upload)

    def conflicts(self, collection: str, user: str) -> list[UploadConflict]:
        """Return the uploads of this user that wait for a choice. Raises CollectionNotFound, AccessDenied."""
        entry = self._vault.members.authorise(collection, user=user, action=Action.INGEST)
        with self._lock:
            waiting = [
                upload
                for upload in self._waiting.values()
                if (upload.collection, upload.user) == (entry.id, user)
            ]
        conflicts = []
        for upload in waiting:
            current = self._vault.uploads.get(upload.id)
            same = () if current is None else tuple(self._names(collection, user).find_same(current.files))
            if current is None:
                self._waiting.pop(upload.id, None)
            elif same:
                arrived = sum(bool(file.sha256) for file in current.files)
                conflicts.append(UploadConflict(upload.id, entry.name, arrived, same))
            else:
                # The documents with the same names have been deleted meanwhile.
                self._submit(current, collection, {})
        return conflicts

    def conflict(self, upload: str, user: str) -> UploadConflict | None:
        """Return what has to be chosen for one upload of this user; None if it waits for no choice."""
        with self._lock:
            found = self._waiting.get(upload)
        if found is None or found.user != user:
            return None
        names = [e.name for e in self._vault.members.collections(user=user) if e.id == found.collection]
        return next((c for name in names for c in self.conflicts(name, user) if c.upload == upload), None)

    def resolve(
        self, upload: str, collection: str, choices: Mapping[int, Choice], user: str
    ) -> UploadOutcome:
        """Start the job of an upload with the choices that were made, by number of the file.

        Asks again if documents with the same names have been added meanwhile that no choice is about.
        Raises UploadNotFound, CollectionNotFound, AccessDenied.
        """
        with self._lock:
            known = self._waiting.get(upload)
        found = self._vault.uploads.get(upload)
        entry = self._vault.members.authorise(collection, user=user, action=Action.INGEST)
        if known is None or found is None or (found.collection, found.user) != (entry.id, user):
            raise UploadNotFound("The uploaded files no longer exist. Send the files again.")
        return self._submit(found, collection, choices)

    def _submit(self, upload: Upload, collection: str, choices: Mapping[int, Choice]) -> UploadOutcome:
        with self._lock:
            names = self._names(collection, upload.user)
            if any(same.file.number not in choices for same in names.find_same(upload.files)):
                self._waiting[upload.id] = upload
                return UploadOutcome.ASKS
            named = names.assign_names(upload.files, choices)
            self._waiting.pop(upload.id, None)
            if not any(file.sha256 for file in named):
                self._vault.uploads.remove(upload.id)
                return UploadOutcome.NOTHING
            self._vault.uploads.save(replace(upload, files=tuple(named)))
            self._jobs.submit(collection, upload.user, upload.id)
            return UploadOutcome.BEGUN

    def _names(self, collection: str, user: str) -> Names:
        """Return the names of the collection's documents and of the files that wait for their job."""
        queued = [job.task.upload for job in self._vault.jobs.uploads() if job.collection == collection]
        uploads = (self._vault.uploads.get(upload) for upload in queued)
        pending = [file for upload in uploads if upload is not None for file in upload.files]
        with self._vault.open_collection(collection, user=user, action=Action.INGEST) as opened:
            documents = opened.catalogue.documents()
        purged = self._vault.being_purged(collection, user=user)
        return Names((document for document in documents if document.sha256 not in purged), pending)

    def _find_open(self, upload: str, user: str) -> _OpenUpload:
        """Return an upload that is arriving, and note that it is alive. Raises UploadNotFound."""
        with self._lock:
            opened = self._open.get(upload)
            if opened is None or opened.upload.user != user:
                raise UploadNotFound("The server no longer knows this upload. Send the files again.")
            opened.last_seen = self._clock()
            return opened

    def _remove_silent(self) -> None:
        """Remove uploads whose browser has gone away."""
        with self._lock:
            silent = [
                key
                for key, opened in self._open.items()
                if self._clock() - opened.last_seen > _SILENT_SECONDS
            ]
            for key in silent:
                del self._open[key]
        for key in silent:
            self._vault.uploads.remove(key)
