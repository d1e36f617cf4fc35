"""Make an answer again from its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rag.about import About
from rag.direct.answer import AnswerForm, AnswerRow, DirectAnswer
from rag.events import Answer, ModelUsed, Searched, Statement
from rag.evidence.abstain import recorded_outcome
from rag.evidence.evidence import EvidenceSentence
from rag.question.understanding.labels import Label, LabelKind
from rag.recorded_question import recorded_understood
from rag.verification.verify import Verdict
from vault.records import Citation, PageName, Span


def recorded_answer(record: str, body: Mapping[str, Any]) -> Answer:
    """Return the answer as it was shown, from the id and the body of its record.

    What records of earlier versions lack is empty. The evidence has no signals, and 0 for the index of its
    passage.
    """
    recorded = body["answer"]
    model, searched, timing = recorded.get("model"), recorded.get("searched", {}), recorded.get("timing", {})
    return Answer(
        question=recorded["question"],
        collections=tuple(recorded["collections"]),
        outcome=recorded_outcome(recorded),
        mode=recorded.get("mode", "quoted"),
        model=None if model is None else ModelUsed(model["name"], model["sha256"]),
        record=record,
        statements=tuple(
            _statement(item) for item in recorded["statements"] if not _is_direct(item, recorded)
        ),
        evidence=tuple(_evidence(item) for item in recorded["evidence"]),
        searched=Searched(
            searched.get("documents", 0),
            searched.get("pages", 0),
            searched.get("failed", 0),
            searched.get("partial", 0),
        ),
        evidence_ms=timing.get("evidence_ms", 0.0),
        total_ms=timing.get("total_ms", 0.0),
        answerability=recorded.get("answerability", 0.0),
        rewritten=recorded.get("rewritten"),
        notes=tuple(recorded.get("notes", ())),
        direct=_direct(recorded.get("direct")),
        understood=recorded_understood(recorded.get("understood")),
        labels=tuple(_label(item) for item in recorded.get("labels", ())),
        removed=tuple(_label(item) for item in recorded.get("removed", ())),
    )


def _is_direct(statement: Mapping[str, Any], recorded: Mapping[str, Any]) -> bool:
    """Return whether a statement is the direct answer, which stands alone (`Answer.stated`)."""
    direct = recorded.get("direct")
    written = recorded.get("mode") == "generated"
    if direct is None or written or len(recorded["statements"]) != 1 or statement.get("reason"):
        return False
    same = ("text", "verdict", "citations", "about")
    return all(statement.get(name) == direct.get(name) for name in same)


def _statement(recorded: Mapping[str, Any]) -> Statement:
    return Statement(
        recorded["text"],
        Verdict(recorded["verdict"]),
        tuple(_citation(item) for item in recorded["citations"]),
        recorded.get("reason", ""),
        _abouts(recorded),
    )


def _direct(recorded: Mapping[str, Any] | None) -> DirectAnswer | None:
    if recorded is None:
        return None
    return DirectAnswer(
        text=recorded["text"],
        verdict=Verdict(recorded["verdict"]),
        citations=tuple(_citation(item) for item in recorded["citations"]),
        form=AnswerForm(recorded["form"]),
        confidence=recorded["confidence"],
        rows=tuple(_row(item) for item in recorded["rows"]),
        complete=recorded["complete"],
        note=recorded["note"],
        about=_abouts(recorded),
    )


def _row(recorded: Mapping[str, Any]) -> AnswerRow:
    day = recorded["date"]
    return AnswerRow(
        label=recorded["label"],
        text=recorded["text"],
        citation=_citation(recorded["citation"]),
        date=date.fromisoformat(day) if day else None,
        number=recorded["number"],
        unit=recorded["unit"],
        about=_about(recorded.get("about")),
    )


def _label(recorded: Mapping[str, Any]) -> Label:
    return Label(LabelKind(recorded["kind"]), recorded["text"], recorded["key"])


def _abouts(recorded: Mapping[str, Any]) -> tuple[About | None, ...]:
    return tuple(_about(item) for item in recorded.get("about", ()))


def _about(recorded: Mapping[str, Any] | None) -> About | None:
    if recorded is None:
        return None
    day = recorded["date"]
    written = date.fromisoformat(day) if day else None
    return About(recorded["subject"], recorded["kind"], written, recorded["clause"])


def _evidence(recorded: Mapping[str, Any]) -> EvidenceSentence:
    citation, words = _citation(recorded), recorded.get("words")
    return EvidenceSentence(
        citation=citation,
        passage=0,
        number=0,
        signals={},
        score=recorded.get("score", 0.0),
        words=None if words is None else Span(citation.page, words[0], words[1]),
        about=_about(recorded.get("about")),
    )


def _citation(recorded: Mapping[str, Any]) -> Citation:
    return Citation(
        document=recorded["document"],
        sha256=recorded["sha256"],
        page=recorded["page"],
        start=recorded["start"],
        end=recorded["end"],
        quote=recorded["quote"],
        collection=recorded.get("collection", ""),
        page_name=PageName(**recorded.get("page_name", {})),
    )
