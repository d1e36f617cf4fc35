"""Put sentences first by what they say of each other: later, corrected, of the day or version meant."""

from __future__ import annotations

from collections.abc import Sequence

from rag.evidence.agents import prefer_agents
from rag.evidence.corrections import prefer_corrections
from rag.evidence.evidence import EvidenceSentence
from rag.evidence.recency import prefer_later
from rag.evidence.row_days import rows_of_the_day
from rag.evidence.versions import choose_versions
from rag.question.question import Question
from rag.question.understanding.understood import Understood
from rag.retrieval.passage import Passage


def preferred(
    question: Question,
    understood: Understood,
    ranked: Sequence[EvidenceSentence],
    passages: Sequence[Passage],
) -> list[EvidenceSentence]:
    """Return the sentences in the order that the question asks for; `ranked` are best first."""
    found = choose_versions(understood, prefer_later(understood, ranked, passages), passages)
    found = rows_of_the_day(understood, prefer_agents(understood, found), passages)
    return list(prefer_corrections(question, understood, found, passages))
