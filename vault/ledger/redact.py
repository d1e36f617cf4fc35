"""Remove the words of purged documents from the record of an answer.

Ids, hashes, places, scores, verdicts, parameters and versions stay, so a record still shows that the document
was used, where and when. Words are removed: quotes, the document's name, sentences made from it, the prompt
and the question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any

PURGED = "[purged]"
"""Replaces a text that was removed."""

_WORDLESS = frozenset(
    {
        "collections", "abstained", "outcome", "mode", "model", "record", "searched", "timing",
        "answerability", "verdict", "form", "confidence", "complete",
    }
)  # fmt: skip
"""Fields of an answer and its parts that hold no words of a document. Every other field is redacted, so a new
field is redacted until it is listed here."""


def redact_record(question: str, body: dict[str, Any], purged: Collection[str]) -> tuple[str, dict[str, Any]]:
    """Return the question and body of a record without the words of the documents `purged` (sha256)."""
    answer: dict[str, Any] = body.get("answer", {})
    generated = answer.get("mode") == "generated"
    redacted = {
        **_wordless(answer),
        "understood": None,
        "labels": [],
        "removed": [],
        "direct": _direct(answer.get("direct"), purged),
        "evidence": [_place(place, purged) for place in answer.get("evidence", [])],
        "statements": [_statement(each, purged, generated) for each in answer.get("statements", [])],
    }
    return PURGED, {
        **body,
        "answer": redacted,
        "writing": without_texts(body.get("writing", {})),
        "purged": sorted({*body.get("purged", []), *purged}),
        "question_sha256": body.get("question_sha256") or sha256(question.encode()).hexdigest(),
    }


def texts_of(body: dict[str, Any]) -> set[str]:
    """Return the sentences and quotes of an answer, which a later prompt may repeat."""
    answer = body.get("answer", {})
    direct = answer.get("direct") or {}
    said = [*answer.get("statements", []), *direct.get("rows", []), *([direct] if direct else [])]
    texts = [*(each["text"] for each in said), *(place["quote"] for place in places_of(answer))]
    return {text for text in texts if text and text != PURGED}


def places_of(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every place in a document that an answer shows, as it is recorded."""
    yield from answer.get("evidence", [])
    for statement in answer.get("statements", []):
        yield from statement["citations"]
    direct = answer.get("direct") or {}
    yield from direct.get("citations", [])
    for row in direct.get("rows", []):
        yield row["citation"]


def without_texts(value: Any, *, key: str = "") -> Any:
    """Return a JSON value with all its texts redacted, except names and hashes of models and numbers."""
    if isinstance(value, dict):
        return {
            name: inner if name in ("model", "parameters") else without_texts(inner, key=name)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [without_texts(inner, key=key) for inner in value]
    return PURGED if isinstance(value, str) and key != "role" else value


def strings_in(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value."""
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


def _place(place: dict[str, Any], purged: Collection[str]) -> dict[str, Any]:
    if place["sha256"] not in purged:
        return place
    kept = {name: inner for name, inner in _without_about(place).items() if name != "page_name"}
    return {**kept, "document": PURGED, "quote": PURGED}


def _without_about(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value without what was said about its documents: whose they are, and of which day."""
    return {name: inner for name, inner in value.items() if name != "about"}


def _direct(direct: dict[str, Any] | None, purged: Collection[str]) -> dict[str, Any] | None:
    """Redact a direct answer: its words, and the days and numbers that its rows were read as."""
    if direct is None:
        return None
    return {
        **_wordless(_without_about(direct)),
        "citations": [_place(place, purged) for place in direct["citations"]],
        "rows": [
            {"label": PURGED, "text": PURGED, "date": None, "number": None, "unit": PURGED,
             "citation": _place(row["citation"], purged)}
            for row in direct["rows"]
        ],
    }  # fmt: skip


def _statement(statement: dict[str, Any], purged: Collection[str], generated: bool) -> dict[str, Any]:
    """Redact a statement.

    A generated one may hold words of any passage in the prompt, a quoted one only words of its citations.
    """
    affected = generated or any(place["sha256"] in purged for place in statement["citations"])
    return {
        **(_wordless(_without_about(statement)) if affected else statement),
        "citations": [_place(place, purged) for place in statement["citations"]],
    }
