"""Files that are uploaded in the page and wait to be taken in: `<data>/incoming/<upload>/`.

They are written as they arrive, block by block. The job that takes them in is kept in `vault.db`; the copies
go when it ends, and a file's copy goes with the document when that is purged before.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from vault.errors import UploadRefused
from vault.files.private import make_folder, open_new, write_whole
from vault.files.storage import on_disk
from vault.ledger.redact import PURGED

_FOLDER, _CONTENTS = "incoming", "contents.json"
_NAMES = "names.json"  # what an earlier version wrote


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of an upload."""

    number: int
    """Its place among the files that were chosen; its copy is called by it."""
    name: str
    """What people call it, the folders it was chosen with included; never a path of this machine."""
    size: int
    """Bytes."""
    path: str = ""
    """What it is known by in the collection; until that is settled, empty."""
    sha256: str = ""
    """Empty when it did not arrive."""
    problem: str = ""
    """Why it did not arrive, in a sentence."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Files that were chosen together."""

    id: str
    collection: str
    """The id of the collection."""
    user: str
    begun: str
    files: tuple[UploadedFile, ...]
    complete: bool = False
    """Nothing more arrives."""


class Uploads:
    """The folder of uploads of one vault."""

    def __init__(self, data: Path) -> None:
        self._folder = data / _FOLDER

    def begin(self, collection: str, user: str, files: Sequence[tuple[str, int]]) -> Upload:
        """Make room for (name, bytes) that were chosen for a collection (its id). Raises StorageError."""
        begun = datetime.now(UTC).isoformat(timespec="seconds")
        chosen = tuple(UploadedFile(number, name, size) for number, (name, size) in enumerate(files))
        upload = Upload(uuid.uuid4().hex, collection, user, begun, chosen)
        with on_disk(self._folder):
            make_folder(self._folder / upload.id)
        self.keep(upload)
        return upload

    def receive(self, upload: str, file: UploadedFile) -> Arriving:
        """What the bytes of a file are written to. Raises StorageError."""
        return Arriving(self._folder / upload / f"{file.number}", file.size)

    def keep(self, upload: Upload) -> None:
        """Write down how the upload stands. Raises StorageError."""
        write_whole(self._folder / upload.id / _CONTENTS, json.dumps(asdict(upload)))

    def find(self, upload: str) -> Upload | None:
        """The upload as it was last written down; None when it is gone."""
        folder = self._folder / upload
        try:
            if (folder / _NAMES).is_file():
                names = enumerate(json.loads((folder / _NAMES).read_text()))
                files = tuple(UploadedFile(number, name, 0, name) for number, name in names)
                return Upload(upload, "", "", "", files, True)
            written = json.loads((folder / _CONTENTS).read_text())
        except OSError:
            return None
        return Upload(**{**written, "files": tuple(UploadedFile(**file) for file in written["files"])})

    def all(self) -> list[Upload]:
        """Every upload, the oldest first."""
        if not self._folder.is_dir():
            return []
        found = [self.find(path.name) for path in self._folder.iterdir() if path.name[0] != "."]
        return sorted((one for one in found if one is not None), key=lambda one: (one.begun, one.id))

    def files(self, upload: str) -> list[tuple[Path, UploadedFile]]:
        """(copy, file) in the order in which they were chosen, those that did not arrive included."""
        found = self.find(upload)
        files = () if found is None else found.files
        there = ((self._folder / upload / f"{file.number}", file) for file in files)
        return [(copy, file) for copy, file in there if file.problem or copy.is_file()]

    def forget(self, upload: str, number: str) -> None:
        """Remove one file of an upload, and its name."""
        found = self.find(upload)
        if found is not None and any(str(file.number) == number for file in found.files):
            (self._folder / upload / number).unlink(missing_ok=True)
            purged = UploadedFile(int(number), PURGED, 0)
            files = (purged if str(file.number) == number else file for file in found.files)
            self.keep(replace(found, files=tuple(files)))

    def remove(self, upload: str) -> None:
        """Remove the copies; what is not there is passed over."""
        folder, gone = self._folder / upload, self._folder / f".gone-{uuid.uuid4().hex}"
        if upload and folder.is_dir():
            # Moved first: nothing that is still arriving can put a file where it was.
            folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)

    def remove_of(self, collection: str) -> None:
        """Remove every upload for a collection (its id)."""
        for upload in self.all():
            if upload.collection == collection:
                self.remove(upload.id)

    def forget_waiting(self, collection: str, sha256s: Collection[str], with_job: Collection[str]) -> None:
        """Remove files with these bytes of the uploads for a collection that no job is at."""
        for upload in self.all():
            if upload.collection == collection and upload.id not in with_job:
                for file in upload.files:
                    if file.sha256 in sha256s:
                        self.forget(upload.id, str(file.number))

    def sweep(self, keep: Collection[str]) -> None:
        """Remove what was cut off: it is not complete, and no job in `keep` waits for it."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                found = self.find(path.name)
                if path.name not in keep and (found is None or not found.complete):
                    self.remove(path.name)

    def room(self) -> int:
        """Bytes that are free on the disk of the data folder."""
        return shutil.disk_usage(self._folder.parent).free


class Arriving:
    """A file on its way: a part until it is whole, under its own name from then on."""

    def __init__(self, target: Path, size: int) -> None:
        self._target, self._size = target, size
        self._part = target.with_suffix(f".{uuid.uuid4().hex[:8]}.part")
        self._digest, self._written = hashlib.sha256(), 0
        with on_disk(target):
            self._file = open_new(self._part)

    def write(self, block: bytes) -> None:
        """Add a block. Raises UploadRefused when more comes than was announced, StorageError."""
        self._written += len(block)
        if self._written > self._size:
            raise UploadRefused(f"More than the announced {self._size:,} bytes came. Choose the file again.")
        self._digest.update(block)
        with on_disk(self._target):
            self._file.write(block)

    def finish(self) -> str:
        """The file is whole; returns its sha256.

        Raises UploadRefused when bytes are missing, StorageError.
        """
        if self._written != self._size:
            raise UploadRefused(
                f"Only {self._written:,} of {self._size:,} bytes came. Send the file again; if it has "
                "changed since it was chosen, choose it again."
            )
        with on_disk(self._target):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.rename(self._target)
        return self._digest.hexdigest()

    def drop(self) -> None:
        """Nothing of it is kept; after `finish` nothing is left to drop."""
        with suppress(OSError):  # on a full disk what was not written yet cannot be
            self._file.close()
        self._part.unlink(missing_ok=True)
