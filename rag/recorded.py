"""Make an answer again from its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.events import Answer, ModelUsed, Searched, Statement
from rag.evidence.abstain import recorded_outcome
from rag.evidence.evidence import EvidenceSentence
from rag.verification.verify import Verdict
from vault.records import Citation, Span


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
        statements=tuple(_statement(item) for item in recorded["statements"]),
        evidence=tuple(_evidence(item) for item in recorded["evidence"]),
        searched=Searched(searched.get("documents", 0), searched.get("pages", 0), searched.get("failed", 0)),
        evidence_ms=timing.get("evidence_ms", 0.0),
        total_ms=timing.get("total_ms", 0.0),
        answerability=recorded.get("answerability", 0.0),
        rewritten=recorded.get("rewritten"),
        notes=tuple(recorded.get("notes", ())),
    )


def _statement(recorded: Mapping[str, Any]) -> Statement:
    return Statement(
        recorded["text"],
        Verdict(recorded["verdict"]),
        tuple(_citation(item) for item in recorded["citations"]),
        recorded.get("reason", ""),
    )


def _evidence(recorded: Mapping[str, Any]) -> EvidenceSentence:
    citation, words = _citation(recorded), recorded.get("words")
    return EvidenceSentence(
        citation=citation,
        passage=0,
        number=0,
        signals={},
        score=recorded.get("score", 0.0),
        words=None if words is None else Span(citation.page, words[0], words[1]),
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
    )
