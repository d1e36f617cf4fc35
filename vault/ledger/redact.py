"""What stays of the record of an answer when a document that it rests on is purged.

Ids, hashes, places, scores, verdicts, parameters and versions stay: that the document was used, where and
when, can still be shown. Its words go: quotes, its name, sentences made from it, the prompt, the question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any

PURGED = "[purged]"
"""Stands where a text was removed."""

_WORDLESS = frozenset(
    {
        "collections", "abstained", "outcome", "mode", "model", "record", "searched", "timing",
        "answerability", "verdict",
    }
)  # fmt: skip
"""Fields of an answer and of its statements that hold no words of a document. Every other loses its texts: a
field that is added later is redacted until it is named here."""


def redact_record(question: str, body: dict[str, Any], gone: Collection[str]) -> tuple[str, dict[str, Any]]:
    """The question and body of a record without the words of the documents `gone` (sha256)."""
    answer: dict[str, Any] = body.get("answer", {})
    generated = answer.get("mode") == "generated"
    kept = {
        **_wordless(answer),
        "evidence": [_place(place, gone) for place in answer.get("evidence", [])],
        "statements": [_statement(each, gone, generated) for each in answer.get("statements", [])],
    }
    return PURGED, {
        **body,
        "answer": kept,
        "writing": without_texts(body.get("writing", {})),
        "purged": sorted({*body.get("purged", []), *gone}),
        "question_sha256": body.get("question_sha256") or sha256(question.encode()).hexdigest(),
    }


def texts_of(body: dict[str, Any]) -> set[str]:
    """The sentences and quotes of an answer: what a later prompt may repeat."""
    answer = body.get("answer", {})
    places = [*answer.get("evidence", [])]
    texts = set()
    for statement in answer.get("statements", []):
        texts.add(statement["text"])
        places += statement["citations"]
    return {text for text in (*texts, *(place["quote"] for place in places)) if text and text != PURGED}


def without_texts(value: Any, *, key: str = "") -> Any:
    """A JSON value with its texts replaced, but for names and hashes of models and numbers."""
    if isinstance(value, dict):
        return {
            name: inner if name in ("model", "parameters") else without_texts(inner, key=name)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [without_texts(inner, key=key) for inner in value]
    return PURGED if isinstance(value, str) and key != "role" else value


def strings_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)
    elif isinstance(value, str):
        yield value


def _wordless(value: dict[str, Any]) -> dict[str, Any]:
    return {name: inner if name in _WORDLESS else without_texts(inner) for name, inner in value.items()}


def _place(place: dict[str, Any], gone: Collection[str]) -> dict[str, Any]:
    return {**place, "document": PURGED, "quote": PURGED} if place["sha256"] in gone else place


def _statement(statement: dict[str, Any], gone: Collection[str], generated: bool) -> dict[str, Any]:
    """A model's sentence may hold words of any passage it was shown; a quoted one those of its places."""
    touched = generated or any(place["sha256"] in gone for place in statement["citations"])
    return {
        **(_wordless(statement) if touched else statement),
        "citations": [_place(place, gone) for place in statement["citations"]],
    }
