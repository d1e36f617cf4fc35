"""Copies of files that were uploaded and wait to be taken in: `<data>/incoming/<upload>/`.

The job that takes them in is kept in `vault.db`; the copies go when it ends, and a file's copy goes with the
document when that is purged before.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import BinaryIO

from vault.private import make_folder, open_new, write_private
from vault.redact import PURGED
from vault.storage import on_disk

_FOLDER, _NAMES = "incoming", "names.json"


class Uploads:
    """The folder of uploads of one vault."""

    def __init__(self, data: Path) -> None:
        self._folder = data / _FOLDER

    def store(self, files: Iterable[tuple[str, BinaryIO]]) -> str:
        """Copy (name, content) pairs; returns the id of the upload. A name is text and never a path.

        When a copy fails, nothing is left of any. Raises StorageError.
        """
        with on_disk(self._folder):
            return self._store(files)

    def _store(self, files: Iterable[tuple[str, BinaryIO]]) -> str:
        upload = uuid.uuid4().hex
        folder = self._folder / upload
        make_folder(folder)
        try:
            names = []
            for number, (name, content) in enumerate(files):
                with open_new(folder / f"{number}") as target:
                    shutil.copyfileobj(content, target, 1 << 20)
                    target.flush()
                    os.fsync(target.fileno())
                names.append(name)
            self._write_names(upload, names)
        except BaseException:
            self.remove(upload)
            raise
        return upload

    def files(self, upload: str) -> list[tuple[Path, str]]:
        """(copy, name) of the files that are there, in the order in which they were given."""
        names = self._names(upload)
        found = ((self._folder / upload / f"{number}", name) for number, name in enumerate(names))
        return [(path, name) for path, name in found if path.is_file()]

    def forget(self, upload: str, number: str) -> None:
        """Remove one file of an upload, and its name."""
        names = self._names(upload)
        if number.isdigit() and int(number) < len(names):
            names[int(number)] = PURGED
            (self._folder / upload / number).unlink(missing_ok=True)
            self._write_names(upload, names)

    def remove(self, upload: str) -> None:
        """Remove the copies; what is not there is passed over."""
        if upload:
            shutil.rmtree(self._folder / upload, ignore_errors=True)

    def sweep(self, keep: Collection[str]) -> None:
        """Remove what no job in `keep` waits for: an upload that was cut off never got a job."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in keep:
                    self.remove(path.name)

    def _names(self, upload: str) -> list[str]:
        try:
            return [str(name) for name in json.loads((self._folder / upload / _NAMES).read_text())]
        except OSError:
            return []

    def _write_names(self, upload: str, names: list[str]) -> None:
        folder = self._folder / upload
        write_private(folder / f".{_NAMES}", json.dumps(names))
        (folder / f".{_NAMES}").rename(folder / _NAMES)
