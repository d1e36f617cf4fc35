"""Answer "what does VANE000018 say?" and "what is on page iv?" with the page, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.direct.answer import DirectAnswer
from rag.prose.clause import share_named
from rag.prose.whole import whole_text
from rag.question.numbered import page_named
from rag.question.question import Question
from rag.question.understanding.understood import Understood
from rag.tables.grids.source import TableSource
from vault.text.references import FoundReference
from vault.text.words import stem, words

_ASKS_FOR_ALL = re.compile(
    r"\b(?:what(?:['’]s| is| are| does| do| stands?)?|show|read|quote|give|tell|summari[sz]e|contents?|"
    r"was steht|que dit)\b",
    re.IGNORECASE,
)
_OF_PAGES = frozenset(
    map(
        stem,
        "say says said state states contain contains show shows read stand stands contents text".split(),
    )
)
"""Words of a question about a whole page that say nothing of what is asked about it."""

_Place = tuple[float, TableSource, str, int]
"""How much of the question names the document of a page, where that is, its sha256 and number."""


def page_text(
    question: Question, understood: Understood, sources: Sequence[TableSource], likely: Sequence[str]
) -> DirectAnswer | None:
    """Return the words of the page that the question names; None if it asks something else of it.

    A name that is printed or stamped on a page goes before its number in the file. By its number a page is
    looked for in the `likely` documents (sha256) whose pages have no printed numbers. Of several pages, the
    one whose document shares most with the question is meant; None where two share the same.
    """
    if len(understood.references) != 1 or not (name := page_named(understood.references[0])):
        return None
    if not asks_for_all(understood):
        return None
    named = [
        (share_named(question, source, sha256), source, sha256, page)
        for source in sources
        for sha256, page in source.page_names.pages(name, source.scope)
        if sha256 in source.documents
    ]
    for places in (named, _by_number(question, understood.references[0], sources, likely)):
        fitting = [place for place in places if asks_only_for_place(understood, place[1], place[2])]
        fitting.sort(key=lambda place: -place[0])
        if len(fitting) > 1 and fitting[0][0] == fitting[1][0]:
            return None
        if fitting:
            _, source, sha256, page = fitting[0]
            sentences = source.sentences.at(sha256, page)
            return whole_text(source, sha256, sentences, "The page goes on: open it to read the rest.")
    return None


def _by_number(
    question: Question, reference: FoundReference, sources: Sequence[TableSource], likely: Sequence[str]
) -> list[_Place]:
    """Return the pages that have the number of the reference in their file, and no other printed on them."""
    number = reference.normal.removeprefix("page ")
    if reference.kind != "page" or not number.isdecimal():
        return []
    page = int(number)
    return [
        (share_named(question, source, sha256), source, sha256, page)
        for source in sources
        for sha256 in dict.fromkeys(likely)
        if sha256 in source.documents
        and 1 <= page <= source.documents[sha256].pages
        and source.documents[sha256].pages > 1
        and not source.page_names.of(sha256, page).printed
    ]


def asks_for_all(understood: Understood) -> bool:
    """Return whether the question may ask what a place says."""
    return _ASKS_FOR_ALL.search(understood.text) is not None


def asks_only_for_place(understood: Understood, source: TableSource, sha256: str) -> bool:
    """Return whether the question names nothing but a place and the document it is in."""
    document = source.documents[sha256]
    profile = source.sentences.profiles([sha256]).get(sha256)
    known = f"{document.name} {document.title} {profile.kind if profile else ''} "
    known += "document file page transcript line witness"
    known += " ".join(f" {one.name}" for one in profile.subjects) if profile else ""
    named = {stem(word) for word in words(known)} | _OF_PAGES
    return all(stem(word) in named for term in understood.topic for word in words(term))
