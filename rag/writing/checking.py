"""Check a sentence of a language model against the passages it read, and cite the places that support it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rag.events import Statement
from rag.reader.reader import Reader, Support
from rag.reader.windows import ReaderPassage
from rag.retrieval.passage import Passage
from rag.verification.lexicon.content import GENERIC_WORDS
from rag.verification.text.keys import key_of
from rag.verification.verify import Judge, Similarity, Verdict, Verification, verify
from rag.writing.statements import Draft
from vault.records import Citation
from vault.text.readable import readable

_ATTRIBUTED = re.compile(
    r"^(?:according to|as per|pursuant to|under|in)\s+(?:the\s+)?(?P<source>[^,;:.]{3,80}),\s+(?=\w)",
    re.IGNORECASE,
)


_NOT_NAMES = frozenset({"the", "a", "an", "of", "this", "that", "and", "to", "for"})


def check_draft(
    draft: Draft,
    shown: Mapping[int, Passage],
    similarity: Similarity | None = None,
    judge: Judge | None = None,
) -> Statement:
    """Return the statement with its verdict and citations; `shown` are the passages by their numbers.

    The cited passages are tried first, then the others that the model saw, then those of each document
    together. So a true sentence with a wrong or missing number gets the passages that support it, and a false
    one gets none. If the sentence says which document it is from ("Under the Pike lease, …"), only that
    document can support what follows.
    """
    text, shown = _without_source(draft.text, shown)
    cited = [shown[number] for number in draft.cited if number in shown]
    others = [passage for number, passage in shown.items() if number not in draft.cited]
    reason = ""
    for group in filter(None, (cited, others, *_by_document(shown.values()))):
        found, places = _verify(text, group, similarity, judge)
        if found.verdict is not Verdict.UNSUPPORTED:
            # A sentence that names its source does not stand in the document word for word.
            verdict = found.verdict if text == draft.text else Verdict.SUPPORTED
            return Statement(draft.text, verdict, places)
        reason = reason or found.reason
    return Statement(draft.text, Verdict.UNSUPPORTED, (), reason or "no passage was found for it")


def judge_of(reader: Reader) -> Judge:
    """Return a function that judges one text at a time by the reader's support head."""

    def judge(statement: str, text: str) -> Support:
        return reader.support(statement, [ReaderPassage("", "", (text,))])[0]

    return judge


def _verify(
    text: str, passages: Sequence[Passage], similarity: Similarity | None, judge: Judge | None
) -> tuple[Verification, tuple[Citation, ...]]:
    """Return what the verifier says of the text, and the places in the passages that support it."""
    places: list[Citation | None] = []
    for before, passage in zip([None, *passages], passages, strict=False):
        if before is not None and not _continues(before, passage):
            # A quote must not run from the end of one text into the beginning of another.
            places.append(None)
        places += [passage.cite(sentence.span, sentence.quote) for sentence in passage.sentences()]
    sentences = ["" if place is None else readable(place.quote) for place in places]
    found = verify(text, sentences, similarity=similarity, judge=judge)
    supporting = [places[index] for index in found.sentences]
    return found, tuple(place for place in supporting if place is not None)


def _by_document(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Return the passages of each document that has several, in the document's order."""
    documents: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        documents.setdefault((passage.collection, passage.document.sha256), []).append(passage)
    several = [found for found in documents.values() if len(found) > 1]
    return [sorted(found, key=lambda passage: passage.ordinal) for found in several]


def _continues(one: Passage, other: Passage) -> bool:
    """Return whether `other` is the next passage of the same document."""
    same = (one.collection, one.document.sha256) == (other.collection, other.document.sha256)
    return same and other.ordinal == one.ordinal + 1


def _without_source(text: str, shown: Mapping[int, Passage]) -> tuple[str, Mapping[int, Passage]]:
    """Return the text without the source that it names, and only the passages of that document.

    If the text names none of the documents, return the text and all passages.
    """
    match = _ATTRIBUTED.match(text)
    if match is None:
        return text, shown
    source = _title_words(match.group("source"))
    passages = {
        number: passage
        for number, passage in shown.items()
        if source and source <= _title_words(f"{passage.document.title} {passage.document.name}")
    }
    if not passages:
        return text, shown
    rest = text[match.end() :]
    return rest[0].upper() + rest[1:], passages


def _title_words(text: str) -> set[str]:
    """Return the words of a title or file name that tell documents apart: not "the", not "agreement"."""
    words = re.sub(r"[\W_]+", " ", text).lower().split()
    return {key_of(word) for word in words if word not in _NOT_NAMES and word not in GENERIC_WORDS}
