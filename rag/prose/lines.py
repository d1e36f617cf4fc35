"""Answer "what was said at 14:7?" with the words on these lines of a transcript."""

from __future__ import annotations

from collections.abc import Sequence

from rag.direct.answer import DirectAnswer
from rag.prose.clause import share_named
from rag.prose.page import asks_for_all, asks_only_for_place
from rag.prose.whole import whole_text
from rag.question.numbered import AskedLines, lines_named
from rag.question.question import Question
from rag.question.understanding.understood import Understood
from rag.tables.grids.source import TableSource
from vault.annotations import AnnotatedSentence


def lines_text(
    question: Question, understood: Understood, sources: Sequence[TableSource]
) -> DirectAnswer | None:
    """Return the sentences on the lines that the question names; None if it asks something else of them.

    Of several transcripts with that page, the one whose name shares most with the question is meant; None
    where two share the same.
    """
    if len(understood.references) != 1 or not asks_for_all(understood):
        return None
    if (asked := lines_named(understood.references[0])) is None:
        return None
    found = [
        (share_named(question, source, sha256), source, sha256)
        for source in sources
        for sha256 in dict.fromkeys(sha for sha, _ in _pages(source, asked))
        if sha256 in source.documents and asks_only_for_place(understood, source, sha256)
    ]
    found.sort(key=lambda one: -one[0])
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    _, source, sha256 = found[0]
    sentences = _sentences(source, sha256, asked)
    return whole_text(source, sha256, sentences, "It goes on: open the page to read the rest.")


def _pages(source: TableSource, asked: AskedLines) -> list[tuple[str, int]]:
    return [
        place for page in asked.pages() for place in source.page_names.with_lines(str(page), source.scope)
    ]


def _sentences(source: TableSource, sha256: str, asked: AskedLines) -> list[AnnotatedSentence]:
    """Return the sentences of a document that stand on the lines, in order."""
    return [
        one
        for page in asked.pages()
        for sha, number in source.page_names.with_lines(str(page), [sha256])
        for one in source.sentences.at(sha, number)
        if asked.hold(page, one)
    ]
