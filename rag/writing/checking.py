"""Check a sentence that a model wrote against the passages it read, and give it the places that carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rag.events import Statement
from rag.reader.reader import Reader, Support
from rag.reader.windows import ReaderPassage
from rag.retrieval.passage import Passage
from rag.verification.lexicon import SOFT
from rag.verification.verify import Judge, Similarity, Verdict, Verification, verify
from rag.verification.words import key_of
from rag.writing.statements import Drafted
from vault.records import Citation
from vault.text.readable import readable

_ATTRIBUTED = re.compile(
    r"^(?:according to|as per|pursuant to|under|in)\s+(?:the\s+)?(?P<source>[^,;:.]{3,80}),\s+(?=\w)",
    re.IGNORECASE,
)


_NO_NAMES = frozenset({"the", "a", "an", "of", "this", "that", "and", "to", "for"})


def checked(
    draft: Drafted,
    shown: Mapping[int, Passage],
    similarity: Similarity | None = None,
    judge: Judge | None = None,
) -> Statement:
    """The statement with its verdict and the places that carry it; `shown` by the numbers that it cites.

    The cited passages are tried first, then the others that the model saw, then those of each document
    together: a true sentence with a wrong or missing number gets the passages that carry it, and a false one
    gets none. Where the sentence says which
    document it is from ("Under the Pike lease, …"), only that document can carry what follows.
    """
    text, shown = _of_its_document(draft.text, shown)
    cited = [shown[number] for number in draft.cited if number in shown]
    others = [passage for number, passage in shown.items() if number not in draft.cited]
    reason = ""
    for group in filter(None, (cited, others, *_by_document(shown.values()))):
        found, places = _carried_by(text, group, similarity, judge)
        if found.verdict is not Verdict.UNSUPPORTED:
            # With its source named, the sentence as a whole stands nowhere.
            verdict = found.verdict if text == draft.text else Verdict.SUPPORTED
            return Statement(draft.text, verdict, places)
        reason = reason or found.reason
    return Statement(draft.text, Verdict.UNSUPPORTED, (), reason or "no passage was found for it")


def judge_of(reader: Reader) -> Judge:
    """The reader's support head, for one text at a time."""

    def judge(statement: str, text: str) -> Support:
        return reader.support(statement, [ReaderPassage("", "", (text,))])[0]

    return judge


def _carried_by(
    text: str, passages: Sequence[Passage], similarity: Similarity | None, judge: Judge | None
) -> tuple[Verification, tuple[Citation, ...]]:
    places: list[Citation | None] = []
    for before, passage in zip([None, *passages], passages, strict=False):
        if before is not None and not _goes_on(before, passage):
            # Nothing is quoted over the end of one text into the beginning of another.
            places.append(None)
        places += [passage.cite(sentence.span, sentence.quote) for sentence in passage.sentences()]
    sentences = ["" if place is None else readable(place.quote) for place in places]
    found = verify(text, sentences, similarity=similarity, judge=judge)
    carried = [places[index] for index in found.sentences]
    return found, tuple(place for place in carried if place is not None)


def _by_document(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Those of each document of which there are several, in its order."""
    documents: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        documents.setdefault((passage.collection, passage.document.sha256), []).append(passage)
    several = [found for found in documents.values() if len(found) > 1]
    return [sorted(found, key=lambda passage: passage.ordinal) for found in several]


def _goes_on(one: Passage, other: Passage) -> bool:
    """Whether `other` is the next passage of the same document."""
    same = (one.collection, one.document.sha256) == (other.collection, other.document.sha256)
    return same and other.ordinal == one.ordinal + 1


def _of_its_document(text: str, shown: Mapping[int, Passage]) -> tuple[str, Mapping[int, Passage]]:
    """The text without the document that it names as its source, and the passages of that one; all of both
    where it names none of them."""
    match = _ATTRIBUTED.match(text)
    if match is None:
        return text, shown
    named = _named(match.group("source"))
    of_it = {
        number: passage
        for number, passage in shown.items()
        if named and named <= _named(f"{passage.document.title} {passage.document.name}")
    }
    if not of_it:
        return text, shown
    rest = text[match.end() :]
    return rest[0].upper() + rest[1:], of_it


def _named(text: str) -> set[str]:
    """What tells one document from another in a title or a file name: all words but "the" and "agreement"."""
    words = re.sub(r"[\W_]+", " ", text).lower().split()
    return {key_of(word) for word in words if word not in _NO_NAMES and word not in SOFT}
