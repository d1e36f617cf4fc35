"""Web pages: cells that span rows, wrongly declared encodings, and what fields and drawings show."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats.structure.decode import decode
from ingest.parsed.limits import ParseLimits
from tests.first_use import FirstUse

html_format = FirstUse("ingest.formats.text.html")


def text_of(path: Path, body: str) -> str:
    """Return the text that is read of a page with this body."""
    path.write_text(f"<html><body>{body}</body></html>")
    text: str = html_format.read(path, ParseLimits()).pages[0].text
    return text


def test_a_cell_that_spans_rows_holds_in_each_and_columns_stay_aligned(tmp_path: Path) -> None:
    text = text_of(
        tmp_path / "a.html",
        "<table><tr><th>Site</th><th>Day</th><th>Beds</th><th>Note</th></tr>"
        "<tr><td rowspan=3>North</td><td>Mon</td><td rowspan=2>12</td><td>full</td></tr>"
        "<tr><td>Tue</td><td>calm</td></tr><tr><td colspan=2>closed</td><td>x</td></tr>"
        "<tr><td>South</td><td>Mon</td><td>4</td><td></td></tr></table>",
    )
    assert text.split("\n")[1:] == [
        "North | Mon | 12 | full", "North | Tue | 12 | calm", "North | closed |  | x", "South | Mon | 4 |",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Der Preis in Zürich beträgt fünf Franken." * 9, "cp1252", "utf-8"),
        ("Genève – “là-bas”, 5 €" * 20 + "plain words " * 90, "cp1252", "utf-8"),
        ("“Quoted” words", "cp1252", "iso-8859-1"),
        ("Kraków i Łódź", "iso8859-2", "iso-8859-2"),
        ("Москва и Казань, дом номер пять. " * 20, "cp1251", "utf-8"),
        ("Zürich", "utf-8", "iso-8859-1"),
        ("plain", "ascii", "no-such-encoding"),
    ],
)
def test_text_is_decoded_as_its_bytes_show_and_not_as_they_are_declared(
    text: str, encoding: str, declared: str
) -> None:
    assert decode(text.encode(encoding), declared) == text


def test_fields_and_drawings_of_a_page_are_read_as_they_are_shown(tmp_path: Path) -> None:
    text = text_of(
        tmp_path / "a.html",
        "<form><p>Name <input value='Ida Crane'></p><p>Smoker <input type=checkbox checked> yes "
        "<input type=checkbox> no</p><p>Ward <select><option>Oak</option>"
        "<option selected>Elm</option></select></p><p>Key <input type=hidden value=token></p>"
        "<svg><text>Peak 4.1</text></svg></form>"
        "<unknown-tag>Kept all the same.</unknown-tag>",
    )
    assert "Kept all the same." in text
    assert "Name Ida Crane" in text and "Smoker ☒ yes ☐ no" in text
    assert "Ward Elm" in text and "Oak" not in text and "token" not in text and "Peak 4.1" in text
