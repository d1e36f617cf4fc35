"""The manifest: a CSV that says of files which collection they go into, title, date and anything else."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.discover import Source
from vault.errors import ManifestError

_OWN = ("path", "collection")


@dataclass(frozen=True, slots=True)
class Row:
    """What the manifest says of one file."""

    collection: str
    """Empty: the collection of the job."""
    metadata: tuple[tuple[str, str], ...]
    """Title, date and every further column that is not empty, by its name in lower case."""


class Manifest:
    """Rows by absolute path."""

    def __init__(self, rows: dict[str, Row]) -> None:
        self._rows = rows

    @classmethod
    def read(cls, file: Path) -> Manifest:
        """The manifest in `file`: UTF-8, a first line with the names of the columns, `path` among them.

        A path that is not absolute is one from the folder of the manifest. Raises ManifestError.
        """
        try:
            with file.open(encoding="utf-8-sig", newline="") as stream:
                table = csv.DictReader(stream, strict=True)
                names = [(name or "").strip().lower() for name in table.fieldnames or ()]
                if "path" not in names:
                    raise ManifestError(
                        f"The manifest {file} has no column named path; its columns are "
                        f"{', '.join(names) or 'none'}. Its first line must name them."
                    )
                table.fieldnames = names
                rows = dict(_row(file, table.line_num, line) for line in table)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise ManifestError(
                f"The manifest {file} cannot be read ({error}). Save it as CSV in UTF-8, with commas."
            ) from error
        return cls(rows)

    def described(self, sources: Sequence[Source], collection: str) -> dict[str, list[Source]]:
        """The sources with their metadata, by the collection they go into; `collection` is the job's own."""
        found: dict[str, list[Source]] = {}
        for source in sources:
            row = self._rows.get(source.path, Row("", ()))
            found.setdefault(row.collection or collection, []).append(replace(source, metadata=row.metadata))
        return found

    def without_file(self, sources: Sequence[Source]) -> list[str]:
        """Paths in the manifest that are not among the sources."""
        there = {source.path for source in sources}
        return [path for path in self._rows if path not in there]


def _row(file: Path, line: int, fields: dict[str, str]) -> tuple[str, Row]:
    if None in fields or None in fields.values():
        raise ManifestError(
            f"Line {line} of the manifest {file} has not as many fields as the first line has names. "
            "Put fields with commas in quotation marks."
        )
    path = fields["path"].strip()
    if not path:
        raise ManifestError(f"Line {line} of the manifest {file} names no path.")
    metadata = sorted((name, value.strip()) for name, value in fields.items() if name not in _OWN)
    return (
        str((file.parent / path).absolute()),
        Row(fields.get("collection", "").strip(), tuple(pair for pair in metadata if pair[1])),
    )
