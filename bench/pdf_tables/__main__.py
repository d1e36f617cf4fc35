"""Measure which rows and cells of our own pages are read rightly: `python -m bench.pdf_tables`."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.pdf_tables.drawing import Drawing
from bench.pdf_tables.prose import PROSE
from bench.pdf_tables.tables import TABLES
from ingest.formats.pdf import pdf
from ingest.parsed.limits import ParseLimits
from vault.records import Element, ElementKind, Page


@dataclass(slots=True)
class Measured:
    """What was read of one page."""

    name: str
    rows: int = 0
    rows_right: int = 0
    """Rows whose words are one element, and no others."""
    headers: int = 0
    headers_right: int = 0
    cells: int = 0
    """Cells of rows and headers that are not empty."""
    cells_right: int = 0
    """Cells with the right words in the right column."""
    fields: int = 0
    fields_right: int = 0
    false_rows: int = 0
    """Rows and headers of tables that are none."""
    missed: list[str] = field(default_factory=list)


def measure(draw: Callable[[Drawing], None], seed: int, folder: Path) -> Measured:
    """Draw a page in the variation of `seed`, and return what is read of it."""
    face = 2 if draw.__name__.endswith("typewriter") else None
    drawing = Drawing(folder / f"{draw.__name__}-{seed}.pdf", random.Random(f"{seed} {draw.__name__}"), face)
    draw(drawing)
    drawing.save()
    pages = pdf.read(drawing.path, ParseLimits()).pages
    found = {
        kind: [(page, element) for page in pages for element in page.elements if element.kind is kind]
        for kind in (ElementKind.TABLE_ROW, ElementKind.TABLE_HEADER)
    }
    measured = Measured(draw.__name__)
    measured.rows, measured.headers = len(drawing.rows), len(drawing.headers)
    measured.rows_right = _compare(drawing.rows, found[ElementKind.TABLE_ROW], measured)
    measured.headers_right = _compare(drawing.headers, found[ElementKind.TABLE_HEADER], measured)
    texts = Counter(_words(page.text[e.start : e.end]) for page in pages for e in page.elements)
    measured.fields = len(drawing.fields)
    measured.fields_right = sum(texts[_words(line)] > 0 for line in drawing.fields)
    measured.missed += [f"field {line}" for line in drawing.fields if not texts[_words(line)]]
    return measured


def _compare(rows: list[tuple[str, ...]], found: list[tuple[Page, Element]], measured: Measured) -> int:
    """Count the expected rows and cells that were found; the found rows that are left are false."""
    right = 0
    left = list(found)
    for row in rows:
        measured.cells += sum(map(bool, row))
        words = Counter(" ".join(row).split())
        match = next((f for f in left if Counter(f[0].text[f[1].start : f[1].end].split()) == words), None)
        if match is None:
            measured.missed.append(" | ".join(row))
            continue
        right += 1
        left.remove(match)
        page, element = match
        cells = [_words(page.text[start:end]) for start, end in element.cells]
        same = sum(bool(cell) and cell == _words(own) for cell, own in zip(cells, row, strict=False))
        measured.cells_right += same
        if same < sum(map(bool, row)):
            measured.missed.append(f"{' | '.join(row)}  read as  {' | '.join(cells)}")
    measured.false_rows += len(left)
    measured.missed += [f"false {_words(page.text[e.start : e.end])}" for page, e in left]
    return right


def _words(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def main() -> None:
    """Print a table of the pages."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--seed", type=int, default=1, help="another number draws the pages in other type and widths"
    )
    options.add_argument("--seeds", type=int, default=1, help="how many variations from there on")
    options.add_argument("--missed", action="store_true", help="print what was not read rightly")
    chosen = options.parse_args()
    total = {"tables": Measured("all with tables"), "prose": Measured("all without")}
    print("| page | rows | right | headers | right | cells | right | fields | right | false rows |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for kind, pages in (("tables", TABLES), ("prose", PROSE)):
            for draw in pages:
                one = Measured(draw.__name__)
                for seed in range(chosen.seed, chosen.seed + chosen.seeds):
                    _add(one, measure(draw, seed, Path(folder)))
                _print(one)
                _add(total[kind], one)
                if chosen.missed:
                    print(*(f"    {text}" for text in one.missed), sep="\n")
    for one in total.values():
        _print(one)


_COUNTS = ("rows", "rows_right", "headers", "headers_right", "cells", "cells_right", "fields", "fields_right",
           "false_rows")  # fmt: skip


def _add(total: Measured, one: Measured) -> None:
    """Add the counts of a page to a total."""
    for name in _COUNTS:
        setattr(total, name, getattr(total, name) + getattr(one, name))
    total.missed += one.missed


def _print(one: Measured) -> None:
    """Print a line of the table."""
    print("|", one.name.replace("_", " "), "|", " | ".join(str(getattr(one, name)) for name in _COUNTS), "|")


if __name__ == "__main__":
    main()
