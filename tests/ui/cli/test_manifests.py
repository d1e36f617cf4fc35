"""Manifests on the command line: which collections they need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.cli.command import incamera, incamera_json


@pytest.fixture
def matters(data: Path, tmp_path: Path) -> Path:
    """Return a data folder with two collections and none named "documents"; two notes are in "inbox"."""
    incamera_json(data, "init", "-c", "Smith v Jones")
    incamera_json(data, "init", "-c", "Hale")
    (tmp_path / "inbox").mkdir()
    for number in (1, 2):
        (tmp_path / "inbox" / f"{number}.txt").write_text(f"The rent of unit {number} is due in May.")
    return data


def manifest(folder: Path, *lines: str) -> Path:
    file = folder / "list.csv"
    file.write_text("\n".join(("path,collection", *lines)) + "\n")
    return file


def test_a_manifest_that_names_a_collection_in_every_line_needs_no_other(
    matters: Path, tmp_path: Path
) -> None:
    listed = manifest(tmp_path, "inbox/1.txt,Smith v Jones", "inbox/2.txt,Hale")
    report = incamera_json(matters, "ingest", tmp_path / "inbox", "--manifest", listed)
    assert (report["ready"], report["failed"]) == (2, [])
    for collection, name in (("Smith v Jones", "1.txt"), ("Hale", "2.txt")):
        (document,) = incamera_json(matters, "documents", "-c", collection)
        assert document["name"] == name


@pytest.mark.parametrize("lines", [["inbox/1.txt,Hale"], ["inbox/1.txt,Hale", "inbox/2.txt,"]])
def test_a_file_for_which_it_names_none_needs_the_usual_collection_or_the_one_that_is_given(
    matters: Path, tmp_path: Path, lines: list[str]
) -> None:
    asked = ("ingest", tmp_path / "inbox", "--manifest", manifest(tmp_path, *lines))
    refused = incamera(matters, *asked)
    assert (refused.returncode, "no collection named 'documents'" in refused.stderr) == (2, True)
    assert incamera_json(matters, "documents", "-c", "Hale") == []
    assert incamera_json(matters, *asked, "-c", "Smith v Jones")["ready"] == 2
    (document,) = incamera_json(matters, "documents", "-c", "Smith v Jones")
    assert document["name"] == "2.txt"
    incamera_json(matters, "init")
    assert incamera_json(matters, *asked)["failed"] == []
    (document,) = incamera_json(matters, "documents")
    assert document["name"] == "2.txt"
