"""What `ask` tells while it works, and the answer at the end. Web, command line and API render these."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.evidence.abstain import Outcome
from rag.evidence.evidence import EvidenceSentence
from rag.verification.verify import Verdict
from vault.records import Citation


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question that leaned on the one before, as it is searched."""

    question: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched."""

    documents: int
    pages: int
    failed: int
    """Documents of the collections that could not be read, and so could not be searched."""


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """The evidence, best first; shown before a language model starts."""

    sentences: tuple[EvidenceSentence, ...]
    milliseconds: float
    """From the question to here."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with the places that it rests on."""

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    reason: str = ""
    """Why it is unsupported; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The language model is busy with others."""

    before: int
    """How many answers are written before this one."""


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """The language model that wrote an answer."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Statements, or an abstention that says what was searched and shows what was found."""

    question: str
    collections: tuple[str, ...]
    outcome: Outcome
    mode: str
    """"quoted" or "generated"."""
    model: ModelUsed | None
    record: str
    """Id of the answer's record in the log."""
    statements: tuple[Statement, ...]
    evidence: tuple[EvidenceSentence, ...]
    searched: Searched
    evidence_ms: float
    total_ms: float
    answerability: float
    """What the decision to abstain was taken on, 0 to 1."""
    rewritten: str | None = None
    """The question as it was searched, where it leaned on the one before."""
    notes: tuple[str, ...] = field(default=())
    """What the reader should know: passages that did not fit the model, a model that failed."""

    @property
    def abstained(self) -> bool:
        """Whether nothing is stated."""
        return self.outcome is not Outcome.ANSWERED

    def as_json(self) -> dict[str, object]:
        """The shape that programs may rely on."""
        return {
            "question": self.question,
            "rewritten": self.rewritten,
            "collections": list(self.collections),
            "abstained": self.abstained,
            "outcome": self.outcome.value,
            "mode": self.mode,
            "model": None if self.model is None else {"name": self.model.name, "sha256": self.model.sha256},
            "record": self.record,
            "statements": [
                {
                    "text": statement.text,
                    "verdict": statement.verdict.value,
                    "reason": statement.reason,
                    "citations": [citation.as_json() for citation in statement.citations],
                }
                for statement in self.statements
            ],
            "evidence": [
                {
                    **sentence.citation.as_json(),
                    "score": round(sentence.score, 4),
                    "words": sentence.words and [sentence.words.start, sentence.words.end],
                }
                for sentence in self.evidence
            ],
            "searched": {
                "documents": self.searched.documents,
                "pages": self.searched.pages,
                "failed": self.searched.failed,
            },
            "timing": {"evidence_ms": round(self.evidence_ms, 1), "total_ms": round(self.total_ms, 1)},
            "answerability": round(self.answerability, 4),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Done:
    """The end: the whole answer."""

    answer: Answer


Event = Rewritten | Searched | EvidenceFound | Waiting | Statement | Done
