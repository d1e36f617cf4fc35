"""Check a language model: load it, measure it, and ask it a question with a known answer."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event as Cancel

from langchain_core.messages import BaseMessage

from rag.models.llama.model import LlamaModel
from rag.models.llama.process import ModelProcess
from rag.models.llama.run import Run
from rag.models.probe import probe
from rag.retrieval.passage import Passage
from rag.verification.verify import Verdict
from rag.writing.context import fitting_size
from rag.writing.generate import ModelWriter
from rag.writing.writer import Writing
from vault.embedding.embedder import Embedder
from vault.records import Document, DocumentState, Slice, Span
from vault.settings import Settings

QUESTION = "How much is the deposit, and when is it due?"
_TEXTS = (
    "The tenant pays a deposit of 2,400 euro to the landlord.",
    "The deposit is due on the day on which the tenant signs the lease.",
    "The tenant keeps the garden in order and waters the trees in summer.",
)


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """The result of a check."""

    name: str
    backend: str
    instruction_sets: tuple[str, ...]
    """Instruction sets of the processor that this build of llama.cpp uses."""
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
    """Statements that the passages support; the others would be withheld."""

    def as_json(self) -> dict[str, object]:
        """Return the JSON value that programs may rely on."""
        return asdict(self)


def check_model(
    path: Path,
    settings: Settings,
    embedder: Embedder,
    adapter: Path | None = None,
    *,
    name: str | None = None,
) -> ModelCheck:
    """Load the model in `path` and ask it; `name` is its name in errors. Raises ModelError.

    A process of its own writes the first tokens, so a crash of llama.cpp ends that process and not this one.
    """
    probe(path, name=name, threads=settings.threads, adapter=adapter)
    model = TimedModel(path, settings, name=name, adapter=adapter)
    try:
        started = time.perf_counter()
        context_length = model.context_length
        load_seconds = time.perf_counter() - started
        writing = Writing(reads=fitting_size(model.values, None))
        list(ModelWriter(model, embedder).write(QUESTION, _passages(), (), None, writing))
        supported = [one for one in writing.statements if one.verdict is not Verdict.UNSUPPORTED]
        return ModelCheck(
            name=model.used.name,
            backend=f"llama.cpp ({model.process.version})",
            instruction_sets=model.process.instruction_sets,
            context_length=context_length,
            prompt_tokens=model.run.prompt_tokens,
            answer_tokens=model.run.new_tokens,
            prefill_per_second=round(model.run.prompt_tokens / max(model.first_seconds, 1e-6), 1),
            decode_per_second=round(model.decode_per_second, 1),
            load_seconds=round(load_seconds, 2),
            written=model.written,
            statements=len(writing.statements),
            carried=len(supported),
        )
    finally:
        model.close()


class TimedModel(LlamaModel):
    """A model that measures its time: the prompt is read until the first piece comes."""

    first_seconds = 0.0
    rest_seconds = 0.0
    written = ""

    @property
    def process(self) -> ModelProcess:
        """The process that runs it; started by the first call."""
        return self._chat.load()

    @property
    def run(self) -> Run:
        """The latest run, counted in tokens."""
        return self.process.last_run

    @property
    def cache_bytes(self) -> int:
        """Memory that caches other conversations."""
        return self.process.cache_bytes

    @property
    def decode_per_second(self) -> float:
        """Tokens written in a second, without the first one."""
        return max(0, self.run.new_tokens - 1) / max(self.rest_seconds, 1e-6)

    def stream(
        self, messages: Sequence[BaseMessage], cancel: Cancel | None, grammar: str | None = None
    ) -> Generator[str, None, None]:
        """Yield the answer in pieces and measure the times."""
        started = time.perf_counter()
        first, self.written = 0.0, ""
        for piece in super().stream(messages, cancel, grammar):
            first = first or time.perf_counter()
            self.written += piece
            yield piece
        ended = time.perf_counter()
        first = first or ended
        self.first_seconds, self.rest_seconds = first - started, ended - first


def _passages() -> list[Passage]:
    document = Document(
        sha256="0" * 64, name="lease.txt", path="", media_type="text/plain", title="Lease",
        state=DocumentState.READY, reason="", pages=1, chunks=len(_TEXTS), ocr_pages=0, warnings=(),
        added="", size=0,
    )  # fmt: skip
    return [
        Passage(
            collection="", document=document, chunk_id=number, ordinal=number, heading="",
            slices=(Slice(Span(1, 100 * number, 100 * number + len(text)), text),), score=1.0, cosine=1.0,
            names_in_document=1.0, terms_in_document=1.0,
        )
        for number, text in enumerate(_TEXTS)
    ]  # fmt: skip
