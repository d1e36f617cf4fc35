"""Build the prompt for a small language model: a short rule, numbered sentences, the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from rag.refusal import REFUSAL
from vault.text.readable import readable

MOST_TOKENS = 400
"""Length limit of a whole prompt, in tokens. A small model gets lost in more, and takes longer to read it."""
_LONGEST_LABEL = 90
"""Characters."""
_RULE = (
    "Answer from the numbered sentences, in one or two short sentences in their words. "
    f"End each with its number, like [2]. If they do not answer, write: {REFUSAL}"
)
_BRACKETS = str.maketrans("[]", "()")

Count = Callable[[list[BaseMessage]], int]
"""Returns how many tokens a whole prompt has, by the model's own tokenizer and template."""


@dataclass(frozen=True, slots=True)
class ShortSentence:
    """A sentence, list item or table row as a small model sees it; `number` is what it cites."""

    number: int
    label: str
    """The title of its document and the heading above it, such as "Pike lease, 4 Rent"; may be empty."""
    text: str


def short_messages(question: str, sentences: Sequence[ShortSentence]) -> list[BaseMessage]:
    """Return the messages for a question and its sentences, in the order given.

    The model is to write one or two short sentences, each ending in the number of a sentence in brackets, or
    exactly `REFUSAL`. A label stands once above the sentences that share it and follow each other. Each
    sentence takes one line, and brackets in it become round ones, so nothing in a document looks like a
    number of the prompt.

    >>> print(short_messages("When?", [ShortSentence(1, "Lease", "It ends in May.")])[1].text)
    Lease
    [1] It ends in May.
    <BLANKLINE>
    Question: When?
    """
    lines: list[str] = []
    for label, group in groupby(sentences, key=lambda sentence: _line(sentence.label)[:_LONGEST_LABEL]):
        if label:
            lines.append(label)
        lines += [f"[{sentence.number}] {_line(sentence.text)}" for sentence in group]
    lines += ["", f"Question: {_line(question)}"]
    return [SystemMessage(_RULE), HumanMessage("\n".join(lines))]


def fitting_sentences(
    question: str, sentences: Sequence[ShortSentence], count: Count, most_tokens: int = MOST_TOKENS
) -> list[ShortSentence]:
    """Return the sentences that fit into a prompt of `most_tokens`, by number.

    `sentences` come best first. One that does not fit is left out whole, because half a sentence may say
    something else, and a later, shorter one may take its place. The list is empty if none fits.
    """
    chosen: list[ShortSentence] = []
    for sentence in sentences:
        longer = sorted([*chosen, sentence], key=lambda one: one.number)
        if count(short_messages(question, longer)) <= most_tokens:
            chosen = longer
    return chosen


def _line(text: str) -> str:
    return " ".join(readable(text).translate(_BRACKETS).split())
