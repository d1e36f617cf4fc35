"""Answers go out: authorise → retrieve → evidence → (abstain) → generate or quote → verify → record."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Event as Cancel

from rag.abstain import answerability
from rag.events import Answer, Done, Event, EvidenceFound, ModelUsed, Searched, Statement
from rag.evidence import EvidenceSentence, find_evidence, rarities
from rag.generate import Generation, Turn, generate
from rag.llama_chat import LlamaChat
from rag.passage import Passage
from rag.record import record_body
from rag.retriever import HybridRetriever, Scope
from rag.verify import Verdict
from rag.words import content_words
from vault.access import Action
from vault.embedder import Embedder
from vault.errors import ModelError, QuestionError
from vault.readable import readable
from vault.settings import Settings
from vault.vault import Vault

_LONGEST_QUESTION = 4000
_NEAR_BEST = 0.88


class Answerer:
    """Answers questions from the vault, with a language model when one is given."""

    def __init__(
        self, vault: Vault, embedder: Embedder, settings: Settings, model: LlamaChat | None = None
    ) -> None:
        self._vault = vault
        self._embedder = embedder
        self._settings = settings
        self._model = model

    def ask(
        self,
        question: str,
        collections: Sequence[str],
        user: str,
        history: Sequence[Turn] = (),
        *,
        documents: Sequence[str] | None = None,
        cancel: Cancel | None = None,
    ) -> Iterator[Event]:
        """Searched, EvidenceFound, Statement…, Done; `documents` (sha256) narrows the search to them.

        When `cancel` is set a running language model stops within a token and the answer is made of
        what it had finished. Raises QuestionError, CollectionNotFound, AccessDenied,
        EmbedderMismatch; a model that fails does not raise: the quoted answer stands, with a note.
        """
        started = time.monotonic()
        question = _checked(question)
        scope = Scope(user, tuple(collections), None if documents is None else tuple(documents))
        retriever = HybridRetriever(
            vault=self._vault,
            embedder=self._embedder,
            scope=scope,
            candidates=self._settings.candidates,
            limit=self._settings.passages,
        )
        passages = retriever.search(question)
        searched = self._searched(scope)
        yield searched

        evidence = find_evidence(
            question,
            passages,
            self._embedder,
            self._rarities(question, scope),
            self._settings.evidence_sentences,
        )
        evidence_ms = (time.monotonic() - started) * 1000
        yield EvidenceFound(tuple(evidence), evidence_ms)

        score = answerability(passages, evidence)
        draft = Answer(
            question=question,
            collections=scope.collections,
            abstained=score < self._settings.abstain_below or not evidence,
            mode="quoted",
            model=None,
            record="",
            statements=(),
            evidence=tuple(evidence),
            searched=searched,
            evidence_ms=evidence_ms,
            total_ms=evidence_ms,
            answerability=score,
        )
        generation: Generation | None = None
        if not draft.abstained:
            statements: list[Statement] = []
            if self._model is not None:
                generation = Generation()
                try:
                    for statement in generate(
                        question, passages, history, self._model, self._embedder, generation, cancel
                    ):
                        statements.append(statement)
                        yield statement
                except ModelError as error:
                    generation.notes.append(f"The language model failed; this is quoted instead. {error}")
                    statements = []
            if generation is not None and any(s.verdict is not Verdict.UNSUPPORTED for s in statements):
                draft = replace(draft, mode="generated", model=ModelUsed(self._model.name, self._model.sha256))  # type: ignore[union-attr]
            else:
                if statements:
                    generation.notes.append(  # type: ignore[union-attr]
                        "Nothing that the language model wrote is carried by the documents; "
                        "the passages are quoted instead."
                    )
                quoted = self._quoted(evidence)
                yield from quoted
                statements += quoted
            draft = replace(draft, statements=tuple(statements))

        notes = tuple(generation.notes) if generation is not None else ()
        answer = replace(draft, notes=notes, total_ms=(time.monotonic() - started) * 1000)
        record = self._vault.record(
            user=user,
            question=question,
            body=record_body(answer, passages, self._settings, self._embedder.identity, generation),
        )
        yield Done(replace(answer, record=record))

    def _searched(self, scope: Scope) -> Searched:
        totals = [
            self._vault.open_collection(name, user=scope.user, action=Action.SEARCH).catalogue.totals(
                scope.documents
            )
            for name in scope.collections
        ]
        return Searched(
            documents=sum(total.documents for total in totals),
            pages=sum(total.pages for total in totals),
            failed=sum(total.failed for total in totals),
        )

    def _rarities(self, question: str, scope: Scope) -> Mapping[str, float]:
        counts: dict[str, int] = {}
        whole = 0
        asked = content_words(question)
        for name in scope.collections:
            collection = self._vault.open_collection(name, user=scope.user, action=Action.SEARCH)
            found, total = collection.catalogue.document_frequency(asked)
            whole += total
            for word, count in found.items():
                counts[word] = counts.get(word, 0) + count
        return rarities(question, counts, whole)

    def _quoted(self, evidence: Sequence[EvidenceSentence]) -> list[Statement]:
        """The best sentence, and those nearly as good, as quotations."""
        least = evidence[0].score * _NEAR_BEST
        return [
            Statement(readable(sentence.citation.quote), Verdict.QUOTED, (sentence.citation,))
            for sentence in evidence[: self._settings.quoted_sentences]
            if sentence.score >= least
        ]


def _checked(question: str) -> str:
    stripped = question.strip()
    if not any(character.isalnum() for character in stripped):
        raise QuestionError(f"{question!r} is no question: type what you want to know.")
    if len(stripped) > _LONGEST_QUESTION:
        raise QuestionError(
            f"The question is {len(stripped)} characters long; {_LONGEST_QUESTION} are allowed. Shorten it."
        )
    return stripped


__all__ = ["Answerer", "Passage", "Turn"]
