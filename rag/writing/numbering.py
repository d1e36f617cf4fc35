"""Choose the sentences that a small language model reads, and number them for its prompt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.evidence.evidence import EvidenceSentence
from rag.retrieval.passage import Passage
from rag.writing.prompt import Prompt
from rag.writing.short.prompt import MOST_TOKENS, Count, ShortSentence, fitting_sentences, short_messages
from vault.errors import ContextTooSmall
from vault.records import Slice
from vault.text.readable import readable
from vault.text.words import words

_MOST = 8
"""Sentences. The answerer of our own was trained on up to so many."""
_BEST = 4
"""Sentences that come before the neighbours of the best one."""


def single_sentences(passages: Sequence[Passage], ranked: Sequence[EvidenceSentence]) -> list[Passage]:
    """Return the best sentences, each as a passage that holds nothing else, the most important one first.

    `ranked` holds all sentences of the passages, best first. The neighbours of the best one are among them.
    Of sentences with the same words one is read.
    """
    fitting = [one for one in ranked if one.fit.states] or list(ranked)
    places = [(one.passage, one.number) for one in fitting]
    around = [(passage, number + step) for passage, number in places[:1] for step in (1, -1)]
    chosen: dict[tuple[str, ...], Passage] = {}
    for passage, number in (*places[:_BEST], *around, *places[_BEST:]):
        sentences = passages[passage].sentences()
        if not 0 <= number < len(sentences) or ((passage, number) in around and sentences[number].heading):
            continue
        sentence = sentences[number]
        single = replace(
            passages[passage],
            # The names of the columns are needed to read a row.
            heading=sentence.context,
            slices=(Slice(sentence.span, sentence.quote, sentence.kind),),
        )
        chosen.setdefault(tuple(words(readable(sentence.quote))), single)
        if len(chosen) == _MOST:
            break
    return list(chosen.values())


def short_prompt(question: str, singles: Sequence[Passage], count: Count) -> tuple[Prompt, list[Passage]]:
    """Return the prompt of single sentences, the most important first, and the sentences by their numbers.

    They keep their order: a small model chooses worse than our ranking, and the answerer has learned that the
    first sentence is the likeliest. Raises ContextTooSmall when not even one sentence fits.
    """
    numbered = [_numbered(number, single) for number, single in enumerate(singles, start=1)]
    chosen = fitting_sentences(question, numbered, count)
    if not chosen:
        raise ContextTooSmall(
            f"No sentence of the evidence fits into the {MOST_TOKENS} tokens that a small model reads. Use a "
            "larger model, or set INCAMERA_MODEL_READS=passages."
        )
    messages = short_messages(question, chosen)
    used = tuple(one.number for one in chosen)
    dropped = tuple(sorted({one.number for one in numbered} - set(used)))
    return Prompt(messages, used, dropped, count(messages)), list(singles)


def _numbered(number: int, single: Passage) -> ShortSentence:
    title = single.document.title or single.document.name
    label = ", ".join(part for part in (title, single.heading) if part)
    return ShortSentence(number, label, single.text)
