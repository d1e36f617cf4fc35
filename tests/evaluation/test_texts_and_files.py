import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evaluation.files import evaluate_files
from evaluation.question_set import is_file_set, load_set
from evaluation.texts import evaluate_set
from rag.reader.reader import Reader, Reading, Support
from rag.reader.windows import ReaderPassage
from vault.embedding.embedder import Embedder
from vault.errors import EvaluationError
from vault.settings import Settings

LEASE = "The tenant keeps the roof in repair. The rent is 900 pounds a month."
CHART = "Digoxin 125 micrograms once a day. She has no known allergy."


def write_set(folder: Path, corpus: list[dict[str, object]], questions: list[dict[str, object]]) -> Path:
    folder.mkdir()
    for name, rows in (("corpus", corpus), ("questions", questions)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    start = LEASE.index("The rent")
    return write_set(
        tmp_path / "small",
        [{"id": "lease.txt", "title": "Lease", "text": LEASE},
         {"id": "chart.txt", "title": "", "text": CHART}],
        [
            {"id": "1", "question": "What is the rent?", "answers": ["900 pounds a month"],
             "spans": [["lease.txt", start, len(LEASE)]], "document": "lease.txt"},
            {"id": "2", "question": "dose of digoxin", "relevant": ["chart.txt"]},
            {"id": "3", "question": "Which expert was appointed by the court?", "answerable": False},
        ],
    )  # fmt: skip


@pytest.mark.parametrize("read", [False, True], ids=["without the reader", "with it"])
def test_a_set_is_measured_by_what_its_gold_allows(
    small: Path, embedder: Embedder, reader: Reader, settings: Settings, read: bool
) -> None:
    result = evaluate_set(load_set(small), embedder, settings, reader if read else None)
    assert result["questions"] == 3
    assert list(result["recall@k"]) == ["1", "2", "4", "8", "16", "32", "64"]  # type: ignore[call-overload]
    assert result["recall@k"]["1"] == 1.0  # type: ignore[index]
    assert result["evidence_hit@1"] == 1.0
    assert result["ndcg@10"] == 1.0
    assert result["abstention_auroc"] == 1.0
    assert {"precision@k", "recall@100", "evidence_hit@3", "answer_f1", "p50_ms", "p95_ms"} <= result.keys()


class Preferring:
    """A reader that is sure of the passages of one document and finds nothing in the others."""

    sha256 = "preferring"

    def __init__(self, title: str) -> None:
        self._title = title

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading | None]:
        return [self._reading(one, 9.0 if one.title == self._title else -9.0) for one in passages]

    def support(self, statement: str, passages: Sequence[ReaderPassage]) -> list[Support]:
        raise AssertionError("nothing is stated here")

    @staticmethod
    def _reading(passage: ReaderPassage, sure: float) -> Reading:
        sentences = (sure,) * len(passage.sentences)
        return Reading(sure, sure, sentences, np.zeros((1, 3), np.int32), np.zeros((1, 2), np.float32))


def test_documents_are_ranked_as_the_product_shows_them_after_the_reader(
    tmp_path: Path, embedder: Embedder, settings: Settings
) -> None:
    titles = ("Lease", "Letter", "Ledger")
    folder = write_set(
        tmp_path / "rents",
        [{"id": title, "title": title, "text": f"{LEASE} It is {number}."}
         for number, title in enumerate(titles)],
        [{"id": title, "question": "What is the rent?", "relevant": [title]} for title in titles],
    )  # fmt: skip
    for place, title in enumerate(titles):
        questions = load_set(folder)
        only = replace(questions, questions=questions.questions[place : place + 1])
        assert evaluate_set(only, embedder, settings, Preferring(title))["ndcg@10"] == 1.0
        other = Preferring(titles[place - 1])
        assert evaluate_set(only, embedder, settings, other)["ndcg@10"] < 1.0  # type: ignore[operator]


def test_what_only_a_deeper_search_finds_stands_behind_what_is_shown(
    tmp_path: Path, embedder: Embedder, settings: Settings
) -> None:
    count = 40
    folder = write_set(
        tmp_path / "many",
        [{"id": f"{n}", "title": f"Flat {n}", "text": f"The rent of flat {n} is {n}00 pounds."}
         for n in range(count)],
        [{"id": "1", "question": "What is the rent?", "relevant": [f"{n}" for n in range(count)]}],
    )  # fmt: skip
    narrow = settings.model_copy(update={"passages": 3, "candidates": 4})
    assert evaluate_set(load_set(folder), embedder, narrow)["recall@100"] == 1.0


def test_a_scoped_question_sees_its_document_only(
    small: Path, embedder: Embedder, settings: Settings
) -> None:
    result = evaluate_set(load_set(small), embedder, settings, scope="document", limit=1)
    assert result["scope"] == "document"
    assert result["evidence_hit@1"] == 1.0


def test_the_vault_of_the_user_is_not_touched(small: Path, embedder: Embedder, settings: Settings) -> None:
    evaluate_set(load_set(small), embedder, settings, limit=1)
    assert not (settings.data / "vault.db").exists()


def test_files_are_measured_by_document_page_and_words(
    tmp_path: Path, embedder: Embedder, settings: Settings
) -> None:
    (tmp_path / "set" / "files").mkdir(parents=True)
    (tmp_path / "set" / "files" / "lease.txt").write_text(LEASE)
    (tmp_path / "set" / "questions.yaml").write_text(
        "- {id: a, question: 'What is the rent?', document: lease.txt, page: 1, words: 900 pounds}\n"
        "- {id: b, question: 'Which dose of digoxin is charted?', answerable: false}\n"
    )
    assert is_file_set(tmp_path / "set")
    result = evaluate_files(tmp_path / "set", embedder, settings)
    assert result["first_statement"] == 1.0
    assert result["document_and_page"] == 1.0
    assert result["words_in_statements"] == 1.0
    assert result["abstained"] == result["not_answerable"] == 1
    assert result["not_found"] == 1
    assert result["wrongly_not_found"] == 0
    assert result["wrong"] == []


@pytest.mark.parametrize("broken", ["missing", "not gzip", "no json", "wrong row"])
def test_a_set_that_cannot_be_read_says_where_and_why(broken: str, small: Path) -> None:
    path = small / "questions.jsonl.gz"
    if broken == "missing":
        path.unlink()
    elif broken == "not gzip":
        path.write_bytes(b"plain")
    else:
        with gzip.open(path, "wt") as file:
            file.write("{" if broken == "no json" else '{"id": 5}\n')
    with pytest.raises(EvaluationError, match=r"questions\.jsonl\.gz"):
        load_set(small)
