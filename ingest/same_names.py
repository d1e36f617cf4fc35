"""Decide about uploaded files with the name of a document: is it a new version, or another document?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import PurePosixPath
from typing import TypeVar

from vault.ledger.uploads import UploadedFile
from vault.records import Document, DocumentState

Item = TypeVar("Item")


class Choice(StrEnum):
    """What to do with a file whose name the collection already has."""

    REPLACE = "replace"
    """It is a new version: the old one stays listed, but is no longer used for answers."""
    BOTH = "both"
    """It is another document: it gets a new name."""
    LEAVE_OUT = "leave out"
    """It is not ingested."""


@dataclass(frozen=True, slots=True)
class SameName:
    """An uploaded file with the name of a document, but with other bytes."""

    file: UploadedFile
    path: str
    """The path of the document."""
    version: int
    """The version number of the document, from 1."""
    size: int
    """Size of the document in bytes."""
    added: str
    """When the document was added; empty if it is still waiting to be ingested."""


class Names:
    """The names in a collection, including those of files that are waiting to be ingested."""

    def __init__(self, documents: Iterable[Document], pending: Iterable[UploadedFile]) -> None:
        """`pending` are the files of uploads whose job is waiting, in the order of the jobs."""
        known = [document for document in documents if not document.parent]
        current = [document for document in known if document.state.searchable]
        self._by_path = {document.path: document for document in current}
        self._by_name = _grouped((document.name, document) for document in current)
        self._pending = _grouped((file.path, file) for file in pending if file.sha256)
        self._older = Counter(d.path for d in known if d.state is DocumentState.SUPERSEDED)
        self._taken = {d.path for d in known} | {d.name for d in known} | set(self._pending)

    def find_same(self, files: Iterable[UploadedFile]) -> list[SameName]:
        """Return those of `files` whose name the collection has with other bytes."""
        arrived = (file for file in files if file.sha256)
        return [same for file in arrived if (same := self._same(file)) is not None]

    def assign_names(
        self, files: Sequence[UploadedFile], choices: Mapping[int, Choice]
    ) -> list[UploadedFile]:
        """Return the files to ingest, each with the name and path that it gets.

        `choices` has one choice, by the number of the file, for each file that `find_same` returns. Two files
        with the same name in one upload both get ingested: the second gets a new name.
        """
        known = {same.file.number: same for same in self.find_same(files)}
        assigned: dict[str, str] = {}
        to_ingest = []
        for file in files:
            if not file.sha256:
                to_ingest += [replace(file, path=file.name)] if file.problem else []
                continue
            same = known.get(file.number)
            choice = choices[file.number] if same else None
            if choice is Choice.LEAVE_OUT:
                continue
            path = same.path if same and choice is Choice.REPLACE else file.name
            needs_new_name = choice is Choice.BOTH or assigned.get(path, file.sha256) != file.sha256
            named = self._renamed(file, assigned) if needs_new_name else replace(file, path=path)
            assigned[named.path] = file.sha256
            to_ingest.append(named)
        return to_ingest

    def _same(self, file: UploadedFile) -> SameName | None:
        """Return the document or waiting file with the same name and other bytes, if there is one."""
        waiting = self._pending.get(file.name, [])
        if waiting and waiting[-1].sha256 == file.sha256:
            return None
        if waiting:
            before = self._older[file.name] + (file.name in self._by_path)
            return SameName(file, file.name, before + len(waiting), waiting[-1].size, "")
        document = self._by_path.get(file.name)
        if document is None:
            # Files of this machine are compared by name alone; if two match, it is unclear which is meant.
            named = self._by_name.get(file.name, [])
            document = named[0] if len(named) == 1 else None
        if document is None or document.sha256 == file.sha256:
            return None
        version = self._older[document.path] + 1
        return SameName(file, document.path, version, document.size, document.added)

    def _renamed(self, file: UploadedFile, assigned: Mapping[str, str]) -> UploadedFile:
        """Give the file the first free name of the form "name (2).txt"."""
        original = PurePosixPath(file.name)
        for number in count(2):
            name = str(original.with_name(f"{original.stem} ({number}){original.suffix}"))
            if name not in self._taken and name not in assigned:
                break
        return replace(file, name=name, path=name)


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    """Collect the items of each name in a list."""
    groups: dict[str, list[Item]] = {}
    for name, item in pairs:
        groups.setdefault(name, []).append(item)
    return groups
