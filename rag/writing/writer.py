"""The writer, which writes an answer from passages, and the answer while it is being written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event as Cancel
from typing import Protocol

from rag.events import ModelUsed, Statement, Waiting
from rag.question.turn import Turn
from rag.retrieval.passage import Passage
from rag.writing.context import ContextSize


@dataclass(slots=True)
class Writing:
    """An answer while it is being written."""

    user: str = ""
    question: str = ""
    """As it was asked; a follow-up as it was before it was rewritten."""
    collections: tuple[str, ...] = ()
    statements: list[Statement] = field(default_factory=list)
    mode: str = "quoted"
    reads: ContextSize = ContextSize.PASSAGES
    """What the language model reads: the passages that it is given are cut to that."""
    model: ModelUsed | None = None
    notes: list[str] = field(default_factory=list)
    trace: Mapping[str, object] = field(default_factory=dict)
    """For the record: the prompt, the parameters, and what the model wrote word for word."""


class Writer(Protocol):
    """Writes statements from passages; `rag.writing.generate.ModelWriter` does it with a language model."""

    def reads(self, writing: Writing) -> ContextSize:
        """Return what the model that will write the answer reads of the passages."""
        ...

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Turn],
        cancel: Cancel | None,
        writing: Writing,
    ) -> Iterator[Statement | Waiting]:
        """Yield verified statements one by one; each is also appended to `writing`. Raises ModelError."""
        ...

    def rewrite(
        self, question: str, history: Sequence[Turn], cancel: Cancel | None, writing: Writing
    ) -> str | None:
        """Return the standalone question; None if the model cannot write it at once."""
        ...

    def close(self) -> None:
        """Unload the model."""
        ...
