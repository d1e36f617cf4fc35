"""Uploaded files whose name a document of the collection has: is each a new version, or another document?"""

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
    """What becomes of a file whose name is there already."""

    REPLACE = "replace"
    """It is a new version: the one that is there stays listed, and no answer rests on it."""
    BOTH = "both"
    """It is another document, and gets a name of its own."""
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True)
class SameName:
    """A file with other bytes than the document of its name."""

    file: UploadedFile
    path: str
    """What the document is known by."""
    version: int
    """Which version the document is, from 1."""
    size: int
    """Bytes of the document."""
    added: str
    """When the document was added; empty when it still waits to be read."""


class Names:
    """The names of a collection, and of what waits to be taken into it."""

    def __init__(self, documents: Iterable[Document], pending: Iterable[UploadedFile]) -> None:
        """`pending` are the files of uploads that wait for their job, in the order of the jobs."""
        known = [document for document in documents if not document.parent]
        current = [document for document in known if document.state.searchable]
        self._by_path = {document.path: document for document in current}
        self._by_name = _grouped((document.name, document) for document in current)
        self._pending = _grouped((file.path, file) for file in pending if file.sha256)
        self._older = Counter(d.path for d in known if d.state is DocumentState.SUPERSEDED)
        self._taken = {d.path for d in known} | {d.name for d in known} | set(self._pending)

    def same(self, files: Iterable[UploadedFile]) -> list[SameName]:
        """Those of `files` whose name is there with other bytes."""
        arrived = (file for file in files if file.sha256)
        return [same for file in arrived if (same := self._same(file)) is not None]

    def settle(self, files: Sequence[UploadedFile], choices: Mapping[int, Choice]) -> list[UploadedFile]:
        """The files that are to be taken in, each with the name that it is known by from now on.

        `choices` by number of the file, one for each that `same` gives. Two files of one name that were
        chosen together are told apart without a question: neither was there before.
        """
        asked = {same.file.number: same for same in self.same(files)}
        settled: dict[str, str] = {}
        kept = []
        for file in files:
            if not file.sha256:
                kept += [replace(file, path=file.name)] if file.problem else []
                continue
            same = asked.get(file.number)
            choice = choices[file.number] if same else None
            if choice is Choice.LEAVE_OUT:
                continue
            path = same.path if same and choice is Choice.REPLACE else file.name
            apart = choice is Choice.BOTH or settled.get(path, file.sha256) != file.sha256
            named = self._apart(file, settled) if apart else replace(file, path=path)
            settled[named.path] = file.sha256
            kept.append(named)
        return kept

    def _same(self, file: UploadedFile) -> SameName | None:
        waiting = self._pending.get(file.name, [])
        if waiting and waiting[-1].sha256 == file.sha256:
            return None
        if waiting:
            before = self._older[file.name] + (file.name in self._by_path)
            return SameName(file, file.name, before + len(waiting), waiting[-1].size, "")
        document = self._by_path.get(file.name)
        if document is None:
            # A file of this machine is listed by its name alone; two of one name are no version of either.
            named = self._by_name.get(file.name, [])
            document = named[0] if len(named) == 1 else None
        if document is None or document.sha256 == file.sha256:
            return None
        version = self._older[document.path] + 1
        return SameName(file, document.path, version, document.size, document.added)

    def _apart(self, file: UploadedFile, settled: Mapping[str, str]) -> UploadedFile:
        whole = PurePosixPath(file.name)
        for number in count(2):
            name = str(whole.with_name(f"{whole.stem} ({number}){whole.suffix}"))
            if name not in self._taken and name not in settled:
                break
        return replace(file, name=name, path=name)


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for name, item in pairs:
        groups.setdefault(name, []).append(item)
    return groups
