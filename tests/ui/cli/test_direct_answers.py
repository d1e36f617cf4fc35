"""Direct answers on the command line: the line first, rows as a table, and labels that are taken away."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.parsing.pool import ParserPool
from tests.ui.cli.command import incamera, incamera_json
from tests.ui.ward import INVOICES, fill
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

POTASSIUM = "What was the potassium of Anna Corrowan on 13 March 2026?"
DATE = "date:on 13 march 2026"


@pytest.fixture(scope="module")
def ward(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, embedder_cache: Path, parsers: ParserPool
) -> Path:
    folder = tmp_path_factory.mktemp("ward")
    settings = Settings(data=folder / "data")
    with Vault.create(settings.data, user="local", purpose="tests") as vault:
        fill(vault, folder / "files", embedder, parsers, settings)
    (settings.data / "embedder").symlink_to(embedder_cache)
    return settings.data


def printed(ward: Path, *arguments: str) -> list[str]:
    done = incamera(ward, "ask", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_direct_answer_comes_first(ward: Path) -> None:
    outcome, understood, direct, verdict, place, *_ = printed(ward, POTASSIUM)
    assert understood == "understood: Anna Corrowan · 13 March 2026 · potassium"
    assert outcome == "Answered:"
    assert direct == "Potassium, Anna Corrowan, 13 March 2026: 3.4 mmol/L"
    assert verdict.strip() == "from the table"
    assert place.strip().startswith("results Corrowan.pdf, page 1 (characters ")
    assert place.endswith("(Anna Corrowan · blood tests, 19 March 2026)")


def test_rows_are_printed_as_an_aligned_table(ward: Path) -> None:
    lines = printed(ward, "How many invoices are there?")
    assert not lines[1].startswith("understood")  # nothing was narrowed
    rows = [line for line in lines if line.endswith("  page 1")]
    assert len(rows) == len(INVOICES)
    assert {row.index("R-044") for row in rows} == {rows[0].index("R-044")}
    assert any("Harrow <b>Mill</b>" in row for row in rows)
    assert "    4 rows in 1 document; nothing that was searched is left out." in lines


@pytest.mark.slow
def test_a_label_is_taken_away_by_its_key(ward: Path) -> None:
    answer = incamera_json(ward, "ask", POTASSIUM)
    assert {"kind": "date", "text": "13 March 2026", "key": DATE} in answer["labels"]
    assert answer["understood"]["dates"][0]["readings"] == [["2026-03-13", "2026-03-13"]]
    assert answer["direct"]["rows"][0]["citation"]["quote"] == "3.4"
    assert answer["direct"]["rows"][0]["about"]["subject"] == "Anna Corrowan"
    without = incamera_json(ward, "ask", POTASSIUM, "--without", DATE)
    assert [label["key"] for label in without["removed"]] == [DATE]
    assert without["understood"]["dates"] == []
    _, understood, *_ = printed(ward, POTASSIUM, "--without", DATE)
    assert understood == "understood: Anna Corrowan · potassium (without: 13 March 2026)"


@pytest.mark.slow
def test_an_ambiguous_name_is_asked_about(ward: Path) -> None:
    lines = printed(ward, "What does Corrowan take?")
    assert (
        "Two people fit “Corrowan”: Anna Corrowan, Robert Corrowan. Which one? Ask again with the full name."
    ) in lines
    assert any(line.endswith("(Robert Corrowan · clinic letter, 2 February 2026)") for line in lines)
