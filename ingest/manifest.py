"""The manifest: a CSV file that gives files their collection, title, date and other metadata."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.discover import Source
from ingest.parsed.how_to_read import Recognition
from vault.errors import ManifestError

_RESERVED_COLUMNS = ("path", "collection", "ocr")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """The line of the manifest about one file."""

    collection: str
    """The collection to put the file into; empty for the collection of the job."""
    metadata: tuple[tuple[str, str], ...]
    """(column name in lower case, value) of every other column that is not empty, such as title and date."""
    ocr: Recognition | None = None
    """When words are recognised; None where the job says it."""


class Manifest:
    """The lines of a manifest by the absolute paths of their files."""

    def __init__(self, rows: dict[str, ManifestRow]) -> None:
        self._rows = rows

    @classmethod
    def read(cls, file: Path) -> Manifest:
        """Read a manifest: a CSV file in UTF-8 whose first line names the columns, including `path`.

        Relative paths start at the folder of the manifest. Raises ManifestError.
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

    def collections(self) -> list[str]:
        """Return the collections that the lines name, in their order, with an empty one for a line that names
        none."""
        return list(dict.fromkeys(row.collection for row in self._rows.values()))

    def by_collection(self, sources: Sequence[Source], collection: str) -> dict[str, list[Source]]:
        """Add the metadata to the sources and group them by collection.

        Files without a collection of their own go into `collection`, the one of the job.
        """
        found: dict[str, list[Source]] = {}
        for source in sources:
            row = self._rows.get(source.path, ManifestRow("", ()))
            told = replace(source, metadata=row.metadata, ocr=row.ocr)
            found.setdefault(row.collection or collection, []).append(told)
        return found

    def paths_not_in(self, sources: Sequence[Source]) -> list[str]:
        """Return the paths in the manifest that are not paths of `sources`."""
        listed = {source.path for source in sources}
        return [path for path in self._rows if path not in listed]


def _row(file: Path, line: int, fields: dict[str, str]) -> tuple[str, ManifestRow]:
    """Return the absolute path and the row for one line of the CSV. Raises ManifestError."""
    if None in fields or None in fields.values():
        raise ManifestError(
            f"Line {line} of the manifest {file} does not have as many fields as the first line has names. "
            "Put fields that contain commas in quotation marks."
        )
    path = fields["path"].strip()
    if not path:
        raise ManifestError(f"Line {line} of the manifest {file} has no path. Add one, or remove the line.")
    ocr = fields.get("ocr", "").strip().lower()
    if ocr and ocr not in set(Recognition):
        raise ManifestError(
            f"Line {line} of the manifest {file} has {ocr!r} as ocr. "
            f"Write one of {', '.join(Recognition)}, or nothing."
        )
    metadata = sorted(
        (name, value.strip()) for name, value in fields.items() if name not in _RESERVED_COLUMNS
    )
    return (
        str((file.parent / path).absolute()),
        ManifestRow(
            fields.get("collection", "").strip(),
            tuple(pair for pair in metadata if pair[1]),
            Recognition(ocr) if ocr else None,
        ),
    )
