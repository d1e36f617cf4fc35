"""One llama.cpp model in this process: it is loaded, used by one thread at a time, and stopped at once.

The process is one of its own (`rag.models.llama.child`), never the one that owns the vault.
"""

from __future__ import annotations

import codecs
import ctypes
import re
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rag.models.llama.chat_template import ChatMessage, ChatTemplate
from rag.models.llama.library import backend
from rag.models.llama.messages import Load
from rag.models.llama.prefixes import PrefixCache
from rag.models.llama.run import Run, until_stop
from vault.errors import AdapterUnfit, ContextTooSmall, GenerationFailed, ModelDamaged, ModelError

_POLL_SECONDS = 0.02
"""How often a caller's cancel event is checked."""


class LlamaEngine:
    """A GGUF model with its context and chat template."""

    def __init__(self, load: Load) -> None:
        """Load the model. Raises ModelError."""
        llama_cpp = backend()
        ChatTemplate(load.template, bos="", eos="")  # a bad template is refused before the model is loaded
        try:
            self._llama: Any = llama_cpp.Llama(
                load.path, n_ctx=load.context_length, n_threads=load.threads, n_threads_batch=load.threads,
                seed=load.seed, n_gpu_layers=0, verbose=False, lora_path=load.adapter,
            )  # fmt: skip
        except Exception as error:
            raise _not_loaded(load, str(error)) from error
        self._c = llama_cpp
        self._prefixes = PrefixCache(self._llama, llama_cpp, load.cache_bytes)
        # llama.cpp rounds its context up, but the model was not trained for more.
        self._context_length = min(load.context_length, int(self._llama.n_ctx()))
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._llama.model)
        self._bos_token = int(self._llama.token_bos())
        bos = self._text_of(self._bos_token)
        self._adds_bos = bool(llama_cpp.llama_vocab_get_add_bos(self._vocabulary)) and bool(bos)
        self._template = ChatTemplate(load.template, bos=bos, eos=self._text_of(self._llama.token_eos()))
        self._control_tokens = self._control_token_pattern()
        self._stop_flag = ctypes.create_string_buffer(2)
        self._install_abort()
        self._open = True
        self.last_run = Run()
        """The latest run, which may still go on."""
        self._lock = threading.Lock()
        """Held by the present run."""
        self._vocabulary_lock = threading.Lock()
        """Held for moments, so that prompts can be counted during a run."""

    @property
    def context_length(self) -> int:
        """Tokens of prompt and answer together."""
        return self._context_length

    @property
    def end_token(self) -> int:
        """The token that ends an answer."""
        return int(self._llama.token_eos())

    @property
    def cache_bytes(self) -> int:
        """Memory that caches other conversations."""
        return self._prefixes.size

    def close(self) -> None:
        """Free the model's memory; wait until the present run ends."""
        with self._lock, self._vocabulary_lock:
            self._open = False
            self._prefixes.clear()
            self._llama.close()

    def tokens(self, text: str) -> list[int]:
        """Return the tokens of plain text: nothing in it counts as a control token."""
        return self._tokenize(text, special=False)

    def prompt(self, messages: Sequence[ChatMessage]) -> tuple[str, list[int]]:
        """Return the prompt's text and tokens, with one beginning-of-text token if the model needs it."""
        escaped = [
            ChatMessage(role=message["role"], content=self._escape(message["content"]))
            for message in messages
        ]
        text = self._template.render(escaped)
        tokens = self._tokenize(text, special=True)
        if self._adds_bos and tokens[:1] != [self._bos_token]:
            tokens.insert(0, self._bos_token)
        return text, tokens

    def _tokenize(self, text: str, *, special: bool) -> list[int]:
        with self._vocabulary_lock:
            self._check_open()
            return list(self._llama.tokenize(text.encode(), add_bos=False, special=special))

    def _check_open(self) -> None:
        if not self._open:
            raise GenerationFailed("The model was unloaded during the question. Ask again.")

    def write(
        self,
        messages: Sequence[ChatMessage],
        run: Run,
        *,
        max_tokens: int,
        temperature: float,
        stop: Sequence[str] = (),
        cancel: threading.Event | None = None,
        grammar: str | None = None,
    ) -> Generator[str, None, None]:
        """Yield the answer in pieces, about one for each token, and write its figures into `run`.

        `max_tokens` limits the answer; it also ends at one of the texts `stop`; `grammar` (GBNF) limits what
        may be written. Closing the iterator or setting `cancel` stops within a token, also while the prompt
        is read. Other threads wait. Raises ContextTooSmall and GenerationFailed.
        """
        self.last_run = run
        text, tokens = self.prompt(messages)
        room = self.context_length - len(tokens)
        if room < 1:
            raise ContextTooSmall(
                f"The prompt has {len(tokens)} tokens and the model's context {self.context_length}. "
                "Set a larger context length, or ask with fewer passages."
            )
        run.prompt_tokens = len(tokens)
        if text.rstrip().endswith("<think>"):
            # The template has opened a block of reasoning, so the answer must begin with it.
            yield "<think>"
        with self._exclusive(cancel) as acquired:
            if acquired:
                self._check_open()
                pieces = self._generate(tokens, run, min(max_tokens, room), temperature, cancel, grammar)
                with closing(pieces):
                    yield from until_stop((*stop, *self._template.stops), pieces, run)

    def _generate(
        self,
        tokens: list[int],
        run: Run,
        limit: int,
        temperature: float,
        cancel: threading.Event | None,
        grammar: str | None,
    ) -> Generator[str, None, None]:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        run.reused_tokens = self._prefixes.prepare(tokens)
        try:
            rules = None if grammar is None else self._c.LlamaGrammar.from_string(grammar, verbose=False)
            for token in self._llama.generate(tokens, temp=temperature, repeat_penalty=1.0, grammar=rules):
                if cancel is not None and cancel.is_set():
                    return
                if self._c.llama_vocab_is_eog(self._vocabulary, token):
                    run.finish = "stop"
                    break
                run.new_tokens += 1
                piece = decoder.decode(self._llama.detokenize([token]))
                if piece:
                    yield piece
                if run.new_tokens >= limit:
                    run.finish = "length"
                    break
        except RuntimeError as error:
            if cancel is not None and cancel.is_set():
                return
            self._llama.reset()
            raise GenerationFailed(
                f"The model stopped while it wrote ({error}). Ask again. If that fails, check the model file."
            ) from error
        rest = decoder.decode(b"", final=True)
        if rest:
            yield rest

    @contextmanager
    def _exclusive(self, cancel: threading.Event | None) -> Iterator[bool]:
        """Reserve the context for this thread; give False if it was cancelled while it waited."""
        while not self._lock.acquire(timeout=_POLL_SECONDS if cancel else -1):
            if cancel and cancel.is_set():
                yield False
                return
        try:
            if cancel is None:
                yield True
                return
            done = threading.Event()
            watcher = threading.Thread(target=self._watch, args=(cancel, done), daemon=True)
            watcher.start()
            try:
                yield not cancel.is_set()
            finally:
                done.set()
                watcher.join()
                self._stop_flag[0] = b"\0"
        finally:
            self._lock.release()

    def _watch(self, cancel: threading.Event, done: threading.Event) -> None:
        """Set the stop flag when `cancel` is set, until `done` is."""
        while not done.is_set():
            if cancel.wait(_POLL_SECONDS):
                self._stop_flag[0] = b"x"
                return

    def _install_abort(self) -> None:
        """Let `_stop_flag` interrupt the computation itself: reading a long prompt may take a minute.

        Before every step llama.cpp calls a C function that says whether to stop. A Python function would need
        the interpreter's lock thousands of times a second; `strlen` of the flag, which is 0 or 1, does not.
        """
        strlen = ctypes.cast(ctypes.CDLL(None).strlen, self._c.ggml_abort_callback)
        self._abort = strlen
        self._c.llama_set_abort_callback(self._llama.ctx, strlen, ctypes.addressof(self._stop_flag))

    def _text_of(self, token: int) -> str:
        """Return the text of a token; empty for none (-1)."""
        return "" if token < 0 else str(self._c.llama_vocab_get_text(self._vocabulary, token).decode())

    def _control_token_pattern(self) -> re.Pattern[str] | None:
        """Return a pattern for the texts that the tokenizer reads as control tokens; None if it has none."""
        texts = [
            self._text_of(token)
            for token in range(self._llama.n_vocab())
            if self._c.llama_vocab_is_control(self._vocabulary, token)
        ]
        known = sorted({text for text in texts if len(text) > 1}, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, known))) if known else None

    def _escape(self, content: str) -> str:
        """Return the content with a space inside every control token: no document can end its message."""
        if self._control_tokens is None:
            return content
        return self._control_tokens.sub(lambda match: f"{match.group()[0]} {match.group()[1:]}", content)


def _not_loaded(load: Load, said: str) -> ModelError:
    """Return the error for a model that llama.cpp does not load, by what it said."""
    path = Path(load.path)
    if load.adapter is not None and "LoRA" in said:
        return AdapterUnfit(
            f"llama.cpp cannot apply the adapter {Path(load.adapter).name} to {path.name}: it was trained "
            "for another model. Choose the model that it was trained for."
        )
    if "context" in said:
        return GenerationFailed(
            f"No room for a context of {load.context_length} tokens with {path.name}. "
            "Set a smaller context length or use a smaller model."
        )
    return ModelDamaged(
        f"llama.cpp cannot load {path} (architecture {load.architecture!r}). "
        "Copy it again, or use a model that this version of llama.cpp knows."
    )
