"""The command line as persons and scripts use it: output, shapes of JSON, and exit codes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests import tiny_gguf
from tests.places import SAMPLES
from tests.sample_vault import SampleVault
from tests.ui.cli.command import incamera, incamera_json
from vault.access import Action
from vault.vault import Vault

ASKED = "What dose of digoxin was Mr Trewick discharged on?"
IN_PROSE = "Until when is the offer about the roof open?"
"""A question that no cell answers: what answers it is more or less sure, as the settings say."""
QUESTIONS = (ASKED, IN_PROSE)
NOT_THERE = "What is the annual fee for the parking space of the helicopter?"
CITATION = {"document", "sha256", "page", "start", "end", "quote"}


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, embedder_cache: Path, sample_documents: SampleVault
) -> Path:
    """A data folder with the samples in the collection "documents", and a file that cannot be read."""
    data = sample_documents.copied(tmp_path_factory.mktemp("cli") / "data")
    (data / "embedder").symlink_to(embedder_cache)
    empty = data.parent / "empty.txt"
    empty.touch()
    report = incamera_json(data, "ingest", empty, code=1)
    assert set(report) == {
        "ready", "partial", "skipped", "failed", "incomplete", "pages", "chunks", "seconds", "vanished",
        "left_out", "unread", "job",
    }  # fmt: skip
    assert (report["ready"], report["partial"], report["skipped"]) == (0, 0, 0)
    assert [set(failure) for failure in report["failed"]] == [{"path", "reason"}]
    return data


@pytest.fixture
def unasked(data: Path) -> Path:
    """A data folder with an empty collection "documents", made by the command itself."""
    made = incamera_json(data, "init")
    assert made == {"data": str(data), "collection": "documents", "made": True}
    return data


def test_an_answer_has_the_shape_that_programs_rely_on(filled: Path) -> None:
    answer = incamera_json(filled, "ask", ASKED)
    assert set(answer) >= {
        "question", "collections", "abstained", "mode", "model", "record", "statements", "evidence",
        "searched", "timing",
    }  # fmt: skip
    assert (answer["question"], answer["collections"]) == (ASKED, ["documents"])
    assert (answer["outcome"], answer["abstained"]) == ("answered", False)
    assert (answer["mode"], answer["model"]) == ("quoted", None)
    assert re.fullmatch("[0-9a-f]{32}", answer["record"])
    for statement in answer["statements"]:
        assert set(statement) >= {"text", "verdict", "citations"}
        assert statement["verdict"] == "quoted"
        assert all(set(citation) >= CITATION for citation in statement["citations"])
    assert answer["statements"] or answer["direct"]
    assert all(set(sentence) >= {*CITATION, "score"} for sentence in answer["evidence"])
    assert answer["searched"] == {"documents": 19, "pages": 36, "failed": 1, "partial": 0}
    assert set(answer["timing"]) == {"evidence_ms", "total_ms"}


@pytest.mark.slow
def test_every_citation_is_the_page_at_its_place(filled: Path) -> None:
    cited = []
    for question in QUESTIONS:
        answer = incamera_json(filled, "ask", question)
        cited += answer["evidence"]
        cited += [citation for statement in answer["statements"] for citation in statement["citations"]]
    assert len(cited) > 5
    with (
        Vault(filled, purpose="tests") as vault,
        vault.open_collection("documents", user="local", action=Action.SEARCH) as opened,
    ):
        for citation in cited:
            page = opened.catalogue.pages.find(citation["sha256"], citation["page"])
            assert page.text[citation["start"] : citation["end"]] == citation["quote"]
            assert opened.catalogue.document(citation["sha256"]).name == citation["document"]


def test_a_question_without_an_answer_is_not_a_failure(filled: Path) -> None:
    answer = incamera_json(filled, "ask", NOT_THERE)
    assert answer["abstained"]
    assert answer["statements"] == []
    shown = incamera(filled, "ask", NOT_THERE)
    assert shown.returncode == 0
    assert "Not found in the documents." in shown.stdout
    assert "Searched 19 documents (36 pages); 1 could not be read." in shown.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bounds", "outcome", "words", "cites"),
    [
        ({}, "answered", "Answered:", True),
        ({"abstain_below": 1}, "unsure", "Not sure: read these.", True),
        ({"abstain_below": 1, "not_found_below": 1}, "not_found", "Not found in the documents.", False),
    ],
)
def test_the_three_outcomes_are_printed_in_words(
    filled: Path, bounds: dict[str, float], outcome: str, words: str, cites: bool
) -> None:
    answer = incamera_json(filled, "ask", IN_PROSE, **bounds)
    assert (answer["outcome"], answer["abstained"]) == (outcome, outcome != "answered")
    assert answer["evidence"]
    shown = incamera(filled, "ask", IN_PROSE, **bounds).stdout
    assert shown.startswith(words)
    assert (re.search(r"roof_emails\.eml, page \d", shown) is not None) is cites


def test_an_empty_vault_finds_nothing_and_says_so(unasked: Path) -> None:
    answer = incamera_json(unasked, "ask", ASKED)
    assert answer["abstained"]
    assert answer["searched"] == {"documents": 0, "pages": 0, "failed": 0, "partial": 0}


def test_an_answer_for_people_names_document_and_page(filled: Path) -> None:
    shown = incamera(filled, "ask", ASKED)
    assert shown.returncode == 0
    assert re.search(r"discharge_summary_trewick\.pdf, page \d", shown.stdout)


def test_documents_status_and_collections_have_their_shapes(filled: Path) -> None:
    documents = incamera_json(filled, "documents")
    assert len(documents) == 20
    for document in documents:
        assert set(document) == {
            "name", "sha256", "state", "reason", "pages", "chunks", "ocr_pages", "warnings", "added",
            "path", "parent", "metadata", "unread",
        }  # fmt: skip
        assert (document["state"] == "failed") == bool(document["reason"])
    status = incamera_json(filled, "status")
    chunks = sum(document["chunks"] for document in documents)
    row = {"name": "documents", "documents": 19, "pages": 36, "chunks": chunks, "failed": 1}
    sandbox = status.pop("sandbox")
    assert set(sandbox) == {"setting", "refused", "granted"} and sandbox["setting"] == "best"
    encryption = status.pop("encryption")
    assert (encryption["encrypted"], encryption["opened_by"]) == (False, "nothing")
    assert "incamera encrypt" in encryption["not_encrypted"][0]
    built_in = status.pop("built_in")
    assert built_in["name"] == "built-in" and built_in["licence"] == "apache-2.0" and "lacks" in built_in
    assert status == {
        "data": str(filled), "model": None, "model_missing": None, "switched_off": [], "collections": [row],
    }  # fmt: skip
    (collection,) = incamera_json(filled, "collections")
    assert (collection["name"], collection["role"]) == ("documents", "manager")
    for command in ("documents", "status", "collections"):
        assert incamera(filled, command).returncode == 0


def test_files_that_were_added_already_are_skipped(filled: Path) -> None:
    report = incamera_json(filled, "ingest", SAMPLES / "legal")
    assert (report["ready"], report["skipped"], report["failed"]) == (0, 9, [])
    shown = incamera(filled, "ingest", SAMPLES / "legal")
    assert (shown.returncode, "9 skipped" in shown.stdout) == (0, True)


def test_init_does_not_change_an_existing_vault(filled: Path) -> None:
    assert incamera_json(filled, "init")["made"] is False
    assert incamera_json(filled, "status")["collections"][0]["documents"] == 19


def test_a_question_to_one_collection_does_not_see_another(filled: Path) -> None:
    assert incamera(filled, "collections", "--create", "other").returncode == 0
    assert incamera_json(filled, "ask", ASKED, "-c", "other")["abstained"]
    assert incamera(filled, "collections", "--create", "other").returncode == 2


def test_deleting_asks_unless_yes_is_given(unasked: Path, tmp_path: Path) -> None:
    for name in ("court_order.pdf", "services_amendment_1.pdf"):
        shutil.copy(SAMPLES / "legal" / name, tmp_path / name)
    both = (tmp_path / "court_order.pdf", tmp_path / "services_amendment_1.pdf")
    assert incamera_json(unasked, "ingest", *both)["ready"] == 2
    first, second = incamera_json(unasked, "documents")
    refused = incamera(unasked, "documents", "--delete", first["sha256"], answer="n\n")
    assert (refused.returncode, "Nothing was deleted" in refused.stderr) == (1, True)
    assert "court_order.pdf" in refused.stdout + refused.stderr
    assert incamera(unasked, "documents", "--delete", first["sha256"]).returncode != 0
    assert len(incamera_json(unasked, "documents")) == 2
    assert incamera(unasked, "documents", "--delete", first["sha256"][:8], answer="y\n").returncode == 0
    assert [d["sha256"] for d in incamera_json(unasked, "documents")] == [second["sha256"]]
    assert incamera_json(unasked, "documents", "--delete", second["sha256"], "--yes") == []
    assert incamera(unasked, "documents", "--delete", second["sha256"], "--yes").returncode == 2


@pytest.mark.llama
def test_a_model_that_stays_with_the_documents_writes_the_answer(filled: Path, tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")
    says = "Mr Trewick is allergic to penicillin [1]."
    model = tiny_gguf.write(tmp_path / "true.gguf", says=says)
    answer = incamera_json(filled, "ask", "What is Mr Trewick allergic to?", model=model, model_max_tokens=64)
    assert (answer["mode"], answer["abstained"]) == ("generated", False)
    assert answer["model"]["name"] == "true"
    (statement,) = answer["statements"]
    assert statement["text"].startswith("Mr Trewick is allergic to penicillin")
    assert statement["verdict"] in ("quoted", "supported")
    assert statement["citations"]


@pytest.mark.slow
@pytest.mark.llama
def test_a_model_that_invents_is_replaced_by_quotations(filled: Path, tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")
    model = tiny_gguf.write(
        tmp_path / "false.gguf", says="Mr Trewick is allergic to 700 mg of moonlight [1]."
    )
    answer = incamera_json(filled, "ask", "What is Mr Trewick allergic to?", model=model, model_max_tokens=64)
    assert answer["mode"] == "quoted"
    assert any("documents support nothing" in note for note in answer["notes"])
    assert {statement["verdict"] for statement in answer["statements"]} == {"quoted"}
    assert "moonlight" not in str(answer["statements"])


def test_a_second_owner_is_refused_and_the_first_is_named(filled: Path) -> None:
    with Vault(filled, purpose="incamera serve"):
        refused = incamera(filled, "ask", ASKED, wait_seconds=0)
    assert refused.returncode == 1
    assert re.search(r"in use by process \d+ \(incamera serve", refused.stderr)


def test_every_place_of_a_word_is_listed_and_counted(filled: Path) -> None:
    found = incamera_json(filled, "find", "digoxin")
    assert found["searched"] == {"documents": 19, "pages": 36, "failed": 1, "partial": 0}
    assert found["count"] == sum(one["count"] for one in found["documents"]) > 3
    with (
        Vault(filled, purpose="tests") as vault,
        vault.open_collection("documents", user="local", action=Action.SEARCH) as opened,
    ):
        for one in found["documents"]:
            assert sum(one["pages"].values()) == one["count"] == len(one["mentions"])
            for mention in one["mentions"]:
                text = opened.catalogue.pages.find(one["sha256"], mention["page"]).text
                assert text[mention["start"] : mention["end"]].lower() == "digoxin"
    shown = incamera(filled, "find", "digoxin")
    assert shown.returncode == 0
    assert f"“digoxin” occurs in {found['count']} places" in shown.stdout
    assert len(incamera(filled, "find", "digoxin", "--count").stdout) < len(shown.stdout)
    assert incamera_json(filled, "find", "moonlight")["count"] == 0
    assert incamera(filled, "find", "§").returncode == 2


def test_a_search_is_limited_by_fields_of_the_documents(filled: Path) -> None:
    everywhere = incamera_json(filled, "find", "the")
    pdfs = incamera_json(filled, "find", "the", "--where", "name=*.pdf")
    assert 0 < pdfs["count"] < everywhere["count"]
    assert all(one["document"].endswith(".pdf") for one in pdfs["documents"])


def test_a_date_is_understood_and_printed_or_refused(filled: Path) -> None:
    found = incamera(filled, "find", "digoxin", "--where", "added>=2026-01")
    assert (found.returncode, "Searching 19 of 19 documents: added from 1 January 2026." in found.stderr) == (
        0,
        True,
    )
    for command in (("find", "digoxin"), ("ask", ASKED)):
        refused = incamera(filled, *command, "--where", "added>=soon")
        assert (refused.returncode, "'soon' is not a date" in refused.stderr) == (2, True)
