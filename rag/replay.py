"""Ask the question of a record again, and say whether the answer is the same or what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import Event as Cancel
from typing import Any

from rag.answer import Answerer
from rag.events import Done
from vault.errors import GenerationFailed, QuestionError, RecordPurged
from vault.ledger.records import StoredRecord
from vault.ledger.wordless import without_words

_PLACE = ("collection", "sha256", "page", "start", "end", "quote")
"""What makes a place in a document the same place."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is other than it was."""

    what: str
    """A name, such as "outcome" or "statement 2"."""
    then: str
    """As it was recorded; empty if it was not there."""
    now: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of asking again."""

    record: str
    """Id of the record that was asked again."""
    again: str
    """Id of the record of the new answer."""
    answer: tuple[Difference, ...]
    """In what is shown: outcome, direct answer, statements, evidence."""
    circumstances: tuple[Difference, ...]
    """In what it was made from: versions, models, settings, number of documents."""

    @property
    def same(self) -> bool:
        """Whether the answer shows the same."""
        return not self.answer


def replay(
    answerer: Answerer,
    record: StoredRecord,
    *,
    user: str,
    question: str = "",
    cancel: Cancel | None = None,
) -> Replay:
    """Ask the question of `record` again in the name of `user`, with the present models and settings.

    A follow-up is asked in the words in which it was searched. The new answer has a record of its own. A
    record that is kept by hashes only needs its `question`; then places and verdicts are compared, no words.

    Raises RecordPurged when the words of the record are gone, QuestionError when `question` is missing or
    another, GenerationFailed, and as `Answerer.ask` does.
    """
    body = record.body
    hashed = body.get("kept") == "hashes"
    if body.get("purged"):
        raise RecordPurged(
            f"The words of the record {record.id[:12]} were removed together with a document, so its "
            "question cannot be asked again."
        )
    then: Mapping[str, Any] = body["answer"]
    if hashed and sha256(question.encode()).hexdigest() != body["question_sha256"]:
        raise QuestionError(
            f"Of the record {record.id[:12]} only hashes are kept, and this is not the question that was "
            "asked. Give the question word for word: incamera audit replay ID --question TEXT"
        )
    asked = answerer.ask(
        question if hashed else then.get("rewritten") or then["question"], then["collections"], user,
        documents=body.get("documents"), without=[label["key"] for label in then.get("removed", ())],
        cancel=cancel,
    )  # fmt: skip
    answer = next((event.answer for event in asked if isinstance(event, Done)), None)
    if answer is None:
        raise GenerationFailed("The question was given up before it had an answer. Replay it again.")
    new: Mapping[str, Any] = answerer.records.get(answer.record, user=user) or {}
    if hashed:
        _, new = without_words(answer.question, new)
    shown = _in_answers(then, new["answer"])
    return Replay(record.id, answer.record, tuple(shown), tuple(_in_bodies(body, new)))


def _in_answers(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what is shown otherwise."""
    yield from _in_values("outcome", then.get("outcome"), now.get("outcome"))
    yield from _in_values("mode", then.get("mode"), now.get("mode"))
    yield from _in_values("direct answer", _direct(then), _direct(now))
    yield from _in_lists("statement", then, now, "statements", _statement)
    yield from _in_lists("evidence", then, now, "evidence", _place)


def _in_bodies(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what the answers were made from otherwise."""
    for part in ("versions", "settings"):
        before, after = then.get(part) or {}, now.get(part) or {}
        for name in sorted({*before, *after}):
            yield from _in_values(f"{part[:-1]} {name}", before.get(name), after.get(name))
    for part in ("embedder", "reader"):
        before, after = then.get(part) or {}, now.get(part) or {}
        yield from _in_values(part, before.get("sha256"), after.get("sha256"))
    before, after = then["answer"], now["answer"]
    yield from _in_values("model", _model(before), _model(after))
    for name in ("documents", "pages", "failed", "partial"):
        searched = (one.get("searched", {}).get(name) for one in (before, after))
        yield from _in_values(f"searched {name}", *searched)


def _in_lists(
    what: str, then: Mapping[str, Any], now: Mapping[str, Any], name: str, said: Any
) -> Iterator[Difference]:
    before, after = ([said(one) for one in answer.get(name, ())] for answer in (then, now))
    for number in range(max(len(before), len(after))):
        yield from _in_values(f"{what} {number + 1}", _at(before, number), _at(after, number))


def _in_values(what: str, then: object, now: object) -> Iterator[Difference]:
    if then != now:
        yield Difference(what, _text(then), _text(now))


def _at(values: Sequence[str], number: int) -> str | None:
    return values[number] if number < len(values) else None


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _statement(statement: Mapping[str, Any]) -> str:
    places = "; ".join(_place(place) for place in statement["citations"])
    return f"{statement['text']} ({statement['verdict']}) [{places}]"


def _direct(answer: Mapping[str, Any]) -> str | None:
    direct = answer.get("direct")
    if direct is None:
        return None
    rows = "; ".join(f"{row['label']} {row['text']}" for row in direct.get("rows", ()))
    return f"{_statement(direct)} {rows}".rstrip()


def _place(place: Mapping[str, Any]) -> str:
    # Records of earlier versions have no collection in their places.
    return " ".join(str(place.get(name, "")) for name in _PLACE)


def _model(answer: Mapping[str, Any]) -> str | None:
    model = answer.get("model")
    return None if model is None else f"{model['name']} {model['sha256']}"
