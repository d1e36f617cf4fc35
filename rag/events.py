"""The events that `ask` yields while it works, and the answer at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.about import About
from rag.direct.answer import DirectAnswer
from rag.evidence.abstain import Outcome
from rag.evidence.evidence import EvidenceSentence
from rag.question.turn import Turn
from rag.question.understanding.labels import Label
from rag.question.understanding.understood import Understood
from rag.verification.verify import Verdict
from vault.records import Citation
from vault.text.readable import readable


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A follow-up was rewritten as a standalone question, which is searched."""

    question: str

    def as_json(self) -> dict[str, object]:
        """Return the event as JSON values."""
        return {"question": self.question}


@dataclass(frozen=True, slots=True)
class QuestionUnderstood:
    """How the question was understood; it comes first."""

    understood: Understood
    labels: tuple[Label, ...]
    """What is understood, in a few words each; a person can take each away."""
    removed: tuple[Label, ...] = ()
    """Those that were taken away."""

    def as_json(self) -> dict[str, object]:
        """Return the event as JSON values; programs may rely on this shape."""
        return {
            "understood": self.understood.as_json(),
            "labels": [label.as_json() for label in self.labels],
            "removed": [label.as_json() for label in self.removed],
        }


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched."""

    documents: int
    pages: int
    failed: int
    """Documents of the collections that could not be read, so they are not searched."""
    partial: int = 0
    """Documents that were searched but hold something that could not be read."""

    def as_json(self) -> dict[str, object]:
        """Return the totals as JSON values; programs may rely on this shape."""
        return {
            "documents": self.documents,
            "pages": self.pages,
            "failed": self.failed,
            "partial": self.partial,
        }


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """The evidence, best first; it comes before a language model starts."""

    sentences: tuple[EvidenceSentence, ...]
    milliseconds: float
    """Since the question."""

    def as_json(self) -> dict[str, object]:
        """Return the event as JSON values; programs may rely on this shape."""
        return {
            "evidence": [sentence.as_json() for sentence in self.sentences],
            "evidence_ms": round(self.milliseconds, 1),
        }


@dataclass(frozen=True, slots=True)
class DirectFound:
    """The answer in one line; it comes before the statements.

    It comes once more, after them, if a sentence of the language model takes its place.
    """

    direct: DirectAnswer

    def as_json(self) -> dict[str, object]:
        """Return the event as JSON values; programs may rely on this shape."""
        return {"direct": self.direct.as_json()}


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with the places that support it."""

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    reason: str = ""
    """Why it is unsupported; empty for any other verdict."""
    about: tuple[About | None, ...] = ()
    """Whose and which document each of `citations` is in."""

    def as_json(self) -> dict[str, object]:
        """Return the statement as JSON values; programs may rely on this shape."""
        return {
            "text": self.text,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "citations": [citation.as_json() for citation in self.citations],
            "about": [one and one.as_json() for one in self.about],
        }


@dataclass(frozen=True, slots=True)
class Waiting:
    """The language model is writing other answers."""

    before: int
    """How many answers come before this one."""

    def as_json(self) -> dict[str, object]:
        """Return the event as JSON values."""
        return {"before": self.before}


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """The language model that wrote an answer."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: statements, or an abstention with what was searched and found."""

    question: str
    collections: tuple[str, ...]
    outcome: Outcome
    mode: str
    """"quoted" or "generated"."""
    model: ModelUsed | None
    record: str
    """Id of the answer's record in the ledger."""
    statements: tuple[Statement, ...]
    evidence: tuple[EvidenceSentence, ...]
    searched: Searched
    evidence_ms: float
    total_ms: float
    answerability: float
    """The score that decided whether to abstain, 0 to 1."""
    rewritten: str | None = None
    """For a follow-up, the question as it was searched."""
    notes: tuple[str, ...] = field(default=())
    """What a person should know: passages that did not fit the model, a model that failed."""
    direct: DirectAnswer | None = None
    """The answer in one line, above the statements; None where none is sure."""
    understood: Understood | None = None
    """How the question was understood."""
    labels: tuple[Label, ...] = ()
    """What is understood, in a few words each; a person can take each away."""
    removed: tuple[Label, ...] = ()
    """The labels that a person took away, so that they are not understood."""

    @property
    def abstained(self) -> bool:
        """Whether the answer states nothing."""
        return self.outcome is not Outcome.ANSWERED

    def as_turn(self, question: str) -> Turn:
        """Return what a later question may refer to: also whom a question named that got no answer.

        `question` is what the person asked, word for word.
        """
        said: list[str] = []
        if not self.abstained:
            said = [*([self.direct.text] if self.direct else []), *(one.text for one in self.statements)]
        answer = " ".join(dict.fromkeys(readable(text) for text in said))
        return Turn(question, answer, self.rewritten or "")

    @property
    def stated(self) -> tuple[Statement, ...]:
        """All that is stated, for programs that read statements only; a lone direct answer is a statement."""
        if self.statements or self.direct is None or self.abstained:
            return self.statements
        return (
            Statement(self.direct.text, self.direct.verdict, self.direct.citations, about=self.direct.about),
        )

    def as_json(self) -> dict[str, object]:
        """Return the JSON value that programs may rely on."""
        return {
            "question": self.question,
            "rewritten": self.rewritten,
            "understood": self.understood and self.understood.as_json(),
            "labels": [label.as_json() for label in self.labels],
            "removed": [label.as_json() for label in self.removed],
            "direct": self.direct and self.direct.as_json(),
            "collections": list(self.collections),
            "abstained": self.abstained,
            "outcome": self.outcome.value,
            "mode": self.mode,
            "model": None if self.model is None else {"name": self.model.name, "sha256": self.model.sha256},
            "record": self.record,
            "statements": [statement.as_json() for statement in self.stated],
            "evidence": [sentence.as_json() for sentence in self.evidence],
            "searched": self.searched.as_json(),
            "timing": {"evidence_ms": round(self.evidence_ms, 1), "total_ms": round(self.total_ms, 1)},
            "answerability": round(self.answerability, 4),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Done:
    """The end, with the whole answer."""

    answer: Answer


Progress = QuestionUnderstood | Rewritten | Searched | EvidenceFound | DirectFound | Waiting | Statement
Event = Progress | Done
