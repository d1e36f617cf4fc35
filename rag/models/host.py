"""The one place where language models run: it chooses the model, queues the questions, and loads and unloads.

One model is in memory at a time, and one answer is written at a time. Other questions wait in a queue that is
fair between users (`rag.models.queue`). A model is unloaded when another one is needed, and when nobody has
asked for a while.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event as Cancel

from rag.events import Statement, Waiting
from rag.models.adding import with_current_hash
from rag.models.alarms import Alarm, SetAlarm, set_alarm
from rag.models.llama.model import LlamaModel
from rag.models.queue import FairQueue
from rag.models.stopping import StopEvent, time_limit
from rag.models.switched_off import Failures
from rag.models.tried import TriedModels
from rag.question.turn import Turn
from rag.retrieval.passage import Passage
from rag.writing.backend import ModelBackend
from rag.writing.generate import ModelWriter
from rag.writing.writer import Writing
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import GenerationFailed, ModelCrashed, ModelDamaged
from vault.ledger.models import ModelChoice
from vault.settings import Settings
from vault.vault import Vault


@dataclass(frozen=True, slots=True)
class _ModelFiles:
    """The files of the model and adapter that write an answer, or the model server."""

    path: Path | None
    """None for the model server of the settings."""
    name: str | None = None
    """The model's name in the vault; None for the name of its file."""
    sha256: str | None = None
    """None if the file was not hashed yet."""
    adapter: Path | None = None
    adapter_sha256: str = ""
    state: tuple[int, ...] = ()
    """Inode, size and times of a file that is not hashed each time: if they change, the file is loaded
    again."""

    @property
    def label(self) -> str:
        """The name of the model in the vault, or the path of the file."""
        return self.name or str(self.path)


_FAILURES = (ModelCrashed, ModelDamaged, GenerationFailed)
"""What counts when a model fails again and again; others are no fault of it, or pass."""


class ModelHost:
    """A `Writer` over the models of a vault, or the one model file that the settings name."""

    def __init__(
        self, vault: Vault, settings: Settings, embedder: Callable[[], Embedder], alarm: SetAlarm = set_alarm
    ) -> None:
        """`embedder` is called by the first answer; nothing is loaded before. `alarm` ends an answer that
        takes too long, and unloads an idle model."""
        self._vault = vault
        self._settings = settings
        self._embedder = embedder
        self._tried = TriedModels(vault.data)
        self._failures = Failures(vault.data)
        self._queue = FairQueue()
        self._loading = threading.Lock()
        self._loaded: tuple[_ModelFiles, ModelWriter] | None = None
        self._set_alarm = alarm
        self._uses = 0
        self._idle: Alarm | None = None

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
        files, differ = self._model_files(writing)
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
                if stop.time_is_up:
                    writing.notes.append(
                        f"The language model was stopped after {self._settings.model_seconds} seconds."
                    )
        finally:
            request.leave()

    def rewrite(
        self, question: str, history: Sequence[Turn], cancel: Cancel | None, writing: Writing
    ) -> str | None:
        """Return the standalone question; None if the model is not in memory or writes another answer.

        The search must wait for neither. Raises ModelError.
        """
        files, _ = self._model_files(writing)
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

    def _model_files(self, writing: Writing) -> tuple[_ModelFiles | None, bool]:
        """Return the model for the answer, and whether the collections have different ones."""
        if self._settings.model_server:
            return _ModelFiles(None), False
        if self._settings.model is not None:
            return _ModelFiles(self._settings.model, state=_file_state(self._settings.model)), False
        ids = [
            self._vault.members.authorise(name, user=writing.user, action=Action.SEARCH).id
            for name in writing.collections
        ]
        chosen, differ = self._vault.models.choice_for(ids)
        return None if chosen is None else self._with_current_hashes(chosen), differ

    def _with_current_hashes(self, chosen: ModelChoice) -> _ModelFiles:
        model = with_current_hash(self._vault.models, chosen.model)
        if chosen.adapter is None:
            return _ModelFiles(Path(model.path), model.name, model.sha256)
        adapter = with_current_hash(self._vault.models, chosen.adapter)
        return _ModelFiles(Path(model.path), model.name, model.sha256, Path(adapter.path), adapter.sha256)

    def _is_off(self, files: _ModelFiles, writing: Writing) -> bool:
        """Return whether the model is switched off, and note it."""
        off = self._failures.find(files.label)
        if off is not None:
            writing.notes.append(f"{off.notice} The documents are quoted.")
        return off is not None

    @contextmanager
    def _counted(self, files: _ModelFiles, writing: Writing) -> Iterator[None]:
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
    def _writer(self, files: _ModelFiles) -> Iterator[ModelWriter]:
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

    def _open(self, files: _ModelFiles) -> ModelWriter:
        return ModelWriter(self._backend(files), self._embedder(), constrained=self._settings.model_grammar)

    def _backend(self, files: _ModelFiles) -> ModelBackend:
        if files.path is None:
            # Imported here: the client of servers takes a second to load.
            from rag.models.server import ServerModel

            return ServerModel(self._settings)
        model = LlamaModel(
            files.path, self._settings, name=files.name, adapter=files.adapter, sha256=files.sha256
        )
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


def _file_state(path: Path) -> tuple[int, ...]:
    try:
        state = path.stat()
    except OSError:  # reported when the file is loaded
        return ()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
