"""The one place where language models run: which one answers, whose turn it is, what is in memory.

One model is in memory at a time and one answer is written at a time. What waits keeps its place between
users (`rag.models.queue`); a model is unloaded when another is wanted, and when nobody has asked for a while.
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
from rag.models.adding import checked
from rag.models.alarms import Alarm, SetAlarm, set_alarm
from rag.models.llama.model import LlamaModel
from rag.models.queue import Turns
from rag.models.stopping import Limit, limited
from rag.models.tried import TriedModels
from rag.question.turn import Turn
from rag.retrieval.passage import Passage
from rag.writing.backend import ModelBackend
from rag.writing.generate import ModelWriter
from rag.writing.writer import Writing
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.ledger.models import Chosen
from vault.settings import Settings
from vault.vault import Vault


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an answer is written with."""

    path: Path | None
    """None for the model server of the settings."""
    name: str | None = None
    """What the model is called here; None for what its file is called."""
    sha256: str | None = None
    """None where the file was not hashed yet."""
    adapter: Path | None = None
    adapter_sha256: str = ""
    state: tuple[int, ...] = ()
    """Inode, size and times of a file that is not hashed each time: another one is to be loaded."""


class ModelHost:
    """A `Writer` over the models of a vault, or the one model file that the settings name."""

    def __init__(
        self, vault: Vault, settings: Settings, embedder: Callable[[], Embedder], alarm: SetAlarm = set_alarm
    ) -> None:
        """`embedder` is called by the first answer; nothing is loaded before. `alarm` ends what takes too
        long."""
        self._vault = vault
        self._settings = settings
        self._embedder = embedder
        self._tried = TriedModels(vault.data)
        self._turns = Turns()
        self._loading = threading.Lock()
        self._loaded: tuple[_Wanted, ModelWriter] | None = None
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
        """Statements one by one, each verified, each also appended to `writing`; before them, how many
        wait in front. Nothing when no model is chosen. Raises ModelError."""
        wanted, differ = self._wanted(writing)
        if differ:
            writing.notes.append(
                "The collections are answered with different language models, so the documents are quoted."
                if wanted is None else
                "The collections are answered with different language models; this answer has the one of "
                "those without a choice."
            )  # fmt: skip
        if wanted is None:
            return
        ticket = self._turns.enter(writing.user)
        try:
            for before in ticket.positions(cancel):
                yield Waiting(before)
            if not ticket.is_first:
                writing.notes.append("The question was stopped before it was the language model's turn.")
                return
            with self._writer(wanted) as writer, self._limited(cancel) as limit:
                yield from writer.write(question, passages, history, limit, writing)
                if limit.time_is_up:
                    writing.notes.append(
                        f"The language model was stopped after {self._settings.model_seconds} seconds."
                    )
        finally:
            ticket.leave()

    def rewrite(
        self, question: str, history: Sequence[Turn], cancel: Cancel | None, writing: Writing
    ) -> str | None:
        """The question made to stand alone; None without a model in memory, or while it writes for others:
        the search waits for neither. Raises ModelError."""
        wanted, _ = self._wanted(writing)
        if wanted is None or self._loaded is None or self._loaded[0] != wanted:
            return None
        ticket = self._turns.enter(writing.user)
        try:
            if not ticket.is_first:
                return None
            with self._writer(wanted) as writer, self._limited(cancel) as limit:
                return writer.rewrite(question, history, limit)
        finally:
            ticket.leave()

    def close(self) -> None:
        """Unload the model."""
        with self._loading:
            if self._idle is not None:
                self._idle.cancel()
            self._unload()

    def _wanted(self, writing: Writing) -> tuple[_Wanted | None, bool]:
        """What the answer is written with, and whether the collections' choices differ."""
        if self._settings.model_server:
            return _Wanted(None), False
        if self._settings.model is not None:
            return _Wanted(self._settings.model, state=_state(self._settings.model)), False
        ids = [
            self._vault.authorise(name, user=writing.user, action=Action.SEARCH).id
            for name in writing.collections
        ]
        chosen, differ = self._vault.models.chosen(ids)
        return None if chosen is None else self._checked(chosen), differ

    def _checked(self, chosen: Chosen) -> _Wanted:
        model = checked(self._vault.models, chosen.model)
        if chosen.adapter is None:
            return _Wanted(Path(model.path), model.name, model.sha256)
        adapter = checked(self._vault.models, chosen.adapter)
        return _Wanted(Path(model.path), model.name, model.sha256, Path(adapter.path), adapter.sha256)

    @contextmanager
    def _writer(self, wanted: _Wanted) -> Iterator[ModelWriter]:
        """The writer in memory, loaded if need be, and not unloaded meanwhile."""
        with self._loading:
            if self._idle is not None:
                self._idle.cancel()
            if self._loaded is None or self._loaded[0] != wanted:
                self._unload()
                self._loaded = (wanted, self._open(wanted))
            writer = self._loaded[1]
            self._uses += 1
            try:
                yield writer
            finally:
                self._idle = self._set_alarm(
                    self._settings.model_idle_seconds, partial(self._unload_after, self._uses)
                )

    def _open(self, wanted: _Wanted) -> ModelWriter:
        return ModelWriter(self._backend(wanted), self._embedder(), constrained=self._settings.model_grammar)

    def _backend(self, wanted: _Wanted) -> ModelBackend:
        if wanted.path is None:
            # Imported here: the client of servers takes a second to load.
            from rag.models.server import ServerModel

            return ServerModel(self._settings)
        model = LlamaModel(
            wanted.path, self._settings, name=wanted.name, adapter=wanted.adapter, sha256=wanted.sha256
        )
        self._tried.make_sure(
            wanted.path, model.used.sha256, name=model.used.name, threads=self._settings.threads,
            adapter=wanted.adapter, adapter_digest=wanted.adapter_sha256,
        )  # fmt: skip
        return model

    def _unload_after(self, use: int) -> None:
        """Unload the model, unless it was used again since that use."""
        with self._loading:
            if use == self._uses:
                self._unload()

    def _unload(self) -> None:
        if self._loaded is not None:
            self._loaded[1].close()
            self._loaded = None

    def _limited(self, cancel: Cancel | None) -> AbstractContextManager[Limit]:
        """What stops an answer when its time is over, and when its user wants that."""
        return limited(cancel, self._settings.model_seconds, self._set_alarm)


def _state(path: Path) -> tuple[int, ...]:
    try:
        state = path.stat()
    except OSError:  # said when it is loaded
        return ()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
