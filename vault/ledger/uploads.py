"""Files that were uploaded in the page and wait for ingest, in `<data>/incoming/<upload>/`.

They are written block by block as they arrive. The job that ingests them is in `vault.db`. The copies are
removed when that job ends, and the copy of a purged document is removed with the document.
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
from pathlib import Path

from vault.errors import UploadRefused
from vault.files.private import make_folder, open_new, write_atomically, write_bytes_atomically
from vault.files.storage import translate_disk_errors
from vault.ledger.redact import PURGED
from vault.process.clock import utc_now
from vault.sealing.box import seal, unseal
from vault.sealing.key import Key
from vault.sealing.stored_file import StoredFile
from vault.sealing.stream import SealingWriter, destroy

_FOLDER, _CONTENTS = "incoming", "contents.json"
_SEALED_CONTENTS = "contents.sealed"
_NAMES = "names.json"  # written by an earlier version
PLAIN_LISTS = (_CONTENTS, _NAMES)
"""Names of the files that list an upload in a vault that is not encrypted."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of an upload."""

    number: int
    """Its position among the chosen files, and the name of its copy."""
    name: str
    """The name shown to users, with the folders it was chosen from; never a path on this machine."""
    size: int
    """Bytes."""
    path: str = ""
    """Its path in the collection; empty until that is decided."""
    sha256: str = ""
    """Empty if it did not arrive."""
    problem: str = ""
    """A sentence that says why it did not arrive, or empty."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Files that were chosen together."""

    id: str
    collection: str
    """Id of the collection."""
    user: str
    begun: str
    """UTC, ISO 8601."""
    files: tuple[UploadedFile, ...]
    complete: bool = False
    """Whether nothing more will arrive."""


class UploadStore:
    """Reads and writes the uploads of one vault."""

    def __init__(self, data: Path, key: Key | None = None) -> None:
        """Use the folder of the vault in `data`. With a `key`, files and their names are sealed."""
        self._folder, self._key = data / _FOLDER, key

    def begin(self, collection: str, user: str, files: Sequence[tuple[str, int]]) -> Upload:
        """Start an upload to a collection (its id) and return it.

        `files` are (name, bytes) of the chosen files. Raises StorageError.
        """
        chosen = tuple(UploadedFile(number, name, size) for number, (name, size) in enumerate(files))
        upload = Upload(uuid.uuid4().hex, collection, user, utc_now(), chosen)
        with translate_disk_errors(self._folder):
            make_folder(self._folder / upload.id)
        self.save(upload)
        return upload

    def receive(self, upload: str, file: UploadedFile) -> IncomingFile:
        """Return the object that the bytes of a file are written to. Raises StorageError."""
        target = self._folder / upload / f"{file.number}"
        return IncomingFile(StoredFile(target, self._key, _context(upload, file.number)), file.size)

    def save(self, upload: Upload) -> None:
        """Store the state of an upload. Raises StorageError."""
        text = json.dumps(asdict(upload))
        if self._key is None:
            write_atomically(self._folder / upload.id / _CONTENTS, text)
            return
        sealed = seal(self._key, text.encode(), _context(upload.id))
        write_bytes_atomically(self._folder / upload.id / _SEALED_CONTENTS, sealed)

    def get(self, upload: str) -> Upload | None:
        """Return the upload as it was last saved, or None if it does not exist."""
        folder = self._folder / upload
        try:
            if self._key is None and (folder / _NAMES).is_file():
                names = enumerate(json.loads((folder / _NAMES).read_text()))
                files = tuple(UploadedFile(number, name, 0, name) for number, name in names)
                return Upload(upload, "", "", "", files, True)
            if self._key is None:
                saved = json.loads((folder / _CONTENTS).read_text())
            else:
                sealed = (folder / _SEALED_CONTENTS).read_bytes()
                saved = json.loads(unseal(self._key, sealed, _context(upload)))
        except OSError:
            return None
        return Upload(**{**saved, "files": tuple(UploadedFile(**file) for file in saved["files"])})

    def all(self) -> list[Upload]:
        """Return every upload, oldest first."""
        if not self._folder.is_dir():
            return []
        found = [self.get(path.name) for path in self._folder.iterdir() if path.name[0] != "."]
        return sorted(
            (upload for upload in found if upload is not None), key=lambda upload: (upload.begun, upload.id)
        )

    def files(self, upload: str) -> list[tuple[StoredFile, UploadedFile]]:
        """Return (copy, file) of each file in the order of choice, including files that did not arrive.

        Files whose copy was removed are left out.
        """
        found = self.get(upload)
        files = () if found is None else found.files
        folder = self._folder / upload
        copies = (
            (StoredFile(folder / f"{file.number}", self._key, _context(upload, file.number)), file)
            for file in files
        )
        return [(copy, file) for copy, file in copies if file.problem or copy.path.is_file()]

    def remove_file(self, upload: str, number: str) -> None:
        """Remove one file of an upload, and its name."""
        found = self.get(upload)
        if found is not None and any(str(file.number) == number for file in found.files):
            self._delete(self._folder / upload / number)
            purged = UploadedFile(int(number), PURGED, 0)
            files = (purged if str(file.number) == number else file for file in found.files)
            self.save(replace(found, files=tuple(files)))

    def remove(self, upload: str) -> None:
        """Remove an upload with its copies. Does nothing if it does not exist."""
        folder, removed = self._folder / upload, self._folder / f".gone-{uuid.uuid4().hex}"
        if upload and folder.is_dir():
            # Renamed first, so that a file that is still arriving cannot reappear in the folder.
            folder.rename(removed)
            if self._key is not None:
                for copy in removed.iterdir():
                    destroy(copy)
            shutil.rmtree(removed, ignore_errors=True)

    def remove_for_collection(self, collection: str) -> None:
        """Remove every upload to a collection (its id)."""
        for upload in self.all():
            if upload.collection == collection:
                self.remove(upload.id)

    def remove_waiting_files(
        self, collection: str, sha256s: Collection[str], with_job: Collection[str]
    ) -> None:
        """Remove files with these sha256 from the uploads to a collection (its id) that have no job yet.

        `with_job` are the ids of uploads that have one.
        """
        for upload in self.all():
            if upload.collection == collection and upload.id not in with_job:
                for file in upload.files:
                    if file.sha256 in sha256s:
                        self.remove_file(upload.id, str(file.number))

    def sweep(self, with_job: Collection[str]) -> None:
        """Remove interrupted uploads: incomplete ones without a job. `with_job` are ids of those with one."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                found = self.get(path.name)
                if path.name not in with_job and (found is None or not found.complete):
                    self.remove(path.name)

    def _delete(self, copy: Path) -> None:
        if self._key is None:
            copy.unlink(missing_ok=True)
        else:
            destroy(copy)

    def free_bytes(self) -> int:
        """Return how many bytes are free on the disk of the data folder."""
        return shutil.disk_usage(self._folder.parent).free


class IncomingFile:
    """A file that is arriving. It gets its own name only when it is complete."""

    def __init__(self, copy: StoredFile, size: int) -> None:
        """Start it beside `copy`, which it becomes; `size` bytes are announced. Raises StorageError."""
        self._target, self._context, self._size = copy.path, copy.context, size
        self._part = copy.path.with_suffix(f".{uuid.uuid4().hex[:8]}.part")
        self._digest, self._written = hashlib.sha256(), 0
        with translate_disk_errors(self._target):
            self._file = open_new(self._part)
            self._writer = SealingWriter(self._file, copy.key)

    def write(self, block: bytes) -> None:
        """Append a block.

        Raises UploadRefused when more bytes arrive than were announced, and StorageError.
        """
        self._written += len(block)
        if self._written > self._size:
            raise UploadRefused(
                f"More than the announced {self._size:,} bytes arrived. Choose the file again."
            )
        self._digest.update(block)
        with translate_disk_errors(self._target):
            self._writer.write(block)

    def finish(self) -> str:
        """Complete the file and return its sha256.

        Raises UploadRefused when bytes are missing, and StorageError.
        """
        if self._written != self._size:
            raise UploadRefused(
                f"Only {self._written:,} of {self._size:,} bytes arrived. Send the file again. If it has "
                "changed since you chose it, choose it again."
            )
        with translate_disk_errors(self._target):
            self._writer.finish(self._context)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.rename(self._target)
        return self._digest.hexdigest()

    def discard(self) -> None:
        """Remove what has arrived. Does nothing after `finish`."""
        with suppress(OSError):  # closing writes the rest, which fails on a full disk
            self._file.close()
        self._part.unlink(missing_ok=True)


def _context(upload: str, number: int | None = None) -> str:
    return f"list of the upload {upload}" if number is None else f"file {number} of the upload {upload}"
