"""Collections with their own embedding model: creating and changing them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import tiny_embedder
from tests.documents import add_text, new_collection
from tests.ui.cli.command import incamera, incamera_json
from ui.cli import main
from vault.embedding.embedder import Embedder
from vault.vault import Vault


@pytest.fixture
def here(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Runs `incamera ARGUMENTS` in this process, which has imported torch: exit code, output, errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["incamera", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code or 0
        assert isinstance(code, int)
        return code, printed.out, printed.err

    before = os.umask(0o077)
    yield run
    os.umask(before)


@pytest.fixture
def here_json(here: Callable[..., tuple[int, str, str]]) -> Callable[..., Any]:
    """Runs `incamera ARGUMENTS --json` in this process, and returns what it prints."""

    def run(*arguments: object) -> Any:
        code, printed, said = here(*arguments, "--json")
        assert code == 0, said
        return json.loads(printed)

    return run


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_embedder.write(tmp_path_factory.mktemp("model") / "own-model")


@pytest.mark.slow
def test_a_collection_is_created_with_its_own_model_and_changed_to_the_built_in_one(
    data: Path, tmp_path: Path, model: Path, here_json: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    incamera_json(data, "init")
    here_json("collections", "--create", "own", "--embedder", model)
    note = tmp_path / "note.txt"
    note.write_text("The fee for the organ is due in May.")
    assert here_json("ingest", note, "-c", "own")["ready"] == 1
    asked = ("ask", "When is the fee for the organ due?", "-c", "own")
    with monkeypatch.context() as low:
        low.setenv("INCAMERA_ABSTAIN_BELOW", "0")
        answer = here_json(*asked)
    assert answer["evidence"][0]["quote"] == "The fee for the organ is due in May."
    made = incamera_json(data, "collections", "rebuild", "own", "--embedder", "built-in")
    assert (made["chunks"], made["embedder"]) == (1, "all-MiniLM-L6-v2")
    assert incamera_json(data, *asked)["statements"][0]["citations"][0]["document"] == "note.txt"
    assert incamera(data, "collections", "rebuild", "own").returncode == 0


def test_a_folder_without_a_model_creates_no_collection(data: Path, tmp_path: Path) -> None:
    incamera_json(data, "init")
    refused = incamera(data, "collections", "--create", "own", "--embedder", tmp_path)
    assert refused.returncode != 0
    assert "modules.json" in refused.stderr
    assert [entry["name"] for entry in incamera_json(data, "collections")] == ["documents"]
    assert incamera(data, "collections", "--embedder", tmp_path).returncode == 2


def test_a_changed_or_removed_model_is_refused_with_what_to_do(
    data: Path,
    tmp_path: Path,
    here: Callable[..., tuple[int, str, str]],
    here_json: Callable[..., Any],
) -> None:
    model = tiny_embedder.write(tmp_path / "own-model")
    incamera_json(data, "init")
    here_json("collections", "--create", "own", "--embedder", model)
    tiny_embedder.write(model, seed=2)
    code, _, changed = here("ask", "When is rent due?", "-c", "own")
    assert (code, 'incamera collections rebuild "own"' in changed) == (1, True)
    (model / "modules.json").unlink()
    gone = incamera(data, "ask", "When is rent due?", "-c", "own")
    assert (gone.returncode, str(model) in gone.stderr) == (1, True)
    assert "rebuild" in gone.stderr


@pytest.mark.slow
def test_forty_collections_are_asked_searched_and_listed_together(data: Path, embedder: Embedder) -> None:
    with Vault.create(data, user="local", purpose="tests") as vault:
        for number in range(40):
            with new_collection(vault, f"matter {number}") as collection:
                add_text(collection, embedder, "key.txt", f"The key to unit {number} hangs in the lodge.")
    answer = incamera_json(data, "ask", "Where does the key to unit 3 hang?")
    assert answer["searched"]["documents"] == 40
    assert answer["statements"][0]["text"] == "The key to unit 3 hangs in the lodge."
    assert incamera_json(data, "find", "lodge")["count"] == 40
    narrowed = incamera_json(data, "find", "lodge", "--where", "name=key*")
    assert narrowed["count"] == 40
    assert len(incamera_json(data, "status")["collections"]) == 40
