"""Answer a question: search, read, find evidence, abstain or answer, verify, record."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Event as Cancel

from rag.deciding import RankedEvidence, decide
from rag.describing import (
    cited_by,
    described_direct,
    described_evidence,
    described_statement,
    from_passages,
    from_sources,
)
from rag.direct.answer import AnswerForm, DirectAnswer
from rag.directing import from_rows_and_lists, only_resting, resting_first, sources_of
from rag.events import (
    Answer,
    DirectFound,
    Done,
    Event,
    EvidenceFound,
    QuestionUnderstood,
    Rewritten,
    Searched,
    Statement,
)
from rag.evidence.abstain import Outcome
from rag.evidence.evidence import find_evidence, with_answer_words
from rag.evidence.preferred import preferred
from rag.logged import logged
from rag.question.checked import checked_question
from rag.question.question import Question
from rag.question.turn import Turn
from rag.question.understanding.labels import LabelKind
from rag.question.understanding.understood import Understood
from rag.reader.reader import Reader
from rag.reading_question import read_question
from rag.record import record_body
from rag.retrieval.passage import Passage
from rag.retrieval.rerank import rerank, search_limit
from rag.retrieval.search import Scope, Search
from rag.stating import state
from rag.tables.nearest import nearest_dates
from rag.writing.context import ContextSize, SectionOf, choose_context
from rag.writing.writer import Writer, Writing
from rag.written_direct import SAID, is_of_kind, written_direct
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import ModelError
from vault.records import Slice
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

_OF_SENTENCES = (AnswerForm.YES_NO, AnswerForm.WORDS)
"""Forms of direct answers that stand above quoted sentences; the others say all by themselves."""
_NEIGHBOURS = 2
"""Chunks on each side of a passage that a language model may read with it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search found."""

    question: Question
    passages: Sequence[Passage]
    searched: Searched
    direct: DirectAnswer | None
    """The answer of rows and lists, where they have one."""
    nearest: str
    """Says which days rows stand under, where none stands under the day that is asked for; else empty."""


class Answerer:
    """Answers questions from the vault: in the words of a language model with a writer, else in quotes.

    A reader, if there is one, reads the passages that a search finds before evidence is looked for in them.
    """

    def __init__(
        self,
        vault: Vault,
        embedder: Embedder,
        settings: Settings,
        writer: Writer | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._vault = vault
        self.records = vault.records
        self._embedder = embedder
        self._settings = settings
        self._writer = writer
        self._reader = reader

    @logged
    def ask(
        self,
        question: str,
        collections: Sequence[str],
        user: str,
        history: Sequence[Turn] = (),
        *,
        documents: Sequence[str] | None = None,
        without: Sequence[str] = (),
        cancel: Cancel | None = None,
    ) -> Iterator[Event]:
        """Yield QuestionUnderstood, Rewritten (if it is searched in other words), Searched, EvidenceFound,
        DirectFound (if the answer can be said in one line), Waiting…, Statement…, DirectFound (if a sentence
        of the language model becomes that line), Done.

        The statements of `Done` are the answer. They may differ from the statements before: if the documents
        support no sentence of the language model, the answer quotes the documents instead.

        `documents` (sha256) limits the search. `without` holds keys of labels (`Answer.labels`) that a person
        took away: they are not understood. A key that no label has changes nothing, and a note says so.

        When `cancel` is set, a running language model stops within a token, and the answer consists of the
        sentences that it finished. Raises QuestionError, CollectionNotFound, AccessDenied, EmbedderMismatch.
        A language model that fails does not raise: the answer quotes the documents and has a note.

        The log has every question, also one that fails or that is given up before `Done`.
        """
        started = time.monotonic()
        begun = self.records.begin_answer()
        question = checked_question(question)
        scope = Scope(user, tuple(collections), None if documents is None else tuple(documents))
        writing = Writing(user, question, scope.collections)
        read = self._read(question, history, scope, without, cancel, writing)
        yield read
        asked = read.understood.text
        if asked != question:
            yield Rewritten(asked)
        found = self._find(read.understood, scope)
        yield found.searched
        evidence = self._evidence(found, read.understood)
        evidence_ms = (time.monotonic() - started) * 1000
        yield EvidenceFound(tuple(evidence.shown), evidence_ms)
        if found.nearest:
            days = [label.text for label in read.labels if label.kind is LabelKind.DATE]
            writing.notes.append(f"Nothing stands under {', '.join(days)}; {found.nearest}.")
        decision = decide(evidence, found.direct, self._settings, only_near=bool(found.nearest))
        direct = decision.direct
        if direct is not None:
            yield DirectFound(direct)
        if decision.outcome is Outcome.ANSWERED and (direct is None or direct.form in _OF_SENTENCES):
            direct = yield from self._state(evidence, direct, history, cancel, writing)
        answer = Answer(
            question=question,
            collections=scope.collections,
            outcome=decision.outcome,
            mode=writing.mode,
            model=writing.model,
            record="",
            statements=tuple(described_statement(one, evidence.describe) for one in writing.statements),
            evidence=tuple(evidence.shown),
            searched=found.searched,
            evidence_ms=evidence_ms,
            total_ms=(time.monotonic() - started) * 1000,
            answerability=decision.score,
            rewritten=None if asked == question else asked,
            notes=tuple(writing.notes),
            direct=direct,
            understood=read.understood,
            labels=read.labels,
            removed=read.removed,
        )
        yield Done(replace(answer, record=self._recorded(answer, evidence.passages, writing, scope, begun)))

    def _find(self, understood: Understood, scope: Scope) -> _Found:
        """Search the passages, and the rows and lists that answer by themselves."""
        # Opened here for the search and the totals: a user may have more collections than stay open.
        with self._vault.open_collections(scope.collections, user=scope.user, action=Action.SEARCH) as opened:
            found = Search(
                self._vault,
                self._embedder,
                scope,
                candidates=self._settings.candidates,
                limit=search_limit(self._settings.passages, self._reader),
            ).find(understood.text, understood)
            sources = sources_of(opened, scope.documents)
            direct = from_rows_and_lists(found.question, understood, found.passages, sources)
            nearest = None if direct else nearest_dates(understood, sources)
            if direct is not None:
                direct = described_direct(direct, from_sources(sources, cited_by(direct)))
            return _Found(
                found.question,
                found.passages,
                _searched(opened, scope.documents),
                direct,
                nearest.note if nearest else "",
            )

    def _evidence(self, found: _Found, understood: Understood) -> RankedEvidence:
        """Let the reader read the passages, and rank their sentences."""
        passages = rerank(found.question, found.passages, self._reader, self._settings.passages)
        passages = passages[: self._settings.passages]
        ranked = find_evidence(found.question, passages, self._embedder, None, understood)
        ranked = preferred(found.question, understood, ranked, passages)
        ranked = resting_first(found.direct, ranked)
        describe = from_passages(passages)
        shown = with_answer_words(ranked[: self._settings.evidence_sentences], passages)
        shown = described_evidence(shown, describe)
        return RankedEvidence(found.question, understood, passages, ranked, shown, describe)

    def _state(
        self,
        evidence: RankedEvidence,
        direct: DirectAnswer | None,
        history: Sequence[Turn],
        cancel: Cancel | None,
        writing: Writing,
    ) -> Generator[Event, None, DirectAnswer | None]:
        """Yield the statements, in the words of the model or quoted. Return the direct answer, which may be
        a sentence of the model."""
        understood, writer = evidence.understood, self._writer
        context: Sequence[Passage] = ()
        if writer is not None:
            writing.reads = writer.reads(writing)
            if writing.reads is ContextSize.SHORT and understood.intent not in SAID:
                writer = None  # a small model writes two sentences, and quotes say more
            section = self._section(writing.user)
            context = choose_context(evidence.passages, evidence.ranked, writing.reads, section)
        resting = only_resting(direct, evidence.shown)
        limit, of_kind = self._settings.quoted_sentences, partial(is_of_kind, understood=understood)
        for event in state(
            understood.text, context, resting, history, cancel, writing, writer, limit, of_kind
        ):
            yield described_statement(event, evidence.describe) if isinstance(event, Statement) else event
        if writing.mode != "generated":
            return direct
        said = written_direct(self._settings.model_direct, writing.statements, direct, understood, context)
        if said is None:
            return direct
        said = described_direct(said, evidence.describe)
        yield DirectFound(said)
        return said

    def _recorded(
        self, answer: Answer, passages: Sequence[Passage], writing: Writing, scope: Scope, begun: int
    ) -> str:
        """Keep the record of an answer, and return its id."""
        body = record_body(
            answer,
            passages,
            self._settings,
            self._embedder.identity,
            self._reader,
            writing,
            scope.documents,
        )
        return self.records.add(user=scope.user, question=answer.question, body=body, mark=begun)

    def _read(
        self,
        question: str,
        history: Sequence[Turn],
        scope: Scope,
        without: Sequence[str],
        cancel: Cancel | None,
        writing: Writing,
    ) -> QuestionUnderstood:
        def rewrite() -> str | None:
            try:
                return self._writer.rewrite(question, history, cancel, writing) if self._writer else None
            except ModelError:
                # The failure is reported when the model fails to answer; the search uses the rule's question.
                return None

        with self._vault.open_collections(scope.collections, user=scope.user, action=Action.SEARCH) as opened:
            indexes = [collection.catalogue.sentences for collection in opened]
            return read_question(question, history, indexes, without, rewrite, writing.notes.append)

    def _section(self, user: str) -> SectionOf:
        """Return a function that reads the section around a passage, with the user's permission."""

        def around(passage: Passage) -> Sequence[Slice]:
            with self._vault.open_collection(
                passage.collection, user=user, action=Action.SEARCH
            ) as collection:
                return collection.section_around(passage.document.sha256, passage.ordinal, _NEIGHBOURS)

        return around


def _searched(collections: Sequence[Collection], documents: Sequence[str] | None) -> Searched:
    totals = [collection.catalogue.totals(documents) for collection in collections]
    return Searched(
        documents=sum(total.documents for total in totals),
        pages=sum(total.pages for total in totals),
        failed=sum(total.failed for total in totals),
        partial=sum(total.partial for total in totals),
    )
