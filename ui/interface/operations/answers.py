"""Answers: asking a question, finding every mention, approving and exporting."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event as Cancel
from typing import TYPE_CHECKING

from ui.interface.operations.workplace import Workplace
from ui.interface.schemas.answers import (
    Answer,
    AnswerProgress,
    Approval,
    ApprovalDone,
    FilterUnderstood,
    Mentions,
    Question,
    Search,
    Searching,
    TrainingRow,
    progress_event,
)
from ui.services.document_filter import filter_documents
from vault.access import Action
from vault.bearers import Permission, is_limited, refuse_limited
from vault.errors import CollectionNotFound, GenerationFailed, StorageError

if TYPE_CHECKING:
    from rag.question.turn import Turn

_ANNOTATING_SECONDS = 2.0
"""How long a question may take for documents of an older vault that are not annotated yet."""


class AnswerOperations:
    """Answers questions from the documents, and keeps what the user says about answers."""

    def __init__(self, workplace: Workplace, user: str) -> None:
        self._workplace = workplace
        self._vault = workplace.vault
        self._user = user

    def ask(
        self,
        request: Question,
        on_event: Callable[[AnswerProgress], None] = lambda _: None,
        *,
        history: Sequence[Turn] = (),
        cancel: Cancel | None = None,
    ) -> Answer:
        """Answer a question, which may refer to those in `history`.

        When `cancel` is set, the language model stops within a token.

        Raises what `Answerer.ask` raises, and QuestionError for a condition that cannot be understood.
        """
        # Mistakes in the request are reported first: to load the models takes seconds.
        names, documents = self._scope(request, on_event)
        # Imported here: commands that answer nothing start in half the time.
        from rag.events import Done
        from rag.question.checked import checked_question

        checked_question(request.question)
        self._annotate(names)
        answerer = self._workplace.answerer()
        for event in answerer.ask(
            request.question, names, self._user, history,
            documents=documents, without=request.without, cancel=cancel,
        ):  # fmt: skip
            if isinstance(event, Done):
                return Answer.model_validate(event.answer.as_json())
            on_event(progress_event(event))
        raise GenerationFailed("The question was given up before it had an answer. Ask it again.")

    def find(
        self, request: Search, on_event: Callable[[FilterUnderstood], None] = lambda _: None
    ) -> Mentions:
        """Return every place of a term. Raises QuestionError, CollectionNotFound, AccessDenied."""
        names, documents = self._scope(request, on_event)
        # Imported here, as in `ask`.
        from rag.retrieval.mentions import find_mentions
        from rag.retrieval.search import Scope

        scope = Scope(self._user, tuple(names), None if documents is None else tuple(documents))
        return Mentions.model_validate(find_mentions(self._vault, scope, request.term).as_json())

    def approve(self, request: Approval) -> ApprovalDone:
        """Approve an answer of the user's, or withdraw the approval. Raises RecordNotFound, AccessDenied."""
        refuse_limited(self._user, Permission.SEARCH, "approve answers")  # of whichever collection
        record = self._vault.records.approve(request.record, user=self._user, approved=request.approved)
        return ApprovalDone(record=record, approved=request.approved)

    def training_rows(self, collections: list[str]) -> list[TrainingRow]:
        """Return the approved answers as rows for fine-tuning; of these collections only, if there are any.

        Raises CollectionNotFound, AccessDenied.
        """
        for name in collections:
            self._vault.members.authorise(name, user=self._user, action=Action.SEARCH)
        limited = is_limited(self._user)
        if not collections and limited:
            collections = [entry.name for entry in self._vault.members.collections(user=self._user)]
        # Imported here, as in `ask`.
        from rag.models.training_rows import training_rows

        only = collections if collections or limited else None
        rows = list(training_rows(self._vault, self._user, only))
        self._vault.records.add_export(user=self._user, records=[str(row["record"]) for row in rows])
        return rows

    def _annotate(self, names: Sequence[str]) -> None:
        """Annotate documents of an older vault, a few seconds' worth for each question until all are."""
        # Imported here, as in `ask`.
        from ingest.annotation.missing import annotate_missing

        end = time.monotonic() + _ANNOTATING_SECONDS
        # On a disk that is full or read-only, questions are answered as before.
        with (
            suppress(StorageError),
            self._vault.open_collections(names, user=self._user, action=Action.SEARCH) as collections,
        ):
            for collection in collections:
                annotate_missing(collection, stop=lambda: time.monotonic() > end)

    def _scope(
        self, request: Searching, on_event: Callable[[FilterUnderstood], None]
    ) -> tuple[list[str], list[str] | None]:
        """Return the collections and the documents (sha256; None: all) that a request is about.

        Raises CollectionNotFound and AccessDenied for a collection that the user may not search, and what
        `filter_documents` raises.
        """
        names = request.collections or [
            entry.name for entry in self._vault.members.collections(user=self._user) if not entry.archived
        ]
        if not names:
            # "Not found" would suggest that documents were searched.
            raise CollectionNotFound(
                f"User {self._user!r} is not a member of any collection of this vault, so nothing can be "
                "searched. Check INCAMERA_USER, or create a collection: incamera collections --create NAME"
            )
        for name in request.collections:
            self._vault.members.authorise(name, user=self._user, action=Action.SEARCH)
        documents = filter_documents(
            self._vault, names, self._user, request.documents, request.where,
            superseded=request.superseded,
            say=lambda text: on_event(FilterUnderstood(message=text)),
        )  # fmt: skip
        return names, documents
