"""Write an answer with a language model; every sentence is verified before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice, takewhile
from threading import Event as Cancel

from langchain_core.messages import HumanMessage, SystemMessage

from rag.events import Statement
from rag.question.followups import INSTRUCTION, within_bounds
from rag.question.turn import Turn
from rag.retrieval.passage import Passage
from rag.writing.backend import ModelBackend
from rag.writing.checking import checked
from rag.writing.grammar import statement_grammar
from rag.writing.prompt import REFUSAL, Prompt, PromptPassage, build
from rag.writing.statements import split_statements
from rag.writing.writer import Writing
from vault.embedding.embedder import Embedder
from vault.records import Span
from vault.text.readable import readable

_LONGEST_REWRITING = 80
"""Tokens."""

_CONVERSATIONS = 8
"""Of which the order of their passages is remembered; how many the model itself still has, memory decides."""

_Key = tuple[str, str, tuple[Span, ...]]
"""A passage as the model reads it: collection, sha256 of the document, places."""


class ModelWriter:
    """A `Writer` over one language model."""

    def __init__(self, backend: ModelBackend, embedder: Embedder, *, constrained: bool = False) -> None:
        """`constrained`: the model is let to write nothing but sentences with the number of a passage."""
        self._backend = backend
        self._embedder = embedder
        self._constrained = constrained
        self._read: list[tuple[tuple[str, str], tuple[_Key, ...]]] = []
        """What the model read for the latest questions (user, question), in order, the last first."""

    def close(self) -> None:
        """Unload the model."""
        self._backend.close()

    def rewrite(self, question: str, history: Sequence[Turn], cancel: Cancel | None) -> str | None:
        """The question made to stand alone, if what the model wrote may be searched. Raises ModelError."""
        talk = "\n".join(f"Question: {turn.question}\nAnswer: {turn.answer}" for turn in history[-2:])
        messages = [SystemMessage(INSTRUCTION), HumanMessage(f"{talk}\nLast question: {question}")]
        if self._backend.count([*messages]) + _LONGEST_REWRITING > self._backend.context_length:
            return None
        written = ""
        with closing(self._backend.stream(messages, cancel)) as pieces:
            for piece in islice(pieces, _LONGEST_REWRITING):
                written += piece
        if cancel is not None and cancel.is_set():
            return None  # half a question is another one
        rewritten = written.rpartition("</think>")[2].strip().strip('"“”')
        return rewritten if within_bounds(rewritten, question, history) else None

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Turn],
        cancel: Cancel | None,
        writing: Writing,
    ) -> Iterator[Statement]:
        """Statements one by one, each verified, each also appended to `writing`. Raises ModelError."""
        before = (writing.user, history[-1].question) if history else None
        # Of this conversation only: what others asked must not change what is read for this question.
        passages = in_the_order_read(passages, [read for asked, read in self._read if asked == before])
        # The window that is there, which is the model's own when that is smaller than the setting.
        window = self._backend.context_length
        prompt = build(
            question,
            [_for_prompt(number, passage) for number, passage in enumerate(passages, start=1)],
            history,
            count=self._backend.count,
            context_length=window,
            max_tokens=min(self._backend.max_tokens, window // 2),
        )
        if prompt.dropped:
            writing.notes.append(
                f"{len(prompt.dropped)} of {len(passages)} passages did not fit into the model's context "
                "and were not read by it."
            )
        read = tuple(_key(passages[number - 1]) for number in prompt.used)
        latest = ((writing.user, writing.question or question), read)
        self._read = [latest, *(other for other in self._read if other != latest)][:_CONVERSATIONS]
        writing.model = self._backend.used
        written: list[str] = []
        writing.trace = self._trace(prompt, passages, written)
        shown = {number: passages[number - 1] for number in prompt.used}
        for draft in split_statements(self._stream(prompt, cancel, written)):
            if draft.text.strip(" .") == REFUSAL.strip(" ."):
                writing.notes.append("The language model found no answer in the passages.")
                continue
            statement = checked(draft, shown, self._similarity)
            writing.statements.append(statement)
            yield statement
        if cancel is not None and cancel.is_set():
            writing.notes.append("The language model was stopped before it had finished.")

    def _stream(self, prompt: Prompt, cancel: Cancel | None, written: list[str]) -> Iterator[str]:
        grammar = statement_grammar(prompt.used) if self._constrained else None
        for text in self._backend.stream(prompt.messages, cancel, grammar):
            written.append(text)
            yield text

    def _trace(self, prompt: Prompt, context: Sequence[Passage], written: list[str]) -> Mapping[str, object]:
        """For the record; `written` fills while the model writes. What it read and what did not fit are
        numbered from 1 as they stand in `context`."""
        return {
            "prompt": [{"role": message.type, "content": message.text} for message in prompt.messages],
            "context": [
                {
                    "sha256": passage.document.sha256,
                    "spans": [[p.span.page, p.span.start, p.span.end] for p in passage.slices],
                }
                for passage in context
            ],
            "passages": list(prompt.used),
            "dropped": list(prompt.dropped),
            "prompt_tokens": prompt.tokens,
            "parameters": dict(self._backend.parameters),
            "model": {"name": self._backend.used.name, "sha256": self._backend.used.sha256},
            "written": written,
        }

    def _similarity(self, text: str, others: Sequence[str]) -> list[float]:
        vectors = self._embedder.embed([text, *others])
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]


def in_the_order_read(passages: Sequence[Passage], orders: Sequence[Sequence[_Key]]) -> list[Passage]:
    """The passages so that a prompt of them begins, as far as it can, like one of `orders`, which were read.

    A passage is moved forward only if it is among as many of the best as were read: none that is better loses
    its place in the prompt to one that was read before.
    """
    again: list[Passage] = []
    for read in orders:
        best = {_key(passage): passage for passage in passages[: len(read)]}
        again = max(again, [best[key] for key in takewhile(best.__contains__, read)], key=len)
    return [*again, *(passage for passage in passages if passage not in again)]


def _key(passage: Passage) -> _Key:
    return passage.collection, passage.document.sha256, tuple(piece.span for piece in passage.slices)


def _for_prompt(number: int, passage: Passage) -> PromptPassage:
    return PromptPassage(
        number=number,
        title=passage.document.title or passage.document.name,
        page=f"page {passage.page}" if passage.document.pages > 1 else "",
        text=readable_lines(passage.text),
    )


def readable_lines(text: str) -> str:
    """Each line of `text` made readable; the line ends stay, because rows of a table need them."""
    return "\n".join(filter(None, (readable(line) for line in text.splitlines())))
