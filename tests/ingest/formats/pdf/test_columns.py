"""Columns that a file writes row by row are read one after the other; tables stay in their rows."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.formats.pdf import pdf
from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from ingest.parsing.wire import document_from_wire, document_to_wire
from vault.records import BOX_UNIT

LEFT = textwrap.wrap(
    "The harbour board met in the old customs house on the second Tuesday of May. It heard that the "
    "north pier "
    "had sunk by eleven centimetres since the survey of the year before, and that the crane at its "
    "head could "
    "no longer be used with a load of more than four tons. The engineer advised the board to close "
    "the pier to "
    "lorries until the founda-",
    46,
)
RIGHT = textwrap.wrap(
    "tions have been examined by divers. The board agreed and set aside thirty thousand crowns for "
    "the work. It "
    "also heard a complaint of the fishermen, who said that the new lights on the south pier blind "
    "them when they "
    "come in at night. The lights are to be shaded before autumn, and the fishermen will be asked "
    "again whether "
    "that has helped.",
    46,
)


def rowwise(path: Path, left: Sequence[str], right: Sequence[str], *, drop: float = 0.0) -> Path:
    """Make a page with two columns whose lines are drawn row by row; `drop`: how much lower the right is."""
    canvas = Canvas(str(path), A4)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, 780, "Minutes of the harbour board")
    canvas.setFont("Helvetica", 9.5)
    for row in range(max(len(left), len(right))):
        for column, x, low in ((left, 60.0, 0.0), (right, 310.0, drop)):
            if row < len(column):
                canvas.drawString(x, 750 - row * 13 - low, column[row])
    canvas.save()
    return path


def read(path: Path) -> ParsedDocument:
    """Read a file as its owner gets it from the parser."""
    limits = ParseLimits()
    return document_from_wire(document_to_wire(pdf.read(path, limits)), limits)


def test_a_column_is_read_to_its_end_before_the_next_one(tmp_path: Path) -> None:
    for drop in (0.0, 2.5):
        (page,) = read(rowwise(tmp_path / f"{drop}.pdf", LEFT, RIGHT, drop=drop)).pages
        lines = page.text.split("\r\n")
        assert lines[1:] == [*LEFT[:-1], LEFT[-1][:-1] + "\ufffe", *RIGHT]


def test_a_sentence_goes_on_from_one_column_to_the_next(tmp_path: Path) -> None:
    (page,) = read(rowwise(tmp_path / "a.pdf", LEFT, RIGHT)).pages
    holders = [e for e in page.elements if "examined by divers" in page.text[e.start : e.end]]
    assert len(holders) == 1
    assert "close the pier" in page.text[holders[0].start : holders[0].end].replace("\r\n", " ")


def test_the_places_of_the_words_are_kept_with_the_text(tmp_path: Path) -> None:
    (page,) = read(rowwise(tmp_path / "a.pdf", LEFT, RIGHT)).pages
    assert [page.text[w.start : w.end] for w in page.words] == page.text.replace("\ufffe", " ").split()
    place = next(w for w in page.words if page.text[w.start : w.end] == "divers.")
    assert place.left > BOX_UNIT / 2 and place.top < place.bottom
    first = next(w for w in page.words if page.text[w.start : w.end] == "harbour")
    assert first.left < BOX_UNIT / 2


def test_rows_of_a_table_with_long_cells_stay_together(tmp_path: Path) -> None:
    tasks = [
        f"Repair of the {what} by the harbour master"
        for what in ("pier", "crane", "light", "slip", "wall", "bell")
    ]
    costs = [f"Set aside {sum_} crowns from the fund of 2021" for sum_ in (410, 5200, 80, 930, 7700, 65)]
    (page,) = read(rowwise(tmp_path / "a.pdf", tasks, costs)).pages
    rows = page.text.split("\r\n")[1:]
    assert rows == [f"{task} {cost}" for task, cost in zip(tasks, costs, strict=True)]
    assert not page.words
