"""One file per format, each with `read(path, limits) -> Reading`; run in the reading process only.

`read` here picks by content. The libraries behind the formats are imported when they are first needed.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from ingest.filetype import FileType, detect
from ingest.limits import ReadLimits
from ingest.reading import Reading


def read(path: Path, limits: ReadLimits, name: str | None = None) -> Reading:
    """Read any supported file in this very process; `name` as in `detect`. Raises: ReadError."""
    kind = detect(path, name)
    reading: Reading = import_module(f"ingest.formats.{kind.value}").read(path, limits)
    return reading


def prepare(*, office: bool) -> None:
    """Import the libraries ahead, so that forks find them loaded: for PDF and text, or (seconds) for all."""
    import_module("ingest.formats.text")
    import_module("ingest.formats.pdf")
    if office:
        for kind in FileType:
            import_module(f"ingest.formats.{kind.value}")
        import_module("ingest.formats.partition").prepare()


__all__ = ["FileType", "prepare", "read"]
