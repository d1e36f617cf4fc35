"""The one place where language models run: it chooses the model, queues the questions, and loads and unloads.

One model is in memory at a time, and one answer is written at a time. Other questions wait in a queue that is
fair between users (`rag.models.queue`). A model is unloaded when another one is needed, and when nobody has
asked for a while.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from threading import Event as Cancel

from rag.events import Statement, Waiting
from rag.models.alarms import Alarm, SetAlarm, set_alarm
from rag.models.choosing import ModelChooser, ModelFiles
from rag.models.llama.model import LlamaModel
from rag.models.queue import FairQueue
from rag.models.stopping import StopEvent, time_limit
from rag.models.switched_off import Failures
from rag.models.tried import TriedModels
from rag.question.turn import Turn
from rag.retrieval.passage import Passage
from rag.writing.backend import ModelBackend
from rag.writing.context import ContextSize, fitting_size
from rag.writing.generate import ModelWriter
from rag.writing.writer import Writing
from vault.embedding.embedder import Embedder
from vault.errors import GenerationFailed, ModelCrashed, ModelDamaged, ModelError
from vault.ledger.models import BUILT_IN
from vault.settings import Settings
from vault.text.counted import counted
from vault.vault import Vault

_FAILURES = (ModelCrashed, ModelDamaged, GenerationFailed)
"""What counts when a model fails again and again; others are no fault of it, or pass."""


class ModelHost:
    """A `Writer` over the models of a vault, or the one model file that the settings name."""

    def __init__(
        self, vault: Vault, settings: Settings, embedder: Callable[[], Embedder], alarm: SetAlarm = set_alarm
    ) -> None:
        """`embedder` is called by the first answer; nothing is loaded before. `alarm` ends an answer that
        takes too long, and unloads an idle model."""
        self._chooser = ModelChooser(vault, settings)
        self._settings = settings
        self._embedder = embedder
        self._tried = TriedModels(vault.data)
        self._failures = Failures(vault.data)
        self._queue = FairQueue()
        self._loading = threading.Lock()
        self._loaded: tuple[ModelFiles, ModelWriter] | None = None
        self._set_alarm = alarm
        self._speeds: dict[str, float] = {}
        """Tokens that each model reads in a second, by its label; they are kept when it is unloaded."""
        self._uses = 0
        self._idle: Alarm | None = None

    def reads(self, writing: Writing) -> ContextSize:
        """Return what the chosen model reads: what the settings say, or what fits its size and speed."""
        if self._settings.model_reads != "fitting":
            return ContextSize(self._settings.model_reads)
        try:
            files, _ = self._chooser.choose(writing)
        except ModelError:  # `write` reports it
            files = None
        return (
            fitting_size(files.parameters, self._speeds.get(files.label)) if files else ContextSize.PASSAGES
        )

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Turn],
        cancel: Cancel | None,
        writing: Writing,
    ) -> Iterator[Statement | Waiting]:
        """Yield how many answers come first, whenever that changes, and then verified statements one by one.

        Each statement is also appended to `writing`. Yields nothing when no model is chosen. Raises
        ModelError.
        """
        files, differ = self._chooser.choose(writing)
        if differ:
            writing.notes.append(
                "The collections are answered with different language models, so the documents are quoted."
                if files is None else
                "The collections are answered with different language models; this answer has the one of "
                "those without a choice."
            )  # fmt: skip
        if files is None:
            return
        if self._is_off(files, writing):
            return
        request = self._queue.join(writing.user)
        try:
            for ahead in request.positions(cancel):
                yield Waiting(ahead)
            if not request.is_served:
                writing.notes.append("The question was stopped while it waited for the language model.")
                return
            with (
                self._counted(files, writing),
                self._writer(files) as writer,
                self._time_limit(cancel) as stop,
            ):
                yield from writer.write(question, passages, history, stop, writing)
                if writer.reading_speed is not None:
                    self._speeds[files.label] = writer.reading_speed
                if stop.time_is_up:
                    writing.notes.append(
                        "The language model was stopped after "
                        f"{counted(self._settings.model_seconds, 'second')}."
                    )
        finally:
            request.leave()

    def rewrite(
        self, question: str, history: Sequence[Turn], cancel: Cancel | None, writing: Writing
    ) -> str | None:
        """Return the standalone question; None if the model is not in memory or writes another answer.

        The search must wait for neither. A model that reads short prompts rewrites nothing: the rules do it
        better, and at once. Raises ModelError.
        """
        if self.reads(writing) is ContextSize.SHORT:
            return None
        files, _ = self._chooser.choose(writing)
        if files is None or self._loaded is None or self._loaded[0] != files:
            return None
        if self._failures.find(files.label) is not None:
            return None
        request = self._queue.join(writing.user)
        try:
            if not request.is_served:
                return None
            with (
                self._counted(files, writing),
                self._writer(files) as writer,
                self._time_limit(cancel) as stop,
            ):
                return writer.rewrite(question, history, stop)
        finally:
            request.leave()

    def close(self) -> None:
        """Unload the model."""
        with self._loading:
            if self._idle is not None:
                self._idle.cancel()
            self._unload()

    def _is_off(self, files: ModelFiles, writing: Writing) -> bool:
        """Return whether the model is switched off, and note it."""
        off = self._failures.find(files.label)
        if off is not None:
            writing.notes.append(f"{off.notice} The documents are quoted.")
        return off is not None

    @contextmanager
    def _counted(self, files: ModelFiles, writing: Writing) -> Iterator[None]:
        """Count the failures of the model in the block; too many in a row switch it off."""
        try:
            yield
        except _FAILURES as error:
            off = self._failures.failed(files.label, str(error))
            if off is not None:
                writing.notes.append(off.notice)
            raise
        self._failures.succeeded(files.label)

    @contextmanager
    def _writer(self, files: ModelFiles) -> Iterator[ModelWriter]:
        """Give the writer, loaded if necessary; it stays in memory until the block ends."""
        with self._loading:
            if self._idle is not None:
                self._idle.cancel()
            if self._loaded is None or self._loaded[0] != files:
                self._unload()
                self._loaded = (files, self._open(files))
            writer = self._loaded[1]
            self._uses += 1
            try:
                yield writer
            finally:
                self._idle = self._set_alarm(
                    self._settings.model_idle_seconds, partial(self._unload_after, self._uses)
                )

    def _open(self, files: ModelFiles) -> ModelWriter:
        return ModelWriter(self._backend(files), self._embedder(), constrained=self._settings.model_grammar)

    def _backend(self, files: ModelFiles) -> ModelBackend:
        if files.path is None:
            # Imported here: the client of servers takes a second to load.
            from rag.models.server import ServerModel

            return ServerModel(self._settings)
        model = LlamaModel(
            files.path, self._settings, name=files.name, adapter=files.adapter, sha256=files.sha256
        )
        if files.name != BUILT_IN:  # that one is known, and a process that dies says why
            self._tried.try_once(
                files.path, model.used.sha256, name=model.used.name, threads=self._settings.threads,
                adapter=files.adapter, adapter_digest=files.adapter_sha256,
            )  # fmt: skip
        return model

    def _unload_after(self, use: int) -> None:
        """Unload the model, unless it was used again after that use."""
        with self._loading:
            if use == self._uses:
                self._unload()

    def _unload(self) -> None:
        if self._loaded is not None:
            self._loaded[1].close()
            self._loaded = None

    def _time_limit(self, cancel: Cancel | None) -> AbstractContextManager[StopEvent]:
        """Give the event that stops an answer after its time, or when its user cancels it."""
        return time_limit(cancel, self._settings.model_seconds, self._set_alarm)
