"""Language models: an administrator adds, tests, chooses and removes them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from signal import SIGILL

import pytest

from tests import tiny_gguf
from tests.dying import let_llama_die
from tests.families import FAMILIES
from tests.ui.cli.command import command, environment, incamera, incamera_json

SAYS = "The rent is 900 pounds a month [1]."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tiny_gguf.write(tmp_path / "model.gguf", says=SAYS)


def test_the_catalogue_can_be_read_before_there_is_a_vault(data: Path) -> None:
    listed = incamera_json(data, "models", "list", "--family", "llama")
    assert {one["family"] for one in listed["catalogue"]} == {"Llama"}
    assert listed["models"] == []
    assert "Meta's acceptable use policy" in incamera(data, "models", "list", "--family", "llama").stdout


def test_the_built_in_model_is_listed_first_and_status_says_whether_it_answers(data: Path) -> None:
    lines = incamera(data, "models", "list").stdout.splitlines()
    assert lines[:2] == ["Built-in model", "built-in"]
    assert "fully open, licence apache-2.0, from HuggingFaceTB/SmolLM2-135M-Instruct" in " ".join(lines[2:6])
    incamera_json(data, "init", "-c", "matter")
    built_in = incamera_json(data, "models", "list")["built_in"]
    assert (built_in["licence"], built_in["openness"]) == ("apache-2.0", "fully open")
    assert built_in["answers"] is (built_in["lacks"] == "")
    assert incamera_json(data, "status", model="")["model"] == ("built-in" if built_in["answers"] else None)
    assert built_in["lacks"] in " ".join(incamera(data, "status", model="").stdout.split())
    assert "INCAMERA_MODEL is off" in incamera(data, "status").stdout
    chosen = incamera(data, "models", "use", "built-in")
    assert chosen.returncode == (0 if built_in["answers"] else 2)
    assert built_in["lacks"] in " ".join(chosen.stderr.split())
    incamera(data, "models", "use", "--none")
    assert incamera_json(data, "status", model="")["model"] is None
    assert "incamera models use --none" in incamera(data, "models", "remove", "built-in", "-y").stderr


def lines_in_80_columns(data: Path, *arguments: object) -> list[str]:
    """Return the lines that a command prints in a window of 80 columns."""
    wide = {**environment(data), "COLUMNS": "80"}
    done = subprocess.run(command(*arguments), env=wide, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.slow
def test_the_list_is_complete_in_a_window_of_eighty_columns(data: Path, file: Path) -> None:
    long_names = ["a-model-with-a-rather-long-name-32b-instruct-2507.q4_k_m", "own"]
    matter = "Smith v Jones and Others (Chancery Division), disclosure"
    incamera_json(data, "init", "-c", matter)
    for name in long_names:
        incamera_json(data, "models", "add", file, "--name", name)
    incamera(data, "models", "use", long_names[0], "-c", matter)
    lines = lines_in_80_columns(data, "models", "list")
    assert max(map(len, lines)) <= 80
    # Every name and every place to copy stands whole on a line of its own.
    assert set(long_names) <= set(lines)
    listed = incamera_json(data, "models", "list")
    titles = [str(one["title"]) for one in listed["catalogue"]]
    assert all(any(line.startswith(f"{title} ") for line in lines) for title in titles)
    assert {f"  from {one['source']}" for one in listed["catalogue"]} <= set(lines)
    printed = " ".join(" ".join(lines).split())
    assert f"used for {matter}" in printed
    assert listed["models"][0]["sha256"][:12] in printed
    assert "sha256" in listed["models"][0] and "choices" in listed


def test_only_models_that_fit_in_the_memory_of_this_machine_are_listed(data: Path) -> None:
    listed = incamera_json(data, "models", "list", "--fits", "--quantisation", "F16", model_context=131072)
    whole = incamera_json(data, "models", "list")
    assert all(one["memory_bytes"] <= listed["memory_bytes"] for one in listed["catalogue"])
    assert len(listed["catalogue"]) < len(whole["catalogue"])


def test_a_quantisation_that_is_not_known_is_wrong_use(data: Path) -> None:
    refused = incamera(data, "models", "list", "--quantisation", "Q9")
    assert refused.returncode == 2
    assert "Q4_K_M" in refused.stderr


def create_matter(data: Path, folder: Path) -> None:
    """Create a vault with the collection "matter" and a lease in it."""
    incamera_json(data, "init", "-c", "matter")
    note = folder / "lease.txt"
    note.write_text("The rent is 900 pounds a month.")
    incamera_json(data, "ingest", note, "-c", "matter")


@pytest.mark.slow
@pytest.mark.llama
def test_a_model_is_added_tried_chosen_and_answers_until_it_is_removed(
    data: Path, file: Path, tmp_path: Path
) -> None:
    pytest.importorskip("llama_cpp")
    create_matter(data, tmp_path)
    added = incamera(data, "models", "add", file, "--name", "own")
    assert added.returncode == 0
    assert "licence is not known" in added.stderr
    seen = incamera_json(data, "models", "test", "own")
    assert seen["written"] == SAYS
    assert seen["instruction_sets"]
    assert incamera(data, "models", "use", "own", "-c", "matter").returncode == 0
    answer = incamera_json(data, "ask", "What is the rent?", model="")
    assert (answer["mode"], answer["model"]["name"]) == ("generated", "own")
    assert answer["model"]["sha256"] == incamera_json(data, "models", "list")["models"][0]["sha256"]
    refused = incamera(data, "models", "remove", "own", "--yes")
    assert refused.returncode == 2
    assert "is used for: matter" in refused.stderr
    assert incamera(data, "models", "use", "--none", "-c", "matter").returncode == 0
    assert incamera_json(data, "ask", "What is the rent?", model="")["mode"] == "quoted"
    assert incamera(data, "models", "remove", "own", answer="n\n").returncode == 130
    assert incamera(data, "models", "remove", "own", answer="y\n").returncode == 0
    assert incamera_json(data, "models", "list")["models"] == []


def test_a_collection_can_inherit_the_common_choice(data: Path, file: Path) -> None:
    incamera_json(data, "init", "-c", "matter")
    incamera_json(data, "models", "add", file, "--name", "own")
    incamera(data, "models", "use", "own")
    assert incamera(data, "models", "use", "--none", "-c", "matter").returncode == 0
    assert {one["collection"] for one in incamera_json(data, "models", "list")["choices"]} == {None, "matter"}
    given_back = incamera(data, "models", "use", "--inherit", "-c", "matter")
    assert given_back.stdout == "matter: the model of every collection without its own choice\n"
    assert {one["collection"] for one in incamera_json(data, "models", "list")["choices"]} == {None}
    for wrong in (
        ["--inherit"],
        ["own", "--inherit", "-c", "matter"],
        ["--none", "--inherit", "-c", "matter"],
    ):
        assert incamera(data, "models", "use", *wrong).returncode == 2
    denied = incamera(data, "models", "use", "--inherit", "-c", "matter", user="somebody")
    assert "no collection named 'matter'" in denied.stderr


@pytest.mark.llama
@pytest.mark.parametrize(
    "name",
    ["Llama", *(pytest.param(name, marks=pytest.mark.long) for name in ("Mistral", "Falcon", "Phi-3"))],
)
def test_the_test_of_a_model_passes_for_each_family(name: str, data: Path, tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp")
    family = FAMILIES[name]
    path = tmp_path / "model.gguf"
    tiny_gguf.write(path, says=SAYS, template=family.template, architecture=family.architecture)
    incamera_json(data, "init")
    incamera_json(data, "models", "add", path, "--name", "own")
    tried = incamera(data, "models", "test", "own")
    assert tried.returncode == 0, tried.stderr
    assert "tokens a second" in tried.stdout


def test_a_file_that_is_not_a_complete_gguf_is_refused_with_what_to_do(
    data: Path, file: Path, tmp_path: Path
) -> None:
    incamera_json(data, "init")
    text, cut = tmp_path / "text.gguf", tmp_path / "cut.gguf"
    text.write_text("a text")
    cut.write_bytes(file.read_bytes()[:5000])
    for bad in (text, cut):
        refused = incamera(data, "models", "add", bad)
        assert refused.returncode == 1
        assert "Copy it again" in refused.stderr
    refused = incamera(data, "models", "add", file, "--sha256", "00")
    assert refused.returncode == 1
    assert "and not 00" in refused.stderr
    assert incamera_json(data, "models", "list")["models"] == []


def test_an_adapter_of_another_architecture_is_refused_when_it_is_chosen(
    data: Path, file: Path, tmp_path: Path
) -> None:
    incamera_json(data, "init")
    incamera_json(data, "models", "add", file, "--name", "own")
    adapter = tiny_gguf.write_adapter(tmp_path / "a.gguf", architecture="falcon")
    incamera_json(data, "models", "add-adapter", adapter, "--name", "tone")
    refused = incamera(data, "models", "use", "own", "--adapter", "tone")
    assert refused.returncode == 1
    assert "'falcon'" in refused.stderr
    wrong = incamera(data, "models", "add", adapter)
    assert "add-adapter" in wrong.stderr
    assert incamera(data, "models", "use").returncode == 2


def test_only_an_administrator_changes_models(data: Path, file: Path) -> None:
    incamera_json(data, "init")
    for arguments in (["add", file], ["remove", "x", "--yes"], ["use", "x"]):
        refused = incamera(data, "models", *arguments, user="somebody")
        assert refused.returncode == 1
        assert "administrator" in refused.stderr


@pytest.mark.slow
def test_an_approved_answer_is_exported_as_a_row(data: Path, tmp_path: Path) -> None:
    incamera_json(data, "init", "-c", "matter")
    note, rows = tmp_path / "lease.txt", tmp_path / "rows.jsonl"
    note.write_text("The rent is 900 pounds a month.")
    incamera_json(data, "ingest", note, "-c", "matter")
    record = incamera_json(data, "ask", "What is the rent?")["record"]
    assert incamera(data, "models", "approve", record[:10]).returncode == 0
    assert "1 answer was" in incamera(data, "models", "export", rows).stdout
    (row,) = map(json.loads, rows.read_text().splitlines())
    assert row["question"] == "What is the rent?"
    assert row["passages"][0]["text"] == "The rent is 900 pounds a month."
    assert incamera(data, "models", "export", rows).returncode == 2
    assert incamera(data, "models", "approve", record, "--withdraw").returncode == 0
    assert "0 answers" in incamera(data, "models", "export", rows, "--overwrite").stdout


@pytest.mark.slow
@pytest.mark.llama
def test_a_model_that_crashes_is_reported_and_no_command_dies(
    data: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("llama_cpp")
    create_matter(data, tmp_path)
    incamera_json(data, "models", "add", file, "--name", "own")
    let_llama_die(monkeypatch, tmp_path / "at start", SIGILL)
    for arguments, called in ((["add", file], file), (["test", "own"], "own")):
        refused = incamera(data, "models", *arguments)
        assert refused.returncode == 1
        printed = " ".join(refused.stderr.split())
        assert f"llama.cpp died while it tried the model {called}: Illegal instruction" in printed
        assert "instructions that this processor does not have" in printed
        assert "make llama" in printed
        assert "Traceback" not in printed
    assert [one["name"] for one in incamera_json(data, "models", "list")["models"]] == ["own"]
    untried = tiny_gguf.write(tmp_path / "untried.gguf", says="The rent is 900 pounds [1].")
    answer = incamera_json(data, "ask", "What is the rent?", model=untried)
    assert answer["mode"] == "quoted"
    assert answer["statements"][0]["text"] == "The rent is 900 pounds a month."
