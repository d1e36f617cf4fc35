"""Evidence: the sentences of the retrieved passages that bear on the question, with their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from rag.about import About
from rag.evidence.fit.fit import fit_of
from rag.evidence.fit.misfit import NO_FIT, Fit
from rag.question.question import Question, holds
from rag.question.understanding.understood import Understood
from rag.question.wanted import Wanted
from rag.retrieval.entries import dated_heading, entry_date
from rag.retrieval.passage import Passage, Sentence
from rag.weights.weights import load_weights
from vault.annotations import AnnotatedSentence
from vault.embedding.embedder import Embedder
from vault.records import Citation, Span
from vault.text.readable import readable
from vault.text.words import stems

_SHORT_SENTENCE = 4
"""Words. A shorter sentence is embedded with its context: by itself it says too little to be compared."""

_READER = load_weights().evidence_with_reader
WEIGHTS: Mapping[str, float] = load_weights().evidence.signals
"""Weights of the signals of a sentence, by name."""
READER_WEIGHTS: Mapping[str, float] = {**WEIGHTS, "reader_sentence": _READER.reader_sentence}
"""The same where the reader has read the passages."""
FIT_WEIGHTS: Mapping[str, float] = load_weights().fit.signals
"""Weights of what the annotation of a sentence says about it (`rag.evidence.fit`)."""


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """A sentence and how well it bears on the question."""

    citation: Citation
    passage: int
    """Index of its passage among the passages that were searched for evidence."""
    number: int
    """Index of the sentence in its passage."""
    signals: Mapping[str, float]
    """What the score is made of, by the names of `WEIGHTS`."""
    score: float
    """What evidence is sorted by; comparable within one question only."""
    words: Span | None = None
    """The words in it that answer, where the reader marks any."""
    fit: Fit = NO_FIT
    """Whether it can be the answer at all, and why not."""
    about: About | None = None
    """Whose and which document it is in."""

    def as_json(self) -> dict[str, object]:
        """Return the sentence at its place as JSON values; programs may rely on this shape."""
        return {
            **self.citation.as_json(),
            "score": round(self.score, 4),
            "words": self.words and [self.words.start, self.words.end],
            "about": self.about and self.about.as_json(),
        }


def find_evidence(
    question: Question,
    passages: Sequence[Passage],
    embedder: Embedder,
    limit: int | None,
    understood: Understood | None = None,
) -> list[EvidenceSentence]:
    """Return the best sentences of all passages, best first, at most `limit`; None for all.

    With `understood`, sentences that do not fit what is asked get lower scores, and say so in their `fit`.

    The same words in two documents are two pieces of evidence. Within a document each sentence counts once,
    even if several passages hold it.
    """
    weights = {**(READER_WEIGHTS if was_read(passages) else WEIGHTS), **FIT_WEIGHTS}
    if understood is not None and understood.names:
        # Whom a sentence is about is known: a line that repeats the name says no more for it.
        weights["names_in_sentence"] = 0.0
    others = question.with_other_words(question.topic)
    found = [
        EvidenceSentence(
            citation=passages[index].cite(sentence.span, sentence.quote),
            passage=index,
            number=sentence.number,
            signals=signals,
            score=sum(weight * (signals | fit.signals())[name] for name, weight in weights.items()),
            fit=fit,
        )
        for index, sentence, signals in candidates(question, passages, embedder)
        for fit in [_fit_of(sentence, passages[index], question, others, understood)]
    ]
    return best_first(found)[:limit]


def best_first(sentences: Iterable[EvidenceSentence]) -> list[EvidenceSentence]:
    """Return the sentences by their score, equal ones in the order of their passages."""
    return sorted(sentences, key=lambda one: (-one.score, one.passage, one.citation.start))


def annotated_of(one: EvidenceSentence, passages: Sequence[Passage]) -> AnnotatedSentence | None:
    """Return what the index knows of a sentence; None where it has nothing at just that place."""
    place = Span(one.citation.page, one.citation.start, one.citation.end)
    return passages[one.passage].annotated.get(place)


def _fit_of(
    sentence: Sentence,
    passage: Passage,
    question: Question,
    others: Set[str],
    understood: Understood | None,
) -> Fit:
    annotated = passage.annotated.get(sentence.span)
    if annotated is None or understood is None:
        return NO_FIT
    title = f"{passage.document.title} {passage.document.name}"
    # Only for these does it matter from when an entry is.
    needs_date = understood.dates or understood.wanted is Wanted.DATE
    entry = entry_date(passage, sentence) if needs_date else None
    found = None if entry is None else entry.found
    if needs_date and found is None:
        found = dated_heading(annotated.heading)
    return fit_of(understood, annotated, passage.profile, question.topic, others, title, found)


def was_read(passages: Sequence[Passage]) -> bool:
    """Return whether the reader has read the passages; it reads all of them, or none."""
    return any(passage.reading is not None for passage in passages)


def with_answer_words(
    sentences: Sequence[EvidenceSentence], passages: Sequence[Passage]
) -> list[EvidenceSentence]:
    """Return the sentences; those that answer get the words in them that the reader marks."""
    return [_with_answer_words(sentence, passages[sentence.passage]) for sentence in sentences]


def _with_answer_words(sentence: EvidenceSentence, passage: Passage) -> EvidenceSentence:
    if passage.reading is None or sentence.signals["reader_sentence"] < _READER.answers:
        return sentence
    words = passage.reading.words(sentence.number)
    if words is None:
        return sentence
    place = sentence.citation
    return replace(sentence, words=Span(place.page, place.start + words[0], place.start + words[1]))


def candidates(
    question: Question, passages: Sequence[Passage], embedder: Embedder
) -> list[tuple[int, Sentence, dict[str, float]]]:
    """Return (index of the passage, sentence, signals) of every sentence, once per document.

    The signals are named as in `WEIGHTS`. Where the reader has read the passages they also have
    `reader_sentence`, `reader_answerable` (of the sentence's passage) and `reader_most_answerable`, all
    logits.
    """
    places = _sentences(passages)
    vectors = embedder.embed([_text_to_embed(sentence) for _, sentence in places])
    cosines = vectors @ question.vector
    passage_stems = [
        stems(passage.text) | stems(f"{passage.heading} {passage.document.title}") for passage in passages
    ]
    stems_of = [[stems(sentence.quote) for sentence in passage.sentences()] for passage in passages]
    wanted, topic, question_stems = question.wanted, question.topic, frozenset(question.rarity)
    read = was_read(passages)
    answerable = [_answerable(passage) for passage in passages]
    most_answerable = max(answerable, default=_READER.not_read)
    found = []
    for (index, sentence), cosine in zip(places, cosines, strict=True):
        passage = passages[index]
        sentence_stems = stems_of[index][sentence.number]
        context_stems = sentence_stems | stems(f"{sentence.context} {passage.document.title}")
        signals = {
            "cosine": float(cosine),
            "topic_in_sentence": question.coverage(topic, sentence_stems),
            "topic_in_context": question.coverage(topic, context_stems),
            "topic_nearby": question.coverage(topic, _with_neighbours(stems_of[index], sentence.number)),
            "topic_in_passage": question.coverage(topic, passage_stems[index]),
            "names_in_sentence": question.coverage(question.names, sentence_stems),
            "names_in_document": passage.names_in_document,
            "terms_in_document": passage.terms_in_document,
            "passage_cosine": passage.cosine,
            "passage_rank": 1 / (1 + index),
            "holds_wanted": float(holds(wanted, sentence.quote, question_stems)),
            "heading": float(sentence.heading),
            "document_named": passage.document_named,
        }
        if read:
            reading = passage.reading
            signals |= {
                "reader_sentence": _READER.not_read
                if reading is None
                else max(_READER.not_read, reading.sentences[sentence.number]),
                "reader_answerable": answerable[index],
                "reader_most_answerable": most_answerable,
            }
        found.append((index, sentence, signals))
    return found


def _with_neighbours(stems_of_sentences: Sequence[set[str]], number: int) -> set[str]:
    """Return the stems of a sentence and of those right before and after it in its passage."""
    return set[str]().union(*stems_of_sentences[max(0, number - 1) : number + 2])


def _answerable(passage: Passage) -> float:
    """Return the logit that the passage answers, limited if its document is not the one that is asked about.

    A passage of another contract may say the same words, and does not answer.
    """
    if passage.reading is None:
        return _READER.not_read
    answerable = passage.reading.answerable
    if passage.names_in_document >= _READER.least_names:
        return answerable
    return min(answerable, _READER.other_document)


def _sentences(passages: Sequence[Passage]) -> list[tuple[int, Sentence]]:
    """Return (index of the passage, sentence), each place of a document once."""
    seen: set[tuple[str, str, Span]] = set()
    found = []
    for index, passage in enumerate(passages):
        for sentence in passage.sentences():
            key = (passage.collection, passage.document.sha256, sentence.span)
            if key not in seen:
                seen.add(key)
                found.append((index, sentence))
    return found


def _text_to_embed(sentence: Sentence) -> str:
    text = readable(sentence.quote)
    if sentence.context and (sentence.row or len(text.split()) < _SHORT_SENTENCE):
        return f"{sentence.context}: {text}"
    return text
