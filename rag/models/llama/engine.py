"""One llama.cpp model in this process: loaded, entered by one thread at a time, stopped at once.

Everything that is particular to llama-cpp-python is in this file.
"""

from __future__ import annotations

import codecs
import ctypes
import re
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rag.models.catalogue.gguf import check_adapter, inspect
from rag.models.catalogue.memory import check_fits
from rag.models.llama.chat_template import ChatTemplate, Turn
from rag.models.llama.library import backend
from rag.models.llama.prefixes import Prefixes
from rag.models.llama.run import Run, until
from vault.errors import AdapterUnfit, ContextTooSmall, GenerationFailed, ModelDamaged

_KEPT = 0.25
"""The share of the memory which the model leaves free that may hold what it read of other conversations."""
_LOOK_EVERY = 0.02
"""Seconds between looks at a caller's cancel event."""


class LlamaEngine:
    """A GGUF model with its context and chat template. Loaded when made; raises ModelError."""

    def __init__(
        self,
        path: Path,
        *,
        context_length: int,
        threads: int | None,
        seed: int,
        adapter: Path | None = None,
        name: str | None = None,
    ) -> None:
        """`context_length` in tokens, at most what the model was trained for; `adapter`: LoRA weights;
        `name` is what errors call the model, without one what it calls itself."""
        llama_cpp = backend()
        file = inspect(path, hashed=False)
        file = replace(file, name=name or file.name)
        ChatTemplate(file.template, bos="", eos="")  # refused here, before the model is read
        if not file.parameters:
            raise ModelDamaged(
                f"The model file {path} holds a vocabulary and no weights. Use the whole model."
            )
        if file.context_length:
            context_length = min(context_length, file.context_length)
        spare = check_fits(file, context_length)
        if adapter is not None:
            check_adapter(inspect(adapter, hashed=False), file)
        try:
            self._llama: Any = llama_cpp.Llama(
                str(path), n_ctx=context_length, n_threads=threads, n_threads_batch=threads, seed=seed,
                n_gpu_layers=0, verbose=False, lora_path=None if adapter is None else str(adapter),
            )  # fmt: skip
        except Exception as error:
            if adapter is not None and "LoRA" in str(error):
                raise AdapterUnfit(
                    f"llama.cpp cannot apply the adapter {adapter.name} to {path.name}: it was trained for "
                    "another model. Choose the model that it was trained for."
                ) from error
            if "context" in str(error):
                raise GenerationFailed(
                    f"No room for a context of {context_length} tokens with {path.name}. "
                    "Set a smaller context length or use a smaller model."
                ) from error
            raise ModelDamaged(
                f"llama.cpp cannot load {path} (architecture {file.architecture!r}). "
                "Copy it again, or use a model that this version of llama.cpp knows."
            ) from error
        self._c = llama_cpp
        self._prefixes = Prefixes(self._llama, llama_cpp, int(spare * _KEPT))
        # llama.cpp rounds its context up; what lies beyond the model's training is not for use.
        self._context_length = min(context_length, int(self._llama.n_ctx()))
        self._vocabulary = self._llama._model.vocab
        self._bos_token = int(self._llama.token_bos())
        bos = self._text_of(self._bos_token)
        self._adds_bos = bool(llama_cpp.llama_vocab_get_add_bos(self._vocabulary)) and bool(bos)
        self._template = ChatTemplate(file.template, bos=bos, eos=self._text_of(self._llama.token_eos()))
        self._control = self._control_texts()
        self._stop_flag = ctypes.create_string_buffer(2)
        self._install_abort()
        self._open = True
        self.last_run = Run()
        """How the latest run went, or goes."""
        self._lock = threading.Lock()
        """Held by the run that is under way."""
        self._vocabulary_lock = threading.Lock()
        """Held for moments, so that prompts can be counted while another run is under way."""

    @property
    def context_length(self) -> int:
        """Tokens of prompt and answer together."""
        return self._context_length

    @property
    def kept_bytes(self) -> int:
        """Memory that holds what was read of other conversations."""
        return self._prefixes.size

    def close(self) -> None:
        """Free the model's memory once a run that is under way has ended."""
        with self._lock, self._vocabulary_lock:
            self._open = False
            self._prefixes.forget()
            self._llama.close()

    def tokens(self, text: str) -> list[int]:
        """The tokens of plain text: nothing in it counts as a control token."""
        return self._tokenized(text, special=False)

    def prompt(self, turns: Sequence[Turn]) -> tuple[str, list[int]]:
        """The rendered prompt and its tokens, with one beginning-of-text token where the model wants one."""
        defused = [Turn(role=turn["role"], content=self._defused(turn["content"])) for turn in turns]
        text = self._template.render(defused)
        tokens = self._tokenized(text, special=True)
        if self._adds_bos and tokens[:1] != [self._bos_token]:
            tokens.insert(0, self._bos_token)
        return text, tokens

    def _tokenized(self, text: str, *, special: bool) -> list[int]:
        with self._vocabulary_lock:
            self._check_open()
            return list(self._llama.tokenize(text.encode(), add_bos=False, special=special))

    def _check_open(self) -> None:
        if not self._open:
            raise GenerationFailed("The model was unloaded while it was asked. Ask again.")

    def write(
        self,
        turns: Sequence[Turn],
        run: Run,
        *,
        max_tokens: int,
        temperature: float,
        stop: Sequence[str] = (),
        cancel: threading.Event | None = None,
        grammar: str | None = None,
    ) -> Generator[str, None, None]:
        """The answer in pieces, about one for each token; `run` tells afterwards how it went.

        Closing the iterator or setting `cancel` stops within a token, also while the prompt is read.
        Other threads wait their turn. Raises ContextTooSmall and GenerationFailed.
        """
        self.last_run = run
        text, tokens = self.prompt(turns)
        room = self.context_length - len(tokens)
        if room < 1:
            raise ContextTooSmall(
                f"The prompt has {len(tokens)} tokens and the model's context {self.context_length}. "
                "Set a larger context length, or ask with fewer passages."
            )
        run.prompt_tokens = len(tokens)
        if text.rstrip().endswith("<think>"):
            # The template has opened a block of reasoning: whoever reads the answer must see it open.
            yield "<think>"
        with self._turn(cancel) as mine:
            if mine:
                self._check_open()
                pieces = self._generate(tokens, run, min(max_tokens, room), temperature, cancel, grammar)
                with closing(pieces):
                    yield from until((*stop, *self._template.stops), pieces, run)

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
        run.reused_tokens = self._prefixes.ready(tokens)
        try:
            within = None if grammar is None else self._c.LlamaGrammar.from_string(grammar, verbose=False)
            for token in self._llama.generate(tokens, temp=temperature, repeat_penalty=1.0, grammar=within):
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
                f"The model stopped while it wrote ({error}). Ask again; if it stays, check the model file."
            ) from error
        rest = decoder.decode(b"", final=True)
        if rest:
            yield rest

    @contextmanager
    def _turn(self, cancel: threading.Event | None) -> Iterator[bool]:
        """The context for this thread alone; False when cancelled while it waited."""
        while not self._lock.acquire(timeout=_LOOK_EVERY if cancel else -1):
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
        while not done.is_set():
            if cancel.wait(_LOOK_EVERY):
                self._stop_flag[0] = b"x"
                return

    def _install_abort(self) -> None:
        """Let `_stop_flag` interrupt the computation itself, which may read a long prompt for a minute.

        llama.cpp asks a C function before every step whether to stop. A Python function would need
        the interpreter's lock thousands of times a second; `strlen` of the flag, 0 or 1, needs none.
        """
        strlen = ctypes.cast(ctypes.CDLL(None).strlen, self._c.ggml_abort_callback)
        self._abort = strlen
        self._c.llama_set_abort_callback(self._llama.ctx, strlen, ctypes.addressof(self._stop_flag))

    def _text_of(self, token: int) -> str:
        return "" if token < 0 else str(self._llama._model.token_get_text(token))

    def _control_texts(self) -> re.Pattern[str] | None:
        """The texts that the tokenizer would read as control tokens."""
        texts = [
            self._text_of(token)
            for token in range(self._llama.n_vocab())
            if self._c.llama_vocab_is_control(self._vocabulary, token)
        ]
        known = sorted({text for text in texts if len(text) > 1}, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, known))) if known else None

    def _defused(self, content: str) -> str:
        """The content with a space inside every control token, so that a document cannot end its turn."""
        if self._control is None:
            return content
        return self._control.sub(lambda match: f"{match.group()[0]} {match.group()[1:]}", content)
