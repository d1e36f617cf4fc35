"""One file per format, each with `read(path, limits) -> Reading`; run in the reading process only.

`read` here picks by content. The libraries behind the formats are imported when they are first needed.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ingest.filetype import FileType, detect
from ingest.formats.instructions import instruction_warnings
from ingest.limits import ReadLimits
from ingest.reading import Reading

_MODULES = {
    FileType.ODT: "opendocument",
    FileType.ODS: "opendocument",
    FileType.ODP: "opendocument",
    FileType.DOC: "office_binary",
    FileType.PPT: "office_binary",
    FileType.PNG: "picture",
    FileType.JPEG: "picture",
    FileType.TIFF: "picture",
    FileType.ZIP: "archive",
}
_AT_HAND = frozenset(
    [FileType.PDF, FileType.TEXT, FileType.CSV, FileType.RTF, FileType.ODT, FileType.ODS, FileType.ODP,
     FileType.PNG, FileType.JPEG, FileType.TIFF, FileType.ZIP]
)  # fmt: skip
"""Formats that need no library which takes long to import."""


def read(path: Path, limits: ReadLimits, name: str | None = None) -> Reading:
    """Read any supported file in this very process; `name` as in `detect`. Raises: ReadError."""
    kind = detect(path, name)
    reading: Reading = _module(kind).read(path, limits)
    return replace(reading, warnings=reading.warnings + instruction_warnings(reading.pages))


def _module(kind: FileType) -> ModuleType:
    return import_module(f"ingest.formats.{_MODULES.get(kind, kind.value)}")


def is_prepared(path: Path, name: str | None = None) -> bool:
    """Whether the libraries for this file are loaded; `name` as in `detect`. Raises: ReadError."""
    return detect(path, name) in _AT_HAND or "ingest.formats.partition" in sys.modules


def prepare(*, office: bool) -> None:
    """Import libraries ahead, so that forks find them loaded: those that take no time, or (seconds) all."""
    for kind in _AT_HAND:
        _module(kind)
    if office:
        for kind in FileType:
            _module(kind)
        import_module("ingest.formats.partition").prepare()


__all__ = ["FileType", "is_prepared", "prepare", "read"]
