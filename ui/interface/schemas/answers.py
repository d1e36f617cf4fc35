"""Questions, answers and the events of answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from ui.interface.schemas.base import Request, Result
from ui.interface.schemas.direct_answers import About, DirectAnswer, DirectFound, VerdictName
from ui.interface.schemas.errors import StreamFailed
from ui.interface.schemas.understanding import Label, QuestionUnderstood, Understood
from vault.records import Citation, PageName

if TYPE_CHECKING:
    import rag.events

OutcomeName = Literal["answered", "unsure", "not_found"]


class Searching(Request):
    """Which documents are searched."""

    collections: list[str] = Field(default_factory=list)
    """Names; empty for all collections of the user."""
    documents: list[str] = Field(default_factory=list)
    """8 or more digits of the sha256 of each; empty for all documents."""
    where: list[str] = Field(default_factory=list)
    """Conditions on fields of the documents, such as "ward=7" or "date>=2024-05"."""
    superseded: bool = False
    """Whether older versions of documents are searched too."""


class Question(Searching):
    """A question to answer from the documents."""

    question: str
    without: list[str] = Field(default_factory=list)
    """Keys of labels (`Answer.labels`) that are taken away: they are not understood."""


class Search(Searching):
    """A word or phrase to find everywhere."""

    term: str


class FilterUnderstood(Result):
    """How the conditions of a request were understood, as a sentence for the user."""

    event: Literal["filter"] = "filter"
    message: str


class Rewritten(Result):
    """A follow-up was rewritten as a standalone question, which is searched."""

    event: Literal["rewritten"] = "rewritten"
    question: str


class SearchTotals(Result):
    """How much was searched."""

    documents: int
    pages: int
    failed: int
    """Documents that could not be read, so they are not searched."""
    partial: int = 0
    """Documents that were searched but hold something that could not be read."""


class Searched(SearchTotals):
    """The search has ended."""

    event: Literal["searched"] = "searched"


class Evidence(Result):
    """A sentence that bears on the question, at its place."""

    document: str
    sha256: str
    page: int
    start: int
    end: int
    quote: str
    collection: str
    page_name: PageName
    """What the page is called on paper."""
    score: float
    words: tuple[int, int] | None
    """Start and end of the words that answer, in the text of the page."""
    about: About | None
    """Whose and which document it is in."""

    @property
    def citation(self) -> Citation:
        """The place of the sentence."""
        return Citation(
            self.document,
            self.sha256,
            self.page,
            self.start,
            self.end,
            self.quote,
            self.collection,
            self.page_name,
        )


class EvidenceFound(Result):
    """The evidence, best first; it comes before a language model starts."""

    event: Literal["evidence"] = "evidence"
    evidence: list[Evidence]
    evidence_ms: float
    """Milliseconds since the question."""


class Waiting(Result):
    """The language model is writing other answers."""

    event: Literal["waiting"] = "waiting"
    before: int
    """How many answers come before this one."""


class Statement(Result):
    """One sentence of an answer, with the places that support it."""

    text: str
    verdict: VerdictName
    reason: str
    """Why it is unsupported; empty for any other verdict."""
    citations: list[Citation]
    about: list[About | None]
    """Whose and which document each citation is in."""


class StatementChecked(Statement):
    """A statement was written and checked. The answer at the end may hold others instead."""

    event: Literal["statement"] = "statement"


class ModelUsed(Result):
    """The language model that wrote an answer."""

    name: str
    sha256: str


class Timing(Result):
    """How long an answer took, in milliseconds since the question."""

    evidence_ms: float
    total_ms: float


class Answer(Result):
    """An answer: statements, or an abstention with what was searched and found."""

    question: str
    rewritten: str | None
    """The question as it was searched, if that is in other words."""
    understood: Understood | None
    labels: list[Label]
    """What is understood, in a few words each."""
    removed: list[Label]
    """Labels that were taken away."""
    direct: DirectAnswer | None
    """The answer in one line; null where none is sure."""
    collections: list[str]
    abstained: bool
    outcome: OutcomeName
    mode: Literal["quoted", "generated"]
    model: ModelUsed | None
    record: str
    """Id of the answer's record in the vault."""
    statements: list[Statement]
    evidence: list[Evidence]
    searched: SearchTotals
    timing: Timing
    answerability: float
    """The score that decided whether to abstain, 0 to 1."""
    notes: list[str]
    """What a person should know: passages that did not fit the model, a model that failed."""


class AnswerDone(Result):
    """The end, with the whole answer."""

    event: Literal["end"] = "end"
    answer: Answer


class Mention(Result):
    """One place of a term, with the words around it."""

    page: int
    page_name: PageName
    """What the page is called on paper."""
    start: int
    end: int
    quote: str
    before: str
    after: str


class DocumentMentions(Result):
    """All places of a term in one document."""

    document: str
    sha256: str
    collection: str
    count: int
    pages: dict[str, int]
    """How often it occurs on each page that has it."""
    mentions: list[Mention]


class Mentions(Result):
    """All places of a term in the documents that were searched."""

    term: str
    count: int
    searched: SearchTotals
    documents: list[DocumentMentions]


class MentionsDone(Result):
    """The end, with all places."""

    event: Literal["end"] = "end"
    mentions: Mentions


AnswerProgress = (
    FilterUnderstood
    | QuestionUnderstood
    | Rewritten
    | Searched
    | EvidenceFound
    | DirectFound
    | Waiting
    | StatementChecked
)
AnswerEvent = Annotated[AnswerProgress | AnswerDone | StreamFailed, Field(discriminator="event")]
MentionsEvent = Annotated[FilterUnderstood | MentionsDone | StreamFailed, Field(discriminator="event")]


class Approval(Request):
    """Whether an answer of the user's is right, and may be exported as an example to train on."""

    record: str
    """4 or more digits of the id of the answer's record."""
    approved: bool = True


class ApprovalDone(Result):
    """An approval that was stored or withdrawn."""

    record: str
    """The whole id."""
    approved: bool


TrainingRow = dict[str, Any]
"""A row for fine-tuning, as `rag.models.training_rows` describes it."""


def progress_event(event: rag.events.Progress) -> AnswerProgress:
    """Return an event of `Answerer.ask` in the form that travels."""
    return _PROGRESS[type(event).__name__].model_validate(event.as_json())


_PROGRESS: dict[str, type[AnswerProgress]] = {
    "QuestionUnderstood": QuestionUnderstood,
    "Rewritten": Rewritten,
    "Searched": Searched,
    "EvidenceFound": EvidenceFound,
    "DirectFound": DirectFound,
    "Waiting": Waiting,
    "Statement": StatementChecked,
}
