"""Question sets: `corpus.jsonl.gz` with `questions.jsonl.gz`, or a folder of files with `questions.yaml`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from evaluation.measures import Place
from vault.errors import EvaluationError

_Row = TypeVar("_Row", bound=BaseModel)


class CorpusRow(BaseModel):
    """One document of a set."""

    model_config = ConfigDict(extra="ignore")

    id: str
    title: str = ""
    text: str


class TextQuestion(BaseModel):
    """A question on texts; the kind of gold that it has depends on the set."""

    model_config = ConfigDict(extra="ignore")

    id: str
    question: str
    answerable: bool = True
    answers: list[str] = []
    spans: list[Place] = []
    relevant: list[str] = []
    document: str | None = None


class FileQuestion(BaseModel):
    """A question on files, with the document, the page and the words that answer it."""

    model_config = ConfigDict(extra="forbid")

    id: str
    question: str
    answerable: bool = True
    document: str = ""
    page: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions on a corpus of plain texts."""

    name: str
    corpus: list[CorpusRow]
    questions: list[TextQuestion]


def is_file_set(folder: Path) -> bool:
    """Return whether the folder is a set of files with a `questions.yaml`."""
    return (folder / "questions.yaml").is_file()


def load_set(folder: Path) -> QuestionSet:
    """Read a set of `corpus.jsonl.gz` and `questions.jsonl.gz`. Raises EvaluationError."""
    corpus = [_row(CorpusRow, row, where) for row, where in _rows(folder / "corpus.jsonl.gz")]
    questions = [_row(TextQuestion, row, where) for row, where in _rows(folder / "questions.jsonl.gz")]
    if not corpus or not questions:
        raise EvaluationError(f"{folder} holds no documents or no questions.")
    return QuestionSet(folder.resolve().name, corpus, questions)


def load_file_questions(folder: Path) -> list[FileQuestion]:
    """Read `questions.yaml`. Raises EvaluationError."""
    path = folder / "questions.yaml"
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}.") from error
    if not isinstance(rows, list) or not rows:
        raise EvaluationError(f"{path} must be a list of questions.")
    return [_row(FileQuestion, row, f"{path}, question {number}") for number, row in enumerate(rows, 1)]


def _rows(path: Path) -> Iterator[tuple[object, str]]:
    if not path.is_file():
        raise EvaluationError(
            f"There is no {path}. A question set is a folder with corpus.jsonl.gz and questions.jsonl.gz, "
            "or with files and a questions.yaml."
        )
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                yield json.loads(line), f"{path}, line {number}"
    except (OSError, EOFError, ValueError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}.") from error


def _row(kind: type[_Row], row: object, where: str) -> _Row:
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise EvaluationError(f"{where}: {field}: {first['msg'].lower()}.") from error
