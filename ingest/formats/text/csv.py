"""Read tables in plain text, with commas, semicolons, tabs or bars between the cells.

The library unstructured is not used here: it uses data frames, which change numbers and reject rows of
different lengths.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.decode import decode
from ingest.formats.structure.tables import names_columns
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the table at `path` as one page. Raises NoText, TooLarge."""
    text = decode(path.read_bytes())
    if len(text) > limits.characters:
        raise TooLarge(f"The file has more than {limits.characters:,} characters. Split it.")
    csv.field_size_limit(limits.characters)
    rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    composer = PageComposer(limits)
    composer.table(rows, header=names_columns(rows))
    page = composer.page(1)
    if not page.text:
        raise NoText("The file contains only blanks. Check where it was copied from.")
    return ParsedDocument(FileType.CSV.media_type, "", (page,))


def _delimiter(text: str) -> str:
    """Return the delimiter that gives most of the first rows the same number of cells, and many cells."""
    sample = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter)]
        usual = max(set(widths), key=widths.count, default=1)
        score = usual * widths.count(usual) / max(len(widths), 1) if usual > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best
