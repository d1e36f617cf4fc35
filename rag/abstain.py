"""Decide whether the evidence answers the question at all, before anything is answered."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rag.evidence import EvidenceSentence
from rag.passage import Passage

# Logistic regression on the development questions; `bench/abstention.py` fits and prints them anew.
INTERCEPT = -5.0
WEIGHTS = {"cosine": 5.0, "coverage": 4.0, "passage": 2.0}


def signals(passages: Sequence[Passage], evidence: Sequence[EvidenceSentence]) -> dict[str, float]:
    """What the decision rests on: the best sentence's cosine and coverage, the best passage's cosine."""
    return {
        "cosine": max((sentence.cosine for sentence in evidence), default=0.0),
        "coverage": max((sentence.coverage for sentence in evidence), default=0.0),
        "passage": max((passage.cosine for passage in passages), default=0.0),
    }


def answerability(passages: Sequence[Passage], evidence: Sequence[EvidenceSentence]) -> float:
    """How far the evidence bears on the question, 0 to 1; 0 when there is none."""
    if not evidence:
        return 0.0
    found = signals(passages, evidence)
    logit = INTERCEPT + sum(WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-logit))
