"""Write collections as a set of staff questions, with the real files and the gold beside it.

FOLDER/documents and FOLDER/questions are what `bench.staff.sets.load_set` reads; FOLDER/files holds the
files, FOLDER/gold the places that answer and those that tempt, a JSON line a question.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from bench.staff.document import StaffDocument
from bench.staff.render import render
from training.world.asking.asker import Asked
from training.world.draft import Place
from training.world.scene import MadeCollection


def write_collections(collections: Iterable[MadeCollection], folder: Path) -> int:
    """Write all collections into the folder; return how many questions there are."""
    count = 0
    for collection in collections:
        name = collection.staff.name
        files = _made(folder / "files" / name)
        documents = _made(folder / "documents" / name)
        for document in collection.staff.documents:
            render(document, files)
            _write(documents / f"{document.file}.yaml", _as_json(document))
        questions = [one.question.model_dump(exclude_defaults=True) for one in collection.asked]
        for question, one in zip(questions, collection.asked, strict=True):
            question["answerable"] = one.question.answerable
        _write(_made(folder / "questions") / f"{name}.yaml", questions)
        lines = [json.dumps(_gold(one), ensure_ascii=False) for one in collection.asked]
        (_made(folder / "gold") / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        count += len(collection.asked)
    return count


def _as_json(document: StaffDocument) -> dict[str, object]:
    return document.model_dump(by_alias=True, exclude_unset=True, exclude_none=True)


def _gold(asked: Asked) -> dict[str, object]:
    return {
        "id": asked.question.id,
        "gold": [{**_place(one.place), "words": one.words} for one in asked.gold],
        "tempting": [_place(one) for one in asked.tempting],
    }


def _place(place: Place) -> dict[str, object]:
    return {"document": place.file, "page": place.page, "text": place.text}


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(path: Path, value: object) -> None:
    """Write JSON, which YAML can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
