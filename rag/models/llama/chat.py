"""A GGUF model as a LangChain chat model, run by llama.cpp in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field, PrivateAttr

from rag.models.llama.chat_template import ChatMessage
from rag.models.llama.loading import load_of
from rag.models.llama.process import ModelProcess
from rag.models.llama.run import Run

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}


class LlamaChat(BaseChatModel):
    """The model in the file `path`, loaded at the first call that needs it.

    `invoke` and `stream` take `cancel=threading.Event()` and `grammar=` (GBNF) besides LangChain's own
    arguments. Setting the event, or closing the stream, stops within one token; the answer is what was
    written so far. One call runs at a time, others wait. A prompt that begins like the one before is read
    only from where it differs. Raises ModelNotFound, ModelDamaged, ModelBackendMissing, ModelCrashed,
    ContextTooSmall and GenerationFailed.

    Example: `LlamaChat(path=Path("model.gguf")).invoke("What is a lease?", max_tokens=40).content`
    """

    path: Path
    adapter: Path | None = None
    """LoRA weights that change the model."""
    context_length: int = Field(default=4096, gt=0)
    """Tokens of prompt and answer together; the model's own limit applies if it is smaller."""
    threads: int | None = Field(default=None, gt=0)
    """None lets llama.cpp choose."""
    seed: int = Field(default=1, gt=0)
    """Used only with a temperature above 0; for llama.cpp 0 means "random"."""
    temperature: float = Field(default=0.0, ge=0.0)
    max_tokens: int = Field(default=512, gt=0)
    """Longest answer, in tokens."""

    hang_seconds: float = Field(default=60.0, gt=0)
    """A process that makes no progress for that long is ended."""

    _process: ModelProcess | None = PrivateAttr(default=None)
    _loading: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def load(self) -> ModelProcess:
        """Return the process with the loaded model; start it if there is none, or if it has ended."""
        with self._loading:
            if self._process is not None and not self._process.is_running:
                self._process.close()
                self._process = None
            if self._process is None:
                load = load_of(
                    self.path, context_length=self.context_length, threads=self.threads, seed=self.seed,
                    adapter=self.adapter, name=self.name,
                )  # fmt: skip
                self._process = ModelProcess(load, hang_seconds=self.hang_seconds)
            return self._process

    def close(self) -> None:
        """End the process; the next call starts another."""
        with self._loading:
            if self._process is not None:
                self._process.close()
                self._process = None

    def get_num_tokens(self, text: str) -> int:
        """Return how many tokens `text` has, by the model's own tokenizer."""
        return len(self.load().tokens(text))

    def count_prompt_tokens(self, messages: Sequence[BaseMessage]) -> int:
        """Return how many tokens the whole prompt has, in the model's chat template, with special tokens."""
        return len(self.load().prompt(_chat_messages(messages))[1])

    @property
    def parameters(self) -> dict[str, Any]:
        """The model's file and the parameters of generation."""
        return {
            "model": self.path.name, "adapter": self.adapter and self.adapter.name,
            "context_length": self.context_length, "seed": self.seed, "temperature": self.temperature,
            "max_tokens": self.max_tokens,
        }  # fmt: skip

    @property
    def _llm_type(self) -> str:
        return "llama.cpp"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return self.parameters

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        chunks = list(self._stream(messages, stop, run_manager, **kwargs))
        last = chunks[-1].message
        message = AIMessage(
            content="".join(chunk.text for chunk in chunks),
            response_metadata=last.response_metadata,
            usage_metadata=getattr(last, "usage_metadata", None),
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        run = Run()
        pieces = self.load().write(
            _chat_messages(messages),
            run,
            max_tokens=int(kwargs.get("max_tokens", self.max_tokens)),
            temperature=float(kwargs.get("temperature", self.temperature)),
            stop=stop or (),
            cancel=kwargs.get("cancel"),
            grammar=kwargs.get("grammar"),
        )
        with closing(pieces):
            for piece in pieces:
                if run_manager:
                    run_manager.on_llm_new_token(piece)
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        yield ChatGenerationChunk(message=_last_chunk(run, self.path.name))


def _last_chunk(run: Run, model: str) -> AIMessageChunk:
    """Return the last, empty chunk, which says why the run ended and how many tokens it took."""
    return AIMessageChunk(
        content="",
        response_metadata={"finish_reason": run.finish, "model_name": model},
        usage_metadata=UsageMetadata(
            input_tokens=run.prompt_tokens,
            output_tokens=run.new_tokens,
            total_tokens=run.prompt_tokens + run.new_tokens,
            input_token_details={"cache_read": run.reused_tokens},
        ),
        chunk_position="last",
    )


def _chat_messages(messages: Sequence[BaseMessage]) -> list[ChatMessage]:
    return [
        ChatMessage(role=_ROLES.get(message.type, "user"), content=message.text.strip())
        for message in messages
    ]
