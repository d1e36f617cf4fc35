"""What the reader is shown of a passage: whose and which document it is, its headings, and its sentences."""

from __future__ import annotations

from dataclasses import replace

from rag.question.question import Question
from rag.reader.windows import ReaderPassage
from rag.retrieval.passage import Passage
from rag.weights.weights import load_weights
from vault.records import ElementKind
from vault.text.dates.spoken import day_words
from vault.text.readable import readable
from vault.text.words import stems

_EXCERPT_WORDS = load_weights().reranking.excerpt_words


def reader_passage(passage: Passage) -> ReaderPassage:
    """Return the passage as the reader takes it, with the sentences of `Passage.sentences` in their order.

    Before the title stand the subject and the date of the document, where they are known and the title and
    the headings do not say them.
    """
    sentences = tuple(sentence.quote for sentence in passage.sentences())
    return ReaderPassage(_title(passage), passage.heading, sentences)


def reader_excerpt(question: Question, passage: Passage) -> ReaderPassage:
    """Return the passage as the reader takes it, with sentences that share little with the question empty.

    The header of a table stays with its rows.
    """
    full = reader_passage(passage)
    shares = [question.coverage(question.topic, stems(sentence)) for sentence in full.sentences]
    kept: set[int] = set()
    length = 0
    for index in sorted(range(len(shares)), key=lambda index: -shares[index]):
        if length >= _EXCERPT_WORDS:
            break
        kept.add(index)
        length += len(full.sentences[index].split())
    header = None
    for sentence in passage.sentences():
        if sentence.kind is ElementKind.TABLE_HEADER:
            header = sentence.number
        elif sentence.row and sentence.number in kept and header is not None:
            kept.add(header)
    sentences = tuple(sentence if index in kept else "" for index, sentence in enumerate(full.sentences))
    return replace(full, sentences=sentences)


def _title(passage: Passage) -> str:
    """Return subject, date and title, with " · " between them."""
    title = passage.document.title
    profile = passage.profile
    if profile is None:
        return title
    own = {one.subject for one in passage.annotated.values() if one.subject}
    # Where rows are about several people, each row names its own.
    subject = readable(own.pop() if len(own) == 1 else "" if own else profile.subject)
    said = f"{title} {passage.heading}".casefold()
    day = profile.date
    dated = day_words(day) if day else ""
    parts = (subject if subject.casefold() not in said else "", dated, title)
    return " · ".join(part for part in parts if part)
