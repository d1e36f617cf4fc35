"""Write an answer with a language model; every sentence is verified before it is shown."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice, takewhile
from threading import Event as Cancel

from langchain_core.messages import HumanMessage, SystemMessage

from rag.events import Statement
from rag.question.rewriting import INSTRUCTION, is_safe_rewrite
from rag.question.turn import Turn
from rag.refusal import REFUSAL
from rag.retrieval.passage import Passage
from rag.writing.backend import ModelBackend
from rag.writing.checking import check_draft
from rag.writing.context import ContextSize
from rag.writing.endings import Ending
from rag.writing.grammar import statement_grammar
from rag.writing.numbering import short_prompt
from rag.writing.prompt import Prompt, PromptPassage, build_prompt
from rag.writing.statements import split_statements
from rag.writing.writer import Writing
from vault.embedding.embedder import Embedder
from vault.records import Span
from vault.text.counted import counted
from vault.text.readable import readable

_LONGEST_REWRITE = 80
"""Tokens."""
_SHORT_TOKENS = 80
"""Length limit of an answer to a short prompt, in tokens; whoever writes more has lost the question."""
_SHORT_SENTENCES = 2
"""Sentences that a short prompt asks for."""
_MOST_QUESTIONS = 8
"""Latest questions whose passages are remembered. Memory decides how many the model itself still has in
cache."""

_Key = tuple[str, str, tuple[Span, ...]]
"""A passage as the model reads it: collection, sha256 of the document, places."""


class ModelWriter:
    """A `Writer` over one language model."""

    def __init__(
        self,
        backend: ModelBackend,
        embedder: Embedder,
        *,
        constrained: bool = False,
        reads: ContextSize = ContextSize.PASSAGES,
    ) -> None:
        """`constrained`: the model may write only sentences with the number of a passage. `reads` holds where
        no host decides what the model reads."""
        self._backend = backend
        self._embedder = embedder
        self._constrained = constrained
        self._reads = reads
        self._latest: list[tuple[tuple[str, str], tuple[_Key, ...]]] = []
        """The passages that the model read, in order, for the latest (user, question), the last question
        first."""

    @property
    def reading_speed(self) -> float | None:
        """Tokens of a prompt that the model read in a second, as measured last; None if that is not known."""
        return self._backend.reading_speed

    def close(self) -> None:
        """Unload the model."""
        self._backend.close()

    def reads(self, writing: Writing) -> ContextSize:  # noqa: ARG002 (the same for every answer)
        """Return what the model reads of the passages."""
        return self._reads

    def rewrite(self, question: str, history: Sequence[Turn], cancel: Cancel | None) -> str | None:
        """Return the standalone question that the model writes; None if it may not be searched.

        Raises ModelError.
        """
        turns = "\n".join(f"Question: {turn.question}\nAnswer: {turn.answer}" for turn in history[-2:])
        messages = [SystemMessage(INSTRUCTION), HumanMessage(f"{turns}\nLast question: {question}")]
        if self._backend.count([*messages]) + _LONGEST_REWRITE > self._backend.context_length:
            return None
        written = ""
        with closing(self._backend.stream(messages, cancel)) as pieces:
            for piece in islice(pieces, _LONGEST_REWRITE):
                written += piece
        if cancel is not None and cancel.is_set():
            return None  # half a question may ask something else
        rewritten = written.rpartition("</think>")[2].strip().strip('"“”')
        return rewritten if is_safe_rewrite(rewritten, question, history) else None

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        history: Sequence[Turn],
        cancel: Cancel | None,
        writing: Writing,
    ) -> Iterator[Statement]:
        """Yield verified statements one by one; each is also appended to `writing`. Raises ModelError.

        An answer that repeats itself, runs on, or twice in a row writes what the documents do not support is
        ended there.
        """
        short = writing.reads is ContextSize.SHORT
        prompt, passages = (
            short_prompt(question, passages, self._backend.count)
            if short
            else self._long_prompt(question, passages, history, writing)
        )
        writing.model = self._backend.used
        written: list[str] = []
        writing.trace = {"reads": writing.reads.value, **self._trace(prompt, passages, written)}
        shown = {number: passages[number - 1] for number in prompt.used}
        ending = Ending(_SHORT_TOKENS, _SHORT_SENTENCES) if short else Ending()
        with closing(self._stream(prompt, cancel, written)) as pieces:
            for draft in split_statements(ending.watch(pieces)):
                if ending.reason or ending.repeats(draft):
                    break  # the sentence was cut off, or was said before
                if draft.text.strip(" .") == REFUSAL.strip(" ."):
                    writing.notes.append("The language model found no answer in the passages.")
                    continue
                statement = check_draft(draft, shown, self._similarity)
                writing.statements.append(statement)
                yield statement
                if ending.failed(statement.verdict) or ending.complete:
                    break
        if ending.reason:
            writing.notes.append(f"The language model was ended because it {ending.reason}.")
        elif cancel is not None and cancel.is_set():
            writing.notes.append("The language model was stopped before it had finished.")

    def _long_prompt(
        self, question: str, passages: Sequence[Passage], history: Sequence[Turn], writing: Writing
    ) -> tuple[Prompt, list[Passage]]:
        """Return the prompt of passages, and the passages by their numbers."""
        last = (writing.user, history[-1].question) if history else None
        # Only this conversation counts: questions of others must not change what is read for this one.
        passages = in_cached_order(passages, [keys for asked, keys in self._latest if asked == last])
        # The backend's length: the model's own limit may be smaller than the setting.
        context_length = self._backend.context_length
        prompt = build_prompt(
            question,
            [_prompt_passage(number, passage) for number, passage in enumerate(passages, start=1)],
            history,
            count=self._backend.count,
            context_length=context_length,
            max_tokens=min(self._backend.max_tokens, context_length // 2),
        )
        if prompt.dropped:
            writing.notes.append(
                f"{len(prompt.dropped)} of {counted(len(passages), 'passage')} did not fit into the model's "
                "context, so it did not read all of them."
            )
        keys = tuple(_key(passages[number - 1]) for number in prompt.used)
        latest = ((writing.user, writing.question or question), keys)
        self._latest = [latest, *(other for other in self._latest if other != latest)][:_MOST_QUESTIONS]
        return prompt, passages

    def _stream(
        self, prompt: Prompt, cancel: Cancel | None, written: list[str]
    ) -> Generator[str, None, None]:
        grammar = statement_grammar(prompt.used) if self._constrained else None
        with closing(self._backend.stream(prompt.messages, cancel, grammar)) as pieces:
            for text in pieces:
                written.append(text)
                yield text

    def _trace(self, prompt: Prompt, context: Sequence[Passage], written: list[str]) -> Mapping[str, object]:
        """Return what the record keeps of the generation; `written` fills while the model writes.

        The passages that were read and those that did not fit are given by their numbers in `context`, from
        1.
        """
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


def in_cached_order(passages: Sequence[Passage], orders: Sequence[Sequence[_Key]]) -> list[Passage]:
    """Return the passages reordered so that their prompt begins, as far as possible, like an earlier one.

    `orders` are the passages of earlier prompts, which the model need not read again. A passage moves forward
    only within as many of the best as the earlier prompt held, so no better passage loses its place to it.
    """
    cached: list[Passage] = []
    for keys in orders:
        best = {_key(passage): passage for passage in passages[: len(keys)]}
        cached = max(cached, [best[key] for key in takewhile(best.__contains__, keys)], key=len)
    return [*cached, *(passage for passage in passages if passage not in cached)]


def _key(passage: Passage) -> _Key:
    return passage.collection, passage.document.sha256, tuple(piece.span for piece in passage.slices)


def _prompt_passage(number: int, passage: Passage) -> PromptPassage:
    return PromptPassage(
        number=number,
        title=passage.document.title or passage.document.name,
        page=f"page {passage.page}" if passage.document.pages > 1 else "",
        text=readable_lines(passage.text),
    )


def readable_lines(text: str) -> str:
    """Return `text` with each line made readable; line ends stay, because rows of a table need them."""
    return "\n".join(filter(None, (readable(line) for line in text.splitlines())))
