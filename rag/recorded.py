"""An answer, made again from its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.events import Answer, ModelUsed, Searched, Statement
from rag.evidence.abstain import recorded_outcome
from rag.evidence.evidence import EvidenceSentence
from rag.verification.verify import Verdict
from vault.records import Citation, Span


def recorded_answer(record: str, body: Mapping[str, Any]) -> Answer:
    """The answer as it was shown, from the id and the body of its record.

    What records of earlier versions lack is empty. Evidence comes without the signals of its score, and
    without the passages that it was looked for in.
    """
    kept = body["answer"]
    model, searched, timing = kept.get("model"), kept.get("searched", {}), kept.get("timing", {})
    return Answer(
        question=kept["question"],
        collections=tuple(kept["collections"]),
        outcome=recorded_outcome(kept),
        mode=kept.get("mode", "quoted"),
        model=None if model is None else ModelUsed(model["name"], model["sha256"]),
        record=record,
        statements=tuple(_statement(each) for each in kept["statements"]),
        evidence=tuple(_evidence(each) for each in kept["evidence"]),
        searched=Searched(searched.get("documents", 0), searched.get("pages", 0), searched.get("failed", 0)),
        evidence_ms=timing.get("evidence_ms", 0.0),
        total_ms=timing.get("total_ms", 0.0),
        answerability=kept.get("answerability", 0.0),
        rewritten=kept.get("rewritten"),
        notes=tuple(kept.get("notes", ())),
    )


def _statement(kept: Mapping[str, Any]) -> Statement:
    return Statement(
        kept["text"],
        Verdict(kept["verdict"]),
        tuple(_citation(each) for each in kept["citations"]),
        kept.get("reason", ""),
    )


def _evidence(kept: Mapping[str, Any]) -> EvidenceSentence:
    citation, words = _citation(kept), kept.get("words")
    return EvidenceSentence(
        citation=citation,
        passage=0,
        number=0,
        signals={},
        score=kept.get("score", 0.0),
        words=None if words is None else Span(citation.page, words[0], words[1]),
    )


def _citation(kept: Mapping[str, Any]) -> Citation:
    return Citation(
        document=kept["document"],
        sha256=kept["sha256"],
        page=kept["page"],
        start=kept["start"],
        end=kept["end"],
        quote=kept["quote"],
        collection=kept.get("collection", ""),
    )
