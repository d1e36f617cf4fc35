"""The question sets: documents and questions as YAML files, checked when they are loaded.

`SET/documents/COLLECTION/NAME.yaml` holds one document each, `SET/questions/COLLECTION.yaml` the questions of
a collection. A *collection* here is what it is in the product: one matter, one patient or one office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bench.staff.document import StaffDocument
from bench.staff.question import StaffQuestion
from vault.errors import EvaluationError

FOLDER = Path(__file__).parent
SETS = ("choose", "second", "third", "fourth", "report", "fresh", "fifth", "final")

_Model = TypeVar("_Model", bound=BaseModel)
_WHAT_TO_DO = {
    "string_type": "it must be text, but it is {value!r}: put it in quotes",
    "bool_type": "it must be true or false, but it is {value!r}",
    "list_type": "it must be a list, but it is {value!r}",
    "dict_type": "it must be a mapping of label to value, but it is {value!r}",
    "model_type": "it must be a mapping, but it is {value!r}",
    "missing": "it is missing: add it",
    "extra_forbidden": "no such field is known: remove it or correct its name",
    "literal_error": "it must be one of {expected}, but it is {value!r}",
    "too_short": "it must not be empty",
    "string_too_short": "it must not be empty",
}


@dataclass(frozen=True, slots=True)
class StaffCollection:
    """The documents of one matter, patient or office, and the questions on them."""

    name: str
    documents: tuple[StaffDocument, ...]
    questions: tuple[StaffQuestion, ...]

    def documents_of(self, question: StaffQuestion) -> list[StaffDocument]:
        """Return the documents that hold the answer, as the question names them."""
        return [document for document in self.documents if document.file in question.documents]


def load_set(folder: Path) -> list[StaffCollection]:
    """Load a set. Raises EvaluationError, which names the file, the field and what to do."""
    files = sorted((folder / "questions").glob("*.yaml"))
    if not files:
        raise EvaluationError(
            f"{folder} is not a set of staff questions: it has no questions/COLLECTION.yaml. Write one, and "
            "the documents as documents/COLLECTION/NAME.yaml."
        )
    collections = [_collection(folder, file) for file in files]
    asked = {collection.name for collection in collections}
    for documents in sorted((folder / "documents").iterdir()):
        if documents.is_dir() and documents.name not in asked:
            raise EvaluationError(
                f"{documents} has no questions: write {folder / 'questions' / documents.name}.yaml, or "
                "remove the documents."
            )
    ids = Counter(question.id for collection in collections for question in collection.questions)
    for name, count in ids.items():
        if count > 1:
            raise EvaluationError(
                f"{folder}: id: {name!r} is the id of {count} questions. Give each question its own."
            )
    return collections


def _collection(folder: Path, file: Path) -> StaffCollection:
    documents_folder = folder / "documents" / file.stem
    paths = sorted(documents_folder.glob("*.yaml"))
    if not paths:
        raise EvaluationError(
            f"{file} has no documents: write them as {documents_folder}/NAME.yaml, or rename the questions "
            "after the folder of their documents."
        )
    documents = [_model(StaffDocument, _yaml(path), str(path)) for path in paths]
    for name, count in Counter(document.file for document in documents).items():
        if count > 1:
            raise EvaluationError(
                f"{documents_folder}: file: {count} documents have the name {name!r}. Give each its own."
            )
    rows = _yaml(file)
    if not isinstance(rows, list) or not rows:
        raise EvaluationError(f"{file} must be a list of questions. Begin each with `- id: NAME`.")
    questions = [_model(StaffQuestion, row, _where(file, number, row)) for number, row in enumerate(rows, 1)]
    pages = {document.file: len(document.pages) for document in documents}
    for question in questions:
        _check_places(question, pages, file)
    return StaffCollection(file.stem, tuple(documents), tuple(questions))


def _check_places(question: StaffQuestion, pages: dict[str, int], file: Path) -> None:
    """Raise EvaluationError for a document or page that the collection does not have."""
    for document in question.documents:
        if document not in pages:
            raise EvaluationError(
                f"{file}, question {question.id!r}: document: the collection has no {document!r}. Name "
                f"one of {', '.join(map(repr, sorted(pages)))}."
            )
    if question.page and question.page > pages[question.documents[0]]:
        raise EvaluationError(
            f"{file}, question {question.id!r}: page: {question.documents[0]!r} has no page {question.page}. "
            f"Give one from 1 to {pages[question.documents[0]]}."
        )


def _where(file: Path, number: int, row: object) -> str:
    name = row.get("id") if isinstance(row, dict) else None
    return f"{file}, question {number if name is None else repr(name)}"


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise EvaluationError(f"{path} cannot be read as YAML: {reason}. Correct it there.") from error


def _model(kind: type[_Model], value: object, where: str) -> _Model:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise EvaluationError("\n".join(f"{where}: {line}." for line in _complaints(error))) from error


def _complaints(error: ValidationError) -> Iterator[str]:
    """Yield for each mistake the field and what to do about it."""
    for mistake in error.errors():
        field = ".".join(str(part) for part in mistake["loc"])
        what = _WHAT_TO_DO.get(mistake["type"], "{message}").format(
            value=mistake["input"],
            expected=mistake.get("ctx", {}).get("expected", ""),
            message=mistake["msg"].removeprefix("Value error, "),
        )
        yield f"{field}: {what}" if field else what
