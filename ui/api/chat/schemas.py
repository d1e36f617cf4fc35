"""Requests and results in the shape of OpenAI's, with what is added to them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ui.interface.schemas.answers import Answer, AnswerProgress
from ui.interface.schemas.base import Request, Result
from vault.records import PageName


class Sent(BaseModel):
    """Base of what clients of OpenAI's protocol send. They send much that does not concern us."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Part(Sent):
    """A part of a message."""

    type: str
    text: str = ""


class Message(Sent):
    """A message of the chat."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The words of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ResponseFormat(Sent):
    """The form that an answer is to have."""

    type: str = "text"


class SearchOptions(Request):
    """What is added to a request: which documents are searched, and how the answer is written."""

    documents: list[str] = Field(default_factory=list)
    """8 or more digits of the sha256 of each; empty for all documents."""
    where: list[str] = Field(default_factory=list)
    """Conditions on fields of the documents, such as "ward=7"."""
    superseded: bool = False
    """Whether older versions of documents are searched too."""
    without: list[str] = Field(default_factory=list)
    """Keys of labels that are not to be understood."""
    plain: bool = False
    """Whether the text is left as it stands in the documents. Otherwise it is written so that a client that
    takes it for Markdown shows it as it stands, and loads nothing from elsewhere."""


class ChatRequest(Sent):
    """A chat to complete: the last message is the question, those before it are what it may refer to."""

    model: str
    """The name of a collection, or `incamera:all` for all that the token reaches."""
    messages: list[Message] = Field(min_length=1)
    stream: bool = False
    n: int | None = None
    response_format: ResponseFormat | None = None
    incamera: SearchOptions = SearchOptions()


class CitedPlace(Result):
    """A place in a document, by the number that the text of an answer gives it."""

    number: int
    document: str
    sha256: str
    collection: str
    page: int
    page_name: PageName
    start: int
    end: int
    quote: str
    """The exact words there."""


class Said(Result):
    """The message of an answer."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(Result):
    """The answer; there is always one."""

    index: Literal[0] = 0
    message: Said
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Completion(Result):
    """An answer in OpenAI's shape, with the places that it rests on and the whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    """Seconds since 1970."""
    model: str
    choices: list[Choice]
    citations: list[CitedPlace]
    incamera: Answer


class Delta(Result):
    """What is added to the message."""

    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(Result):
    """What is added to the answer."""

    index: Literal[0] = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


class Chunk(Result):
    """A part of an answer that is streamed."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    citations: list[CitedPlace] | None = None
    """The places that this part rests on; in the last one all places."""
    incamera: AnswerProgress | Answer | None = None
    """What is going on; in the last part the whole answer."""


class ChatModel(Result):
    """A collection that can be asked."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["incamera"] = "incamera"


class ChatModels(Result):
    """The collections that can be asked."""

    object: Literal["list"] = "list"
    data: list[ChatModel]
