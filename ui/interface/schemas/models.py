"""Language models and adapters of the vault."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ui.interface.schemas.base import Request, Result
from ui.interface.schemas.errors import StreamFailed
from vault.ledger.models import Model, ModelKind


class ModelEntry(Result):
    """A model or adapter that was added."""

    name: str
    kind: ModelKind
    path: str
    linked: bool
    """Whether the file stays in its own place; otherwise a copy is in the data folder."""
    sha256: str
    size: int
    """Bytes."""
    architecture: str
    context_length: int
    parameters: int
    quantisation: str
    licence: str
    added: str
    """UTC, ISO 8601."""

    @classmethod
    def of(cls, model: Model) -> ModelEntry:
        """Return what the interface says about a model."""
        return cls(**{name: getattr(model, name) for name in cls.model_fields})


class ModelChoiceEntry(Result):
    """The model that a collection uses."""

    collection: str | None
    """null: every collection without its own choice."""
    model: str | None
    """null: no model, answers are quotations."""
    adapter: str | None


class SwitchedOffEntry(Result):
    """A model that failed again and again and is not used any more."""

    model: str
    """Its name, or the path of the file that the settings name."""
    since: str
    """UTC, ISO 8601."""
    reason: str
    """The last failure."""
    notice: str
    """All of it as a sentence, with what to do."""


class BuiltInEntry(Result):
    """The model that comes with the product; it answers where nothing was chosen."""

    name: str
    """For `models use`."""
    title: str
    parameters: int
    size: int
    """Bytes."""
    sha256: str
    licence: str
    conditions: str
    """Of the licence."""
    openness: str
    source: str
    answers: bool
    """Whether it can answer here."""
    lacks: str
    """Why not; empty if it can."""


class Models(Result):
    """The models of the vault, and which of them are used."""

    built_in: BuiltInEntry | None = None
    models: list[ModelEntry]
    choices: list[ModelChoiceEntry]
    switched_off: list[SwitchedOffEntry] = Field(default_factory=list)


class NewModel(Request):
    """A GGUF file to add."""

    file: str
    """Absolute path on the owner's machine."""
    kind: ModelKind = ModelKind.MODEL
    name: str | None = None
    """null: the name of the file."""
    sha256: str | None = None
    """The sha256 that the file must have."""
    link: bool = False
    """Whether the file is used where it is, without a copy in the data folder."""


class BytesRead(Result):
    """How much of a model file was read."""

    event: Literal["bytes"] = "bytes"
    done: int
    total: int


class ModelAdded(Result):
    """The end: the model was added."""

    event: Literal["end"] = "end"
    model: ModelEntry


ModelEvent = Annotated[BytesRead | ModelAdded | StreamFailed, Field(discriminator="event")]


class ModelUse(Request):
    """The model that answers from now on."""

    name: str | None = None
    """null: no model, answers are quotations."""
    adapter: str | None = None
    collection: str | None = None
    """null: every collection without its own choice."""


class ModelTrial(Request):
    """A model to load and to ask a question about three sentences."""

    name: str
    adapter: str | None = None


class ModelCheck(Result):
    """How a model did."""

    name: str
    backend: str
    instruction_sets: list[str]
    """Instruction sets of the processor that llama.cpp uses."""
    context_length: int
    """Tokens."""
    prompt_tokens: int
    answer_tokens: int
    prefill_per_second: float
    """Tokens of the prompt read in a second."""
    decode_per_second: float
    """Tokens written in a second."""
    load_seconds: float
    written: str
    """What the model wrote, word for word."""
    statements: int
    carried: int
    """Statements that the sentences support."""
