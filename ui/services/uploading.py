"""Uploads of the page: what may be sent, what has arrived, what is asked before a job takes it in."""

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
from vault.ledger.uploads import Arriving, Upload
from vault.settings import Settings
from vault.vault import Vault

_LONGEST_PROBLEM = 300
_REMEMBERED = 100
"""Uploads whose end is told once more when it is asked again."""
_SILENT = 3600.0
"""Seconds after which an upload that nothing came for is given up."""


class Outcome(StrEnum):
    """What became of an upload when nothing more came for it."""

    BEGUN = "begun"
    """A job takes the files in."""
    ASKS = "asks"
    """Names are there already, and somebody has to choose."""
    NOTHING = "nothing"
    """No file arrived, or all were left out: nothing is kept."""


@dataclass(slots=True)
class _Open:
    """An upload that files arrive for."""

    upload: Upload
    collection: str
    """Its name."""
    heard: float
    arrived: dict[int, str] = field(default_factory=dict)
    """sha256 by the number of the file."""


@dataclass(frozen=True, slots=True)
class Question:
    """An upload that waits for a choice about names that are there already."""

    upload: str
    files: int
    """How many files arrived."""
    same: tuple[SameName, ...]


class Uploading:
    """Takes uploads in, many at a time, from any thread."""

    def __init__(
        self, vault: Vault, settings: Settings, jobs: Jobs, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """What an earlier server left waiting for a choice waits on."""
        self._vault, self._jobs, self._clock = vault, jobs, clock
        self.limits = UploadLimits(settings, vault.uploads.room)
        self._lock = threading.RLock()
        self._open: dict[str, _Open] = {}
        self._outcomes: dict[str, Outcome] = {}
        with_job = {job.task.upload for job in vault.jobs.uploads()}
        self._asked = {one.id: one for one in vault.uploads.all() if one.complete and one.id not in with_job}

    def begin(self, collection: str, user: str, files: Sequence[tuple[str, int]]) -> str:
        """The id of a new upload of (name, bytes) for a collection.

        Raises CollectionNotFound, AccessDenied, UploadRefused when a limit is broken or the disk is full.
        """
        entry = self._vault.authorise(collection, user=user, action=Action.INGEST)
        self._give_up_silent()
        upload = self._vault.uploads.begin(entry.id, user, self.limits.checked(files))
        with self._lock:
            self._open[upload.id] = _Open(upload, entry.name, self._clock())
        return upload.id

    def receive(self, upload: str, number: int, user: str) -> Arriving:
        """What a file's bytes are written to; `arrived` notes that it is whole.

        Raises UploadNotFound, UploadRefused, CollectionNotFound, AccessDenied, StorageError.
        """
        one = self._found(upload, user)
        self._vault.authorise(one.collection, user=user, action=Action.INGEST)
        if not 0 <= number < len(one.upload.files):
            raise UploadNotFound(f"The upload has no file number {number}.")
        file = one.upload.files[number]
        self.limits.check_room(file.size)
        return self._vault.uploads.receive(upload, file)

    def arrived(self, upload: str, number: int, sha256: str, user: str) -> None:
        """A file is whole. Raises UploadNotFound."""
        with self._lock:
            self._found(upload, user).arrived[number] = sha256

    def finish(self, upload: str, problems: Mapping[int, str], user: str) -> Outcome:
        """Nothing more comes: begin the job over what arrived, or ask. `problems` says by number why a file
        did not arrive. Asked again, because the first answer was lost, it gives the same.

        Raises UploadNotFound, CollectionNotFound, AccessDenied.
        """
        with self._lock:
            if upload in self._outcomes:
                return self._outcomes[upload]
            one = self._found(upload, user)
            try:
                outcome = self._completed(one, problems)
            except IncameraError:
                self.cancel(upload, user)
                raise
            del self._open[upload]
            self._outcomes[upload] = outcome
            for oldest in list(self._outcomes)[:-_REMEMBERED]:
                del self._outcomes[oldest]
            return outcome

    def _completed(self, one: _Open, problems: Mapping[int, str]) -> Outcome:
        if not one.arrived:
            self._vault.uploads.remove(one.upload.id)
            return Outcome.NOTHING
        files = []
        for file in one.upload.files:
            sha256 = one.arrived.get(file.number, "")
            why = problems.get(file.number, "")[:_LONGEST_PROBLEM] or "The sending was stopped."
            problem = "" if sha256 else f"It did not arrive: {why}"
            files.append(replace(file, sha256=sha256, problem=problem))
        complete = replace(one.upload, files=tuple(files), complete=True)
        self._vault.uploads.keep(complete)
        return self._settle(complete, one.collection, {})

    def cancel(self, upload: str, user: str) -> None:
        """Remove what arrived, or what waits for a choice. What is not there is passed over."""
        with self._lock:
            one = self._open.get(upload)
            waiting = one.upload if one else self._asked.get(upload)
            if waiting is None or waiting.user != user:
                return
            self._open.pop(upload, None)
            self._asked.pop(upload, None)
        self._vault.uploads.remove(upload)

    def questions(self, collection: str, user: str) -> list[Question]:
        """What waits for a choice of this user. Raises CollectionNotFound, AccessDenied."""
        entry = self._vault.authorise(collection, user=user, action=Action.INGEST)
        with self._lock:
            asked = [one for one in self._asked.values() if (one.collection, one.user) == (entry.id, user)]
        questions = []
        for one in asked:
            current = self._vault.uploads.find(one.id)
            same = () if current is None else tuple(self._names(collection, user).same(current.files))
            if current is None:
                self._asked.pop(one.id, None)
            elif same:
                arrived = sum(bool(file.sha256) for file in current.files)
                questions.append(Question(one.id, arrived, same))
            else:
                # What was asked about is gone meanwhile.
                self._settle(current, collection, {})
        return questions

    def decide(self, upload: str, collection: str, choices: Mapping[int, Choice], user: str) -> Outcome:
        """Begin the job with the choices that were made, by number of the file. Asks again when names came
        in meanwhile that nobody was asked about.

        Raises UploadNotFound, CollectionNotFound, AccessDenied.
        """
        with self._lock:
            known = self._asked.get(upload)
        found = self._vault.uploads.find(upload)
        entry = self._vault.authorise(collection, user=user, action=Action.INGEST)
        if known is None or found is None or (found.collection, found.user) != (entry.id, user):
            raise UploadNotFound("The uploaded files are no longer there. Upload them again.")
        return self._settle(found, collection, choices)

    def _settle(self, upload: Upload, collection: str, choices: Mapping[int, Choice]) -> Outcome:
        with self._lock:
            names = self._names(collection, upload.user)
            if any(same.file.number not in choices for same in names.same(upload.files)):
                self._asked[upload.id] = upload
                return Outcome.ASKS
            settled = names.settle(upload.files, choices)
            self._asked.pop(upload.id, None)
            if not any(file.sha256 for file in settled):
                self._vault.uploads.remove(upload.id)
                return Outcome.NOTHING
            self._vault.uploads.keep(replace(upload, files=tuple(settled)))
            self._jobs.submit(collection, upload.user, upload.id)
            return Outcome.BEGUN

    def _names(self, collection: str, user: str) -> Names:
        waiting = [job.task.upload for job in self._vault.jobs.uploads() if job.collection == collection]
        uploads = (self._vault.uploads.find(upload) for upload in waiting)
        pending = [file for one in uploads if one is not None for file in one.files]
        with self._vault.open_collection(collection, user=user, action=Action.INGEST) as opened:
            documents = opened.catalogue.documents()
        going = self._vault.being_purged(collection, user=user)
        return Names((document for document in documents if document.sha256 not in going), pending)

    def _found(self, upload: str, user: str) -> _Open:
        with self._lock:
            one = self._open.get(upload)
            if one is None or one.upload.user != user:
                raise UploadNotFound("The server does not know this upload any more. Send the files again.")
            one.heard = self._clock()
            return one

    def _give_up_silent(self) -> None:
        """Remove uploads that a browser began and went away from."""
        with self._lock:
            silent = [key for key, one in self._open.items() if self._clock() - one.heard > _SILENT]
            for key in silent:
                del self._open[key]
        for key in silent:
            self._vault.uploads.remove(key)
