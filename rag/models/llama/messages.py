"""What the owner of a vault and the process of a language model say to each other, one message in a frame.

The owner sends `Load` once, and then requests with a number of their own. Each is answered by messages with
the same number, the last of which is no `Piece`. While the process works it also sends beats.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from vault.process.frames import WireError, frame_of

MOST_BYTES = 64 << 20
"""The size limit of a message in either direction."""


Turns = list[tuple[str, str]]
"""Role and content of each message of a conversation."""


class Message(BaseModel):
    """A message; its `kind` is the name of its class in small letters."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    def framed(self) -> bytes:
        """Return the frame that holds the message."""
        return frame_of(self.model_dump_json().encode())


# --- from the owner ---------------------------------------------------------------------------


class Load(Message):
    """The model to load: the first message, and sent once."""

    kind: Literal["load"] = "load"
    path: str
    name: str
    """The model's name in errors."""
    architecture: str
    template: str | None
    """The chat template in the file."""
    adapter: str | None
    """The file of LoRA weights."""
    context_length: int
    """Tokens of prompt and answer together."""
    threads: int | None
    seed: int
    cache_bytes: int
    """Memory that may cache other conversations."""


class Tokenize(Message):
    """Asks for the tokens of plain text, in which nothing counts as a control token."""

    kind: Literal["tokenize"] = "tokenize"
    number: int
    text: str


class Render(Message):
    """Asks for the text and the tokens of the prompt for a conversation."""

    kind: Literal["render"] = "render"
    number: int
    messages: Turns


class Generate(Message):
    """Asks for an answer."""

    kind: Literal["generate"] = "generate"
    number: int
    messages: Turns
    max_tokens: int
    temperature: float
    stop: list[str]
    grammar: str | None
    """GBNF that limits what may be written."""


class Cancel(Message):
    """Ends the answer with that number within a token."""

    kind: Literal["cancel"] = "cancel"
    number: int


Request = Annotated[Tokenize | Render | Generate | Cancel, Field(discriminator="kind")]

# --- from the process -------------------------------------------------------------------------


class Loaded(Message):
    """The model is loaded."""

    kind: Literal["loaded"] = "loaded"
    number: int = 0
    context_length: int
    """Tokens; may be less than was asked for."""
    version: str
    """Of llama-cpp-python."""
    instruction_sets: list[str]
    """Instruction sets of the processor that llama.cpp uses."""


class Tokens(Message):
    """Answers `Tokenize` and `Render`."""

    kind: Literal["tokens"] = "tokens"
    number: int
    text: str
    tokens: list[int]


class Piece(Message):
    """A piece of an answer."""

    kind: Literal["piece"] = "piece"
    number: int
    text: str
    new_tokens: int
    """Tokens written so far."""


class Ended(Message):
    """The answer is complete, or was cancelled; the figures are those of `Run`."""

    kind: Literal["ended"] = "ended"
    number: int
    prompt_tokens: int
    reused_tokens: int
    new_tokens: int
    finish: str
    cache_bytes: int
    """Memory that caches other conversations now."""


class Failed(Message):
    """The request failed with a `ModelError`."""

    kind: Literal["failed"] = "failed"
    number: int
    error: str
    """The name of its class in `vault.errors`."""
    message: str


class Beat(Message):
    """The process is at work. If `progress` stays the same from beat to beat, it is stuck."""

    kind: Literal["beat"] = "beat"
    number: int = 0
    progress: int


Reply = Annotated[Loaded | Tokens | Piece | Ended | Failed | Beat, Field(discriminator="kind")]

_REQUESTS: TypeAdapter[Tokenize | Render | Generate | Cancel] = TypeAdapter(Request)
_REPLIES: TypeAdapter[Loaded | Tokens | Piece | Ended | Failed | Beat] = TypeAdapter(Reply)


def load_from(body: bytes) -> Load:
    """Return the first message, from the body of its frame. Raises WireError."""
    try:
        return Load.model_validate_json(body)
    except ValidationError as error:
        raise _wrong(error) from error


def request_from(body: bytes) -> Tokenize | Render | Generate | Cancel:
    """Return the request in the body of a frame. Raises WireError."""
    try:
        return _REQUESTS.validate_json(body)
    except ValidationError as error:
        raise _wrong(error) from error


def reply_from(body: bytes) -> Loaded | Tokens | Piece | Ended | Failed | Beat:
    """Return the reply in the body of a frame. Raises WireError."""
    try:
        return _REPLIES.validate_json(body)
    except ValidationError as error:
        raise _wrong(error) from error


def _wrong(error: ValidationError) -> WireError:
    """Return the error that names the field and quotes nothing of it."""
    first = error.errors(include_input=False, include_url=False)[0]
    return WireError(f"{'.'.join(map(str, first['loc'])) or 'message'}: {first['type']}")
